import { transfer } from 'comlink';
import { listMicrophones, type OpenMicrophone, openMicrophone, watchMicrophones } from '../audio/microphone';
import type { MicrophoneFault } from '../audio/microphone-fault';
import { err, ok, type Result } from '../core/result';
import type { Engine } from './engine';

/**
 * Opens the microphone when somebody wants to listen, joins it to the speech worker, and closes it a while
 * after the last use. Sound goes from the worklet to the worker; this agent only holds the switch.
 */
export class MicrophoneAgent {
  readonly #engine: Engine;
  readonly #workletUrl: string;
  #open: OpenMicrophone | undefined;
  #opening: Promise<Result<void, MicrophoneFault>> | undefined;
  #closeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(engine: Engine, workletUrl: string) {
    this.#engine = engine;
    this.#workletUrl = workletUrl;
    watchMicrophones(() => void this.refresh());
  }

  /** Resolves at once when it is open already. */
  open(): Promise<Result<void, MicrophoneFault>> {
    clearTimeout(this.#closeTimer);
    if (this.#open !== undefined) return Promise.resolve(ok(undefined));
    this.#opening ??= this.#start().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  /** Nobody listens any more: close after the time the person set for being ready again. */
  closeSoon(): void {
    clearTimeout(this.#closeTimer);
    this.#closeTimer = setTimeout(
      () => this.close(),
      this.#engine.store.state.settings.microphone.keepWarmMs,
    );
  }

  close(): void {
    clearTimeout(this.#closeTimer);
    this.#open?.close();
    this.#open = undefined;
  }

  /** Something is wrong with the microphone: it is closed and the page says what. */
  fail(fault: MicrophoneFault): void {
    this.close();
    void this.#engine.speech.stopListening();
    this.#engine.store.set({ listening: { kind: 'failed', fault } });
  }

  async refresh(): Promise<void> {
    this.#engine.store.set({ microphones: await listMicrophones() });
  }

  async #start(): Promise<Result<void, MicrophoneFault>> {
    const channel = new MessageChannel();
    const opened = await openMicrophone(
      this.#workletUrl,
      this.#engine.store.state.settings.microphone,
      channel.port1,
      (fault) => this.fail(fault),
    );
    if (!opened.ok) {
      this.fail(opened.error);
      return err(opened.error);
    }
    this.#open = opened.value;
    await this.#engine.speech.connectCapture(
      transfer(channel.port2, [channel.port2]),
      opened.value.sampleRateHz,
    );
    // Names of devices show only now that the permission is given.
    void this.refresh();
    return ok(undefined);
  }
}
