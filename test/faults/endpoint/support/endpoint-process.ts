import type { ChildProcess } from 'node:child_process';
import {
  endService,
  eventually,
  freePort,
  spawnService,
} from '../../../../scripts/services/loopback-service';
import type { StoreConfig } from '../../../../server/config';

/** One replica as it is deployed: a process of its own. */
export class EndpointProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  /** @param main the bundle */
  static async start(
    main: string,
    store: StoreConfig,
    env: Readonly<Record<string, string>>,
  ): Promise<EndpointProcess> {
    const port = await freePort();
    const child = spawnService(process.execPath, [main], {
      env: {
        ...process.env,
        HOST: '127.0.0.1',
        PORT: `${port}`,
        ...(store.kind === 'sqlite' ? { ECHO_DATABASE_FILE: store.file } : { DATABASE_URL: store.url }),
        ECHO_RATE_LIMIT_PER_MINUTE: '100000000',
        ...env,
      },
    });
    const started = new EndpointProcess(`http://127.0.0.1:${port}`, child);
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`the endpoint ended with ${child.exitCode}`);
      if ((await started.ready()) !== 200) throw new Error('the endpoint does not get ready');
    });
    return started;
  }

  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  /** Status of `/ready`; rejects when nobody answers. */
  async ready(): Promise<number> {
    return (await fetch(`${this.url}/ready`, { signal: AbortSignal.timeout(5_000) })).status;
  }

  /** Memory the process holds now. */
  residentBytes(): Promise<number> {
    return this.#gauge('process_resident_memory_bytes');
  }

  /** Processor time it has used, on all cores, seconds. */
  processorSeconds(): Promise<number> {
    return this.#gauge('process_cpu_seconds_total');
  }

  async #gauge(name: string): Promise<number> {
    const metrics = await (await fetch(`${this.url}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(metrics)?.[1]);
  }

  /** Resolves when it is gone. */
  async end(signal: NodeJS.Signals): Promise<void> {
    await endService(this.#child, signal);
  }
}
