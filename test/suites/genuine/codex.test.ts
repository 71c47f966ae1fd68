import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { codex } from '../../../src/agents/providers/codex.ts';
import { endings, errors, turns } from './cases.ts';
import { describeGenuine, type GenuineCase } from './contract.ts';
import { addMcpServer } from './mcp-server.ts';

const servers: GenuineCase = {
  name: 'starts the MCP servers of the user with a question, and none for a mind',
  async run({ ask, setting, model }) {
    const server = addMcpServer(setting);
    const settings = `[mcp_servers.lab]\ncommand = ${JSON.stringify(server.command)}\nargs = ${JSON.stringify(server.args)}\n`;
    writeFileSync(join(setting.home, '.codex', 'config.toml'), settings, { flag: 'a' });
    expect((await ask('CASE:tools')).text).toContain('mcp__lab');
    expect(server.starts()).toBe(1);
    expect((await ask('CASE:say thought', { access: 'none' })).text).toBe('thought');
    expect(server.starts()).toBe(1);
    expect(model.requests.at(-1)?.tools).toEqual(['request_user_input']);
  },
};

const schema: GenuineCase = {
  name: 'hands a schema that the answer must fit to the model',
  async run({ ask, model }) {
    const properties = { next: { type: 'string' } };
    const wanted = { type: 'object', properties, required: ['next'], additionalProperties: false };
    const done = await ask('CASE:say {"next":"answer"}', { access: 'none', schema: wanted });
    expect(done).toMatchObject({ text: '{"next":"answer"}', failure: null });
    expect(JSON.parse(model.requests.at(-1)?.body ?? '')).toMatchObject({
      text: { format: { type: 'json_schema', schema: wanted } },
    });
  },
};

describeGenuine(codex, 'codex', { cases: [...turns, servers, schema, ...errors, ...endings] });
