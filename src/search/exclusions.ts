/** What is never indexed and never quoted, even when it is tracked. Pure: names and contents in, a verdict out. */

const SKIPPED_DIRECTORIES = new Set([
  '.git',
  '.hg',
  '.svn',
  '.jj',
  'node_modules',
  'bower_components',
  '__pycache__',
  '.venv',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.gradle',
  '.terraform',
  '.next',
  '.nuxt',
  '.svelte-kit',
  '.yarn',
  '.pnpm-store',
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.kube',
  '.docker',
]);

const SECRET_NAMES = new Set([
  '.npmrc',
  '.yarnrc',
  '.yarnrc.yml',
  '.pypirc',
  '.netrc',
  '_netrc',
  '.git-credentials',
  '.dockercfg',
  '.dockerconfigjson',
  '.htpasswd',
  '.pgpass',
  '.my.cnf',
  '.boto',
  '.s3cfg',
  '.vault-token',
  '.terraformrc',
  'terraform.rc',
  'credentials.tfrc.json',
  'credentials',
  'credentials.json',
  '.credentials.json',
  '.claude.json',
  'auth.json',
  'kubeconfig',
  'application_default_credentials.json',
  'master.key',
  'credentials.yml.enc',
  'secrets.yml',
  'secrets.yaml',
  'secrets.json',
  'secrets.toml',
  'local.settings.json',
  'keystore.properties',
]);

const SECRET_PATTERNS: readonly RegExp[] = [
  /^\.env/,
  /\.env$/,
  /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/,
  /\.(pem|key|p8|p12|pfx|pkcs12|jks|jceks|keystore|bks|ppk|kdb|kdbx|gpg|pgp|asc|der|keytab|ovpn)$/,
  /\.tfstate(\.|$)/,
  /\.tfvars(\.json)?$/,
  /^client_secret.*\.json$/,
  /^service[-_]?account.*\.json$/,
];

const WORTHLESS_NAMES = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
  'go.sum',
  'cargo.lock',
  'poetry.lock',
  'uv.lock',
  'pdm.lock',
  'pipfile.lock',
  'composer.lock',
  'gemfile.lock',
]);

const BINARY_EXTENSIONS = new Set(
  (
    'png jpg jpeg gif bmp ico icns webp avif tif tiff psd ai eps svg pdf doc docx xls xlsx ppt pptx odt ods zip gz tgz bz2 xz zst 7z rar ' +
    'tar jar war ear class pyc pyo o a so dylib dll exe bin dat db sqlite sqlite3 wasm node woff woff2 ttf otf eot mp3 mp4 m4a mov avi ' +
    'mkv webm ogg wav flac map snap lock min parquet npy npz pkl pt onnx gguf iso dmg deb rpm whl crx'
  ).split(' '),
);

const PRIVATE_KEY =
  /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g;
const LONGEST_QUOTED_LINE = 2_000;

/** Directories that are never entered, whatever the ignore rules say. */
export function isSkippedDirectory(name: string): boolean {
  return SKIPPED_DIRECTORIES.has(name.toLowerCase());
}

/** Environment files (but `.env.example`), private keys, key stores and the credential files of known tools. Takes a base name. */
export function isSecretName(name: string): boolean {
  const lower = name.toLowerCase();
  if (lower === '.env.example') return false;
  return SECRET_NAMES.has(lower) || SECRET_PATTERNS.some((pattern) => pattern.test(lower));
}

/** Files whose name alone says that there is nothing to read: binaries, maps, lock files, minified bundles. Takes a base name. */
export function isWorthlessName(name: string): boolean {
  const lower = name.toLowerCase();
  return (
    WORTHLESS_NAMES.has(lower) ||
    /[.-]min\.(js|mjs|cjs|css)$/.test(lower) ||
    BINARY_EXTENSIONS.has(lower.slice(lower.lastIndexOf('.') + 1))
  );
}

/**
 * Text that may be indexed and quoted, or null for binaries and minified code. Private keys inside a text are blanked and
 * overlong lines cut; line numbers stay what they are.
 */
export function readableText(content: Buffer): string | null {
  if (content.subarray(0, 8_192).includes(0)) return null;
  const text = content.toString('utf8').replace(/\r\n?/g, '\n');
  if (isMinified(text)) return null;
  const safe = text.includes('PRIVATE KEY')
    ? text.replace(PRIVATE_KEY, (block) => '\n'.repeat(block.split('\n').length - 1))
    : text;
  return cutLines(safe);
}

function cutLines(text: string): string {
  const lines = text.split('\n');
  if (lines.every((line) => line.length <= LONGEST_QUOTED_LINE)) return text;
  return lines.map((line) => line.slice(0, LONGEST_QUOTED_LINE)).join('\n');
}

function isMinified(text: string): boolean {
  if (text.length < 2_000) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines > 400;
}
