import type { Json } from './world.ts';

/** What Discord refuses: a status, a code and a message. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: Json | null;

  constructor(code: number, errors: Json | null = null) {
    const [status, message] = known[code] ?? [400, 'Bad Request'];
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

const known: Readonly<Record<number, readonly [status: number, message: string]>> = {
  0: [401, '401: Unauthorized'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10011: [404, 'Unknown Role'],
  10013: [404, 'Unknown User'],
  10014: [404, 'Unknown Emoji'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  20012: [403, 'You are not authorized to perform this action on this application'],
  30007: [400, 'Maximum number of webhooks reached (15)'],
  30010: [400, 'Maximum number of reactions reached (20)'],
  30032: [400, 'Maximum number of application commands reached (100)'],
  30034: [400, 'Maximum number of daily application command creates has been reached (200)'],
  30046: [429, 'Maximum number of edits to messages older than 1 hour reached. Try again later'],
  40005: [413, 'Request entity too large'],
  40060: [400, 'Interaction has already been acknowledged.'],
  40067: [400, 'A tag is required to create a forum post in this channel'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50035: [400, 'Invalid Form Body'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  160004: [400, 'A thread has already been created for this message'],
  160005: [400, 'Thread is locked'],
  160006: [400, 'Maximum number of active threads reached'],
  220001: [400, 'Webhooks posted to forum channels must have a thread_name or thread_id'],
  220002: [400, 'Webhooks posted to forum channels cannot have both a thread_name and thread_id'],
  220003: [400, 'Webhooks can only create threads in forum channels'],
};

/** Something is wrong with a field of the body: `embeds.0.title`. */
export function invalid(field: string, code: string, message: string): ApiProblem {
  const leaf: Json = { _errors: [{ code, message }] };
  return new ApiProblem(
    50035,
    field.split('.').reduceRight<Json>((inner, step) => ({ [step]: inner }), leaf),
  );
}

export function tooLong(field: string, most: number): ApiProblem {
  return invalid(field, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`);
}
