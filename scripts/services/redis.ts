import { rmSync } from 'node:fs';
import { Redis } from 'ioredis';
import { ensureProgram, onPath } from './debian-packages';
import {
  endService,
  eventually,
  freePort,
  spawnService,
  temporaryFolder,
  unprivilegedOwner,
} from './loopback-service';
import type { Unavailable } from './postgres';

/** A Redis of our own on loopback, that keeps nothing on disk. */
export interface RedisService {
  readonly kind: 'running';
  readonly url: string;
  stop(): Promise<void>;
}

export async function startRedis(): Promise<RedisService | Unavailable> {
  const program = ensureProgram('redis-server', () => onPath('redis-server'));
  if (program.kind === 'missing') return { kind: 'unavailable', reason: program.reason };
  const owner = unprivilegedOwner('redis');
  const folder = temporaryFolder('redis', owner);
  const port = await freePort();
  const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  const child = spawnService(program.path, options, { owner, cwd: folder });
  const url = `redis://127.0.0.1:${port}`;
  await eventually(async () => {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.ping();
    } finally {
      client.disconnect();
    }
  });
  return {
    kind: 'running',
    url,
    stop: async () => {
      await endService(child, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
