import { transfer } from 'comlink';
import { listMicrophones, type OpenMicrophone, openMicrophone, watchMicrophones } from '../audio/microphone';
import type { MicrophoneFault } from '../audio/microphone-fault';
import type { Settings } from '../config/settings';
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
  #openedWith = '';
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

  /** Another device or another filter: a microphone that is merely kept ready closes, to open anew as chosen. */
  adopt(options: Settings['microphone']): void {
    const { listening } = this.#engine.store.state;
    const isInUse = listening.kind !== 'off' && listening.kind !== 'failed';
    if (!isInUse && JSON.stringify(options) !== this.#openedWith) this.close();
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
    const options = this.#engine.store.state.settings.microphone;
    this.#openedWith = JSON.stringify(options);
    const opened = await openMicrophone(this.#workletUrl, options, channel.port1, (fault) =>
      this.fail(fault),
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
