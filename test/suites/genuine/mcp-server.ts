/** A small MCP server with one tool, that counts how often it was started. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface McpServer {
  readonly command: string;
  readonly args: readonly string[];
  starts(): number;
}

/** Puts the server's program into a home; nobody starts it until the CLI's own configuration names it. */
export function addMcpServer({ home }: { readonly home: string }): McpServer {
  const program = join(home, 'mcp-server.mjs');
  const log = join(home, 'mcp-starts');
  writeFileSync(program, source(log));
  return {
    command: process.execPath,
    args: [program],
    starts: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0),
  };
}

function source(log: string): string {
  return `import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
appendFileSync(${JSON.stringify(log)}, 'started\\n');
const results = {
  initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'lab', version: '1' } }),
  'tools/list': () => ({ tools: [{ name: 'labping', description: 'pings', inputSchema: { type: 'object', properties: {} } }] }),
  'tools/call': () => ({ content: [{ type: 'text', text: 'pong' }] }),
};
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const result = results[method]?.(params) ?? {};
  process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result }) + '\\n');
});
`;
}
