/** What commands may use; built by the composition root. Filled in by the runtime's author: agents, groups, ledger, history, access, … */
export type Services = Record<string, never>;
