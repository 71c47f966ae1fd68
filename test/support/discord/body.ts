import type { IncomingMessage } from 'node:http';
import { object } from './json.ts';
import { ApiProblem } from './problems.ts';
import type { Json, StoredFile } from './world.ts';

/** What a call carries: JSON alone, or JSON and files as a form. */
export interface CallBody {
  readonly body: Json;
  readonly items: readonly Json[];
  readonly files: readonly StoredFile[];
}

export async function readBody(request: IncomingMessage): Promise<CallBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readForm(raw, type);
  if (raw.length === 0) return { body: {}, items: [], files: [] };
  return { ...parsed(raw.toString('utf8')), files: [] };
}

function parsed(raw: string): Pick<CallBody, 'body' | 'items'> {
  try {
    const value: unknown = JSON.parse(raw);
    return { body: object(value), items: Array.isArray(value) ? value : [] };
  } catch {
    throw new ApiProblem(50109);
  }
}

async function readForm(raw: Buffer, type: string): Promise<CallBody> {
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const files: StoredFile[] = [];
  let body: Pick<CallBody, 'body' | 'items'> = { body: {}, items: [] };
  for (const [name, value] of form) {
    if (name === 'payload_json') body = parsed(String(value));
    else if (typeof value !== 'string')
      files.push({ name: value.name, type: value.type, content: Buffer.from(await value.arrayBuffer()) });
  }
  return { ...body, files };
}
