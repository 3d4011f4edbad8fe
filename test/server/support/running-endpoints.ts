import type { ServerConfig, StoreConfig } from '../../../server/config';
import { type Endpoint, startEndpoint } from '../../../server/endpoint';
import { createLog } from '../../../server/http/log';
import type { Clock } from '../../../src/core/clock';

export const APP_ORIGIN = 'https://echo.example.org';

/** Endpoints of one test, on loopback; all of them end with it. */
export class RunningEndpoints {
  readonly lines: string[] = [];
  readonly #endpoints: Endpoint[] = [];

  async start(store: StoreConfig, changes: Partial<ServerConfig> = {}, clock?: Clock): Promise<Endpoint> {
    const config: ServerConfig = {
      host: '127.0.0.1',
      port: 0,
      store,
      origins: [APP_ORIGIN],
      requestsPerMinute: 1_000_000,
      trustedProxies: [],
      keepKeysDays: 400,
      drainDelayMs: 0,
      requestTimeoutMs: 10_000,
      mostWaiting: 2_000,
      mostInGroup: 256,
      logLevel: 'debug',
      ...changes,
    };
    const log = createLog(config.logLevel, (line) => this.lines.push(line));
    const endpoint = await startEndpoint(config, log, clock);
    this.#endpoints.push(endpoint);
    return endpoint;
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.#endpoints.splice(0).map((endpoint) => endpoint.stop()));
  }
}
