import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer } from '../../../../scripts/build-server';
import { type PostgresService, startPostgres } from '../../../../scripts/services/postgres';
import type { StoreConfig } from '../../../../server/config';
import { EndpointProcess } from './endpoint-process';

/** Where faults are made to the endpoint: real processes on loopback, all gone afterwards. */
export class EndpointLab {
  readonly #folder = mkdtempSync(join(tmpdir(), 'claude-echo-endpoint-faults-'));
  readonly #processes: EndpointProcess[] = [];
  #files = 0;

  private constructor(
    readonly main: string,
    /** `undefined` where there is none; why has been said. */
    readonly postgres: PostgresService | undefined,
  ) {}

  static async open(): Promise<EndpointLab> {
    const main = await buildServer('dist-test-server');
    const postgres = await startPostgres();
    if (postgres.kind === 'running') return new EndpointLab(main, postgres);
    console.log(`The endpoint is tried with SQLite only: ${postgres.reason}.`);
    return new EndpointLab(main, undefined);
  }

  sqlite(): StoreConfig {
    this.#files += 1;
    return { kind: 'sqlite', file: join(this.#folder, `endpoint-${this.#files}.sqlite`) };
  }

  async postgresStore(): Promise<StoreConfig> {
    if (this.postgres === undefined) throw new Error('there is no PostgreSQL here');
    return { kind: 'postgres', url: await this.postgres.newDatabase() };
  }

  /** Both kinds of store where both can be had. */
  async stores(): Promise<readonly StoreConfig[]> {
    return this.postgres === undefined ? [this.sqlite()] : [this.sqlite(), await this.postgresStore()];
  }

  async start(store: StoreConfig, env: Readonly<Record<string, string>> = {}): Promise<EndpointProcess> {
    const started = await EndpointProcess.start(this.main, store, env);
    this.#processes.push(started);
    return started;
  }

  replicas(store: StoreConfig, count: number): Promise<readonly EndpointProcess[]> {
    return Promise.all(
      Array.from({ length: count }, () => this.start(store, { ECHO_TRUSTED_PROXIES: '127.0.0.1' })),
    );
  }

  /** Ends every process that a fault left running. */
  async tidy(): Promise<void> {
    for (const process of this.#processes.splice(0)) await process.end('SIGKILL');
  }

  async close(): Promise<void> {
    await this.tidy();
    await this.postgres?.stop();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
