import type { MicrophoneFault } from '../../audio/microphone-fault';
import type { ListeningMode, ListeningPurpose, SpeechEvent } from '../../speech/speech-events';
import type { Engine } from '../engine';
import type { MicrophoneAgent } from './microphone-agent';

/** Who asked to listen, and how. The object itself is the claim: a newer claim replaces it. */
export interface ListeningClaim {
  readonly purpose: ListeningPurpose;
  readonly mode: ListeningMode;
}

/**
 * Who listens now. There is one microphone and one listener: talking and teaching claim it here, the newest
 * claim wins, and whatever the page shows about listening follows from the claim in force.
 */
export class ListeningAgent {
  readonly #engine: Engine;
  readonly #microphone: MicrophoneAgent;
  #claim: ListeningClaim | undefined;
  #soundsUnderWay = 0;

  constructor(engine: Engine, microphone: MicrophoneAgent) {
    this.#engine = engine;
    this.#microphone = microphone;
  }

  get claim(): ListeningClaim | undefined {
    return this.#claim;
  }

  /**
   * Opens the microphone and listens.
   *
   * @returns `superseded`: somebody else claimed it, or it was ended, while the permission was asked for
   */
  async begin(claim: ListeningClaim): Promise<'listening' | 'failed' | 'superseded'> {
    const { store } = this.#engine;
    this.#claim = claim;
    store.set({ listening: { kind: 'opening' } });
    const opened = await this.#microphone.open();
    if (this.#claim !== claim) return 'superseded';
    if (!opened.ok) {
      this.fail(opened.error);
      return 'failed';
    }
    await this.#engine.speech.listen(claim.purpose, claim.mode);
    if (this.#claim !== claim) return 'superseded';
    // Somebody who spoke at once is being heard already.
    if (store.state.listening.kind === 'opening') {
      store.set({ listening: { kind: 'waiting', mode: claim.mode } });
    }
    return 'listening';
  }

  /** Ends listening without a decision, if `claim` is still in force. */
  async end(claim: ListeningClaim | undefined): Promise<void> {
    if (claim === undefined || this.#claim !== claim) return;
    this.#rest();
    await this.#engine.speech.stopListening();
  }

  /** Something is wrong with the microphone: listening is over and the page says why. */
  fail(fault: MicrophoneFault): void {
    this.#claim = undefined;
    this.#microphone.close();
    void this.#engine.speech.stopListening();
    this.#engine.store.set({ listening: { kind: 'failed', fault } });
  }

  /** Follows what the speech worker hears from the microphone. */
  receive(event: SpeechEvent): void {
    if (event.kind === 'fault') this.fail(event.fault);
    if (this.#claim === undefined) return;
    const { mode } = this.#claim;
    const { store } = this.#engine;
    switch (event.kind) {
      case 'speech-started':
        store.set({ listening: { kind: 'hearing', mode } });
        break;
      case 'speech-dismissed':
        store.set({ listening: { kind: 'waiting', mode } });
        break;
      case 'speech-ended':
        store.set({ listening: { kind: 'deciding' } });
        break;
      case 'nothing-heard':
      case 'take-recorded':
        this.#afterUtterance(mode);
        break;
      case 'heard':
        if (event.source === 'microphone') this.#afterUtterance(mode);
        break;
      default:
        break;
    }
  }

  /**
   * While Echo itself makes a sound, hands-free does not listen: it would take its own voice, or a replayed
   * recording, for the person's.
   */
  async whileEchoSounds<T>(work: () => Promise<T>): Promise<T> {
    const claim = this.#claim;
    if (claim?.mode !== 'hands-free') return work();
    this.#soundsUnderWay += 1;
    await this.#engine.speech.stopListening();
    try {
      return await work();
    } finally {
      this.#soundsUnderWay -= 1;
      if (this.#soundsUnderWay === 0 && this.#claim === claim) {
        await this.#engine.speech.listen(claim.purpose, claim.mode);
      }
    }
  }

  /** Hands-free goes on; anything else was for one utterance. */
  #afterUtterance(mode: ListeningMode): void {
    if (mode === 'hands-free') this.#engine.store.set({ listening: { kind: 'waiting', mode } });
    else this.#rest();
  }

  #rest(): void {
    this.#claim = undefined;
    this.#engine.store.set({ listening: { kind: 'off' } });
    this.#microphone.closeSoon();
  }
}
