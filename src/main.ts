#!/usr/bin/env node
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** The one version of Node that is tested; older ones lack what the program is built on. */
const floor = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major < floor) {
  process.stderr.write(
    `Tutti needs Node ${floor} or newer, and this is ${process.versions.node}. Install it, or run Tutti in a clone with "npm start", which brings its own.\n`,
  );
  process.exitCode = 2;
} else {
  // Compiled code is kept between starts: most of the time to the first prompt is compiling. Not in the shared temporary directory,
  // where somebody else could put it.
  module.enableCompileCache?.(join(homedir(), '.cache', 'tutti', 'compiled'));
  // Nothing above may need a newer Node, so the rest is loaded only now.
  const { main } = await import('./program.ts');
  process.exitCode = await main(process.argv.slice(2));
}
