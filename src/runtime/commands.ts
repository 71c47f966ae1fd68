import type { InboundMessage } from '../adapters/adapter.ts';
import { rightOf, subcommandOf } from '../commands/call.ts';
import type { Command, CommandContext, ImmediateCommand } from '../commands/command.ts';
import type { Services } from '../commands/services.ts';
import { messageOf, UserError } from '../errors.ts';
import type { TurnRecord } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import { commandResult, errorPart, type NewPart, type Settlement } from './settlement.ts';

export interface CommandDependencies {
  readonly commands: readonly Command[];
  services(): Services;
  readonly log: Log;
  newId(): string;
  /** Masks secrets and removes control characters. */
  safe(text: string): string;
}

/** Immediate commands: run one and put what it says, or why it could not, into a part to be delivered. Never rejects. */
export interface CommandRunner {
  run(command: ImmediateCommand, message: InboundMessage, turnId: string, signal: AbortSignal): Promise<NewPart>;
  /** The same for a recorded one, to its settlement. */
  settle(turn: TurnRecord, signal: AbortSignal): Promise<Settlement>;
}

export function createCommandRunner(dependencies: CommandDependencies): CommandRunner {
  const { commands, log, newId, safe } = dependencies;

  async function run(
    command: ImmediateCommand,
    message: InboundMessage,
    turnId: string,
    signal: AbortSignal,
  ): Promise<NewPart> {
    try {
      const context = contextOf(command, message, dependencies.services(), signal);
      const right = rightOf(command, context.subcommand);
      // Checked again when it is run: rules may have changed since it was accepted.
      if (!context.services.rights.may(message, right)) {
        throw new UserError('denied', `You may not use /${command.name} here.`, {
          hint: `It needs the right "${right}".`,
          exit: 4,
        });
      }
      const { markdown, data, exit = 0, verbatim } = await command.run(context);
      const said = { markdown: safe(markdown), ...(verbatim === undefined ? {} : { verbatim: safe(verbatim) }) };
      return { id: newId(), turnId, position: 0, kind: 'command', footer: null, data, exit, ...said };
    } catch (error) {
      return errorPart(turnId, asUserError(error, command.name, log), newId());
    }
  }

  return {
    run,
    async settle(turn, signal) {
      const command = commands.find((one) => one.name === turn.message.command?.name);
      const part =
        command?.kind === 'immediate'
          ? await run(command, turn.message, turn.id, signal)
          : errorPart(
              turn.id,
              new UserError('usage', `There is no command "${turn.message.command?.name ?? ''}" any more.`, {
                exit: 2,
              }),
              newId(),
            );
      return { result: commandResult(turn, part), parts: [part] };
    },
  };
}

function contextOf(command: Command, message: InboundMessage, services: Services, signal: AbortSignal): CommandContext {
  const { place, author, conversation } = message;
  const subcommand = subcommandOf(command, message.command?.subcommand ?? null);
  return { services, place, author, conversation, subcommand, args: message.command?.args ?? {}, signal };
}

/** What is no UserError is a defect: logged in full, said without its inside. */
export function asUserError(error: unknown, doing: string, log: Log): UserError {
  if (error instanceof UserError) return error;
  log.error(`${doing} failed`, { error });
  return new UserError('internal', `${doing} failed inside Tutti: ${messageOf(error)}.`, {
    hint: 'Nothing that was recorded is lost. Try it again; if it stays so, report it with the log (TUTTI_LOG=debug).',
  });
}
