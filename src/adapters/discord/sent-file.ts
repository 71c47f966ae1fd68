/** A file that goes with a message. */
export interface SentFile {
  readonly name: string;
  readonly content: string;
}

/** The file as discord.js takes it beside a body; nothing where there is none. */
export function attached(file: SentFile | undefined) {
  return file === undefined ? {} : { files: [{ name: file.name, data: Buffer.from(file.content) }] };
}
