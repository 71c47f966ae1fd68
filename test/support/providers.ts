import type { KnownProvider } from '../../src/config/shape.ts';

/** Providers as the configuration knows them: one with flags that widen access, and one that cannot moderate. */
export const knownProviders: readonly KnownProvider[] = [
  {
    name: 'claude',
    bypassFlags: ['--dangerously-skip-permissions', '--permission-mode'],
    capabilities: { mind: true },
  },
  { name: 'codex', bypassFlags: ['-s', '--yolo'], capabilities: { mind: true } },
  { name: 'droid', bypassFlags: ['--auto'], capabilities: { mind: false } },
  { name: 'acp', bypassFlags: [], capabilities: { mind: true } },
  { name: 'command', bypassFlags: [], capabilities: { mind: true } },
  { name: 'search', bypassFlags: [], capabilities: { mind: true } },
];
