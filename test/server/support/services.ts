import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../../scripts/services/postgres';
import { startRedis } from '../../../scripts/services/redis';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a server on which tests make databases of their own, or why there is none. */
    postgres: { readonly url: string } | { readonly reason: string };
    redis: { readonly url: string } | { readonly reason: string };
  }
}

/** A real PostgreSQL and a real Redis for all tests of the endpoint together. */
export default async function startServices(project: TestProject): Promise<() => Promise<void>> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  project.provide(
    'postgres',
    postgres.kind === 'running' ? { url: await postgres.newDatabase() } : { reason: postgres.reason },
  );
  project.provide('redis', redis.kind === 'running' ? { url: redis.url } : { reason: redis.reason });
  for (const service of [postgres, redis])
    if (service.kind === 'unavailable') console.warn(`Tests are skipped: ${service.reason}.`);
  return async () => {
    for (const service of [postgres, redis]) if (service.kind === 'running') await service.stop();
  };
}
