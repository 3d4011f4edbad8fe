import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Database servers refuse to be root; theirs is the user that their package made, or nobody. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** @returns `undefined` where we are not root, and everything is ours */
export function unprivilegedOwner(preferred: string): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string, user: string): number | undefined => {
    const { status, stdout } = spawnSync('id', [flag, user], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : undefined;
  };
  for (const user of [preferred, 'nobody']) {
    const uid = id('-u', user);
    const gid = id('-g', user);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  return undefined;
}

export function temporaryFolder(name: string, owner: Owner | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), `claude-echo-${name}-`));
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  return folder;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a listening socket has a port');
  return address.port;
}

/** Ends with us, whatever happens to us. */
export function spawnService(
  path: string,
  args: readonly string[],
  options: {
    readonly owner?: Owner | undefined;
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
  } = {},
): ChildProcess {
  const { owner, ...others } = options;
  const child = spawn(path, [...args], { stdio: 'ignore', ...(owner ?? {}), ...others });
  const end = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  return child;
}

/** Resolves when the process is gone, killed if it takes its time. */
export async function endService(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(timer);
}

/** Asks until it does not throw any more. */
export async function eventually(ask: () => Promise<void>, patienceMs = 30_000): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
