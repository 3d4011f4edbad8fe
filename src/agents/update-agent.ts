import { registerServiceWorker, type ServiceWorkerHost } from '../bridge/service-worker-host';
import type { Engine } from './engine';

/** Newer versions of the app: they wait for consent, and for the work in hand. */
export class UpdateAgent {
  readonly #engine: Engine;
  #host: ServiceWorkerHost | undefined;

  /** @param url of the service worker; `undefined` where there is none, as in development */
  constructor(engine: Engine, url: string | undefined) {
    this.#engine = engine;
    if (url !== undefined) void this.#register(url);
  }

  /** Takes the new version once nobody is speaking, recording or waiting for an action. */
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
      return isQuiet && answer?.stage !== 'acting';
    };
    if (isIdle()) return Promise.resolve();
    return new Promise((resolve) => {
      const unsubscribe = store.subscribe(() => {
        if (!isIdle()) return;
        unsubscribe();
        resolve();
      });
    });
  }
}
