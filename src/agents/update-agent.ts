import { registerServiceWorker, type ServiceWorkerHost } from '../bridge/service-worker-host';
import type { Engine } from './engine';
import type { PhraseAgent } from './talk/phrase-agent';

const LOOK_EVERY_MS = 250;

/** Newer versions of the app: they wait for consent, and for the work in hand. */
export class UpdateAgent {
  readonly #engine: Engine;
  readonly #phrases: PhraseAgent;
  #host: ServiceWorkerHost | undefined;

  /** @param url of the service worker; `undefined` where there is none, as in development */
  constructor(engine: Engine, phrases: PhraseAgent, url: string | undefined) {
    this.#engine = engine;
    this.#phrases = phrases;
    if (url !== undefined) void this.#register(url);
  }

  /** Takes the new version once nobody speaks, records, waits for an action or has takes left to save. */
  async apply(): Promise<void> {
    await this.#idle();
    this.#host?.update();
  }

  async #register(url: string): Promise<void> {
    this.#host = await registerServiceWorker(url, () => this.#engine.store.set({ isUpdateReady: true }));
  }

  #idle(): Promise<void> {
    const { store } = this.#engine;
    const isIdle = (): boolean => {
      const { listening, answer } = store.state;
      const isQuiet = listening.kind === 'off' || listening.kind === 'failed';
      return isQuiet && answer?.stage !== 'acting' && !this.#phrases.hasUnsavedWork;
    };
    return new Promise((resolve) => {
      // Idle twice in a row: a screen that has just saved needs a moment to know that nothing can be lost.
      let wasIdle = false;
      const look = (): void => {
        const isNow = isIdle();
        if (isNow && wasIdle) resolve();
        else setTimeout(look, LOOK_EVERY_MS);
        wasIdle = isNow;
      };
      look();
    });
  }
}
