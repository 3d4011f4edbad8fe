import { transfer } from 'comlink';
import {
  listMicrophones,
  type OpenMicrophone,
  openMicrophone,
  watchMicrophones,
} from '../../audio/microphone';
import type { MicrophoneFault } from '../../audio/microphone-fault';
import type { Settings } from '../../config/settings';
import { ok, type Result } from '../../core/result';
import type { Engine } from '../engine';

/**
 * The switch of the microphone: joins it to the speech worker when it opens, and closes it a while after the
 * last use. Sound goes from the worklet to the worker and never through here.
 */
export class MicrophoneAgent {
  readonly #engine: Engine;
  readonly #workletUrl: string;
  readonly #onFault: (fault: MicrophoneFault) => void;
  #open: OpenMicrophone | undefined;
  #opening: Promise<Result<void, MicrophoneFault>> | undefined;
  #openedWith = '';
  #closeTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param onFault the open microphone went away; it is closed already */
  constructor(engine: Engine, workletUrl: string, onFault: (fault: MicrophoneFault) => void) {
    this.#engine = engine;
    this.#workletUrl = workletUrl;
    this.#onFault = onFault;
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
    this.#closeTimer = setTimeout(() => {
      if (!this.#isInUse) this.close();
    }, this.#engine.store.state.settings.microphone.keepWarmMs);
  }

  close(): void {
    clearTimeout(this.#closeTimer);
    this.#open?.close();
    this.#open = undefined;
  }

  /** Another device or another filter: a microphone that is merely kept ready closes, to open anew as chosen. */
  adopt(options: Settings['microphone']): void {
    if (!this.#isInUse && JSON.stringify(options) !== this.#openedWith) this.close();
  }

  async refresh(): Promise<void> {
    this.#engine.store.set({ microphones: await listMicrophones() });
  }

  get #isInUse(): boolean {
    const { kind } = this.#engine.store.state.listening;
    return kind !== 'off' && kind !== 'failed';
  }

  async #start(): Promise<Result<void, MicrophoneFault>> {
    const channel = new MessageChannel();
    const options = this.#engine.store.state.settings.microphone;
    this.#openedWith = JSON.stringify(options);
    const opened = await openMicrophone(this.#workletUrl, options, channel.port1, (fault) => {
      this.#open = undefined;
      this.#onFault(fault);
    });
    if (!opened.ok) return opened;
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
