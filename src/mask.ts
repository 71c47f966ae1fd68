/** A value that must never be shown, and the name that stands in its place. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

/** Replaces every known secret in a whole text by its name in brackets, as in `[SLACK_BOT_TOKEN]`. */
export type Mask = (text: string) => string;

/** The same for a text that comes in pieces. */
export interface StreamMask {
  /** What may be shown by now; the rest is held back, as far as it could be the beginning of a secret. */
  push(chunk: string): string;
  /** What was held back. */
  end(): string;
}

const secretName = /TOKEN|SECRET|PASSWORD|CREDENTIAL|KEY/i;
const surfaceName = /^(?:SLACK|DISCORD)_/;
/** Below this, a value of a surface's variable is a setting, and masking it would eat ordinary words. */
const shortestSurfaceSecret = 8;
const shortestSecret = 12;

/**
 * The secrets among variables (ours, and those of agents' `env`): everything of Slack and Discord, and every variable whose name
 * speaks of a token, secret, password, credential or key and whose value has 12 characters or more; paths and URLs without user
 * info are none.
 */
export function knownSecrets(
  ...environments: readonly Readonly<Record<string, string | undefined>>[]
): readonly Secret[] {
  return environments
    .flatMap((environment) => Object.entries(environment))
    .flatMap(([name, value]) => (value !== undefined && isSecret(name, value) ? [{ name, value }] : []));
}

function isSecret(name: string, value: string): boolean {
  const isNamed = secretName.test(name) && value.length >= shortestSecret;
  const isSurface = surfaceName.test(name) && value.length >= shortestSurfaceSecret;
  return (isNamed || isSurface) && !isPath(value) && !isPlainUrl(value);
}

/** Base64 may begin with a slash as well: a segment that is long and mixes all three kinds of characters is no file's name. */
function isPath(value: string): boolean {
  const looksLikePath = /^(?:~|\.{1,2})?\//.test(value) || /^[\w.-]+(?:\/[\w.-]+)+\.\w{1,8}$/.test(value);
  return looksLikePath && !/[\r\n]/.test(value) && !value.split('/').some(isRandom);
}

function isRandom(segment: string): boolean {
  return segment.length >= 20 && /[a-z]/.test(segment) && /[A-Z]/.test(segment) && /\d/.test(segment);
}

function isPlainUrl(value: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return false;
  const url = URL.parse(value);
  return url !== null && url.username === '' && url.password === '';
}

/** Masks whole texts; apply it before a text is split or cut. Secrets that overlap in the text are masked together. */
export function createMask(secrets: readonly Secret[]): Mask {
  const needles = needlesOf(secrets);
  return (text) => replaceSpans(text, findSpans(text, needles), text.length);
}

/** Masks a stream: put together, the pieces equal what `createMask` makes of the whole. */
export function createStreamMask(secrets: readonly Secret[]): StreamMask {
  const needles = needlesOf(secrets);
  const longest = Math.max(1, ...needles.map((needle) => needle.value.length));
  let held = '';
  return {
    push(chunk) {
      held += chunk;
      const limit = Math.max(0, held.length - (longest - 1));
      const spans = findSpans(held, needles);
      const open = spans.find((span) => span.start < limit && span.end > limit);
      const until = open === undefined ? limit : open.start;
      const shown = replaceSpans(held, spans, until);
      held = held.slice(until);
      return shown;
    },
    end() {
      const shown = replaceSpans(held, findSpans(held, needles), held.length);
      held = '';
      return shown;
    },
  };
}

interface Span {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** All forms in which a secret may stand in a text, longest first: as it is, inside JSON, inside a URL, and line by line. */
function needlesOf(secrets: readonly Secret[]): readonly Secret[] {
  const forms = secrets.flatMap(({ name, value }) =>
    [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value.toWellFormed()), ...keyLines(value)].map(
      (form) => ({
        name,
        value: form,
      }),
    ),
  );
  const distinct = [...new Map(forms.toReversed().map((form) => [form.value, form])).values()];
  return distinct.filter((form) => form.value !== '').sort((one, other) => other.value.length - one.value.length);
}

/** A private key may be printed indented, or in part; its first and last line, and what else stands in a credentials file, is no secret. */
function keyLines(value: string): readonly string[] {
  return value
    .split(/\n|\\n/)
    .map((line) => line.trim())
    .filter((line) => line !== value && /^[\w+/=-]{32,}$/.test(line) && !line.startsWith('-----'));
}

/** Where secrets stand, in order; what overlaps is one span under the name of the one that begins first (the longest, if several). */
function findSpans(text: string, needles: readonly Secret[]): readonly Span[] {
  const found = needles.flatMap((needle) => occurrences(text, needle));
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  const merged: Span[] = [];
  for (const span of found) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else if (span.end > last.end) merged[merged.length - 1] = { ...last, end: span.end };
  }
  return merged;
}

function occurrences(text: string, { name, value }: Secret): readonly Span[] {
  const spans: Span[] = [];
  for (let start = text.indexOf(value); start >= 0; start = text.indexOf(value, start + 1)) {
    spans.push({ name, start, end: start + value.length });
  }
  return spans;
}

function replaceSpans(text: string, spans: readonly Span[], until: number): string {
  let shown = '';
  let from = 0;
  for (const span of spans) {
    if (span.end > until) break;
    shown += `${text.slice(from, span.start)}[${span.name}]`;
    from = span.end;
  }
  return shown + text.slice(from, until);
}
