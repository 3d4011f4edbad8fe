import type { BrowserContext } from '@playwright/test';

/** Time goes on from somewhere else. Once in a page or worker, however often it is asked for. */
const shiftBy = (shiftMs: number): string => `{
  const real = (globalThis.__realDate ??= Date);
  globalThis.Date = class extends real {
    constructor(...given) {
      super(...(given.length === 0 ? [real.now() + ${shiftMs}] : given));
    }
    static now() {
      return real.now() + ${shiftMs};
    }
  };
}`;

/**
 * The calendar and the clock on the wall, for a page and all its workers alike: the browser can move only a page's. Timers
 * run as they do. Keep the service worker away, which would hand out workers as they were built.
 */
export class SimulatedTime {
  readonly #context: BrowserContext;
  #shiftMs = 0;

  private constructor(context: BrowserContext) {
    this.#context = context;
  }

  static async begin(context: BrowserContext): Promise<SimulatedTime> {
    const time = new SimulatedTime(context);
    await context.route(/\.worker[^/]*\.js$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${shiftBy(time.#shiftMs)}\n${await response.text()}` });
    });
    return time;
  }

  /** From the next load of the page on, for it and its workers. */
  async isNow(epochMs: number): Promise<void> {
    this.#shiftMs = epochMs - Date.now();
    await this.#context.addInitScript(shiftBy(this.#shiftMs));
  }
}
