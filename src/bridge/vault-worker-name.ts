import { assert } from '../core/assert';

const PREFIX = 'vault of ';
const SPACE = /^claude-echo(\.[0-9a-f-]{36})?$/;

/** A vault worker works on one space all its life; its name tells which, before its first call. */
export function vaultWorkerName(space: string): string {
  assert(SPACE.test(space), 'a vault space is named for the app, and for a person after the first', space);
  return PREFIX + space;
}

/** The space a worker of this name works on; without a name, that of whoever came first. */
export function spaceOfVaultWorker(name: string): string {
  if (name === '') return 'claude-echo';
  const space = name.slice(PREFIX.length);
  assert(name === PREFIX + space && SPACE.test(space), 'a vault worker is named for its space', name);
  return space;
}
