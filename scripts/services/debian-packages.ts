import { spawnSync } from 'node:child_process';

export type Program =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'missing'; readonly reason: string };

const MOST_INSTALLING_MS = 300_000;
let hasUpdated = false;

/**
 * A program that tests need; installed as a Debian package where it is missing and may be.
 *
 * @param find its path, if it is there
 */
export function ensureProgram(packageName: string, find: () => string | undefined): Program {
  const found = find();
  if (found !== undefined) return { kind: 'found', path: found };
  if (process.getuid?.() !== 0)
    return { kind: 'missing', reason: `${packageName} is not installed, and only root may install it` };
  console.log(`${packageName} not found; installing Debian’s.`);
  // Run level 1: what a package brings is not started, tests start their own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...args: readonly string[]) =>
    spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: MOST_INSTALLING_MS });
  if (!hasUpdated) apt('update', '-qq');
  hasUpdated = true;
  apt('install', '-y', '-qq', '--no-install-recommends', packageName);
  const installed = find();
  return installed === undefined
    ? { kind: 'missing', reason: `${packageName} could not be installed` }
    : { kind: 'found', path: installed };
}

/** The first that the search path has. */
export function onPath(name: string): string | undefined {
  const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
