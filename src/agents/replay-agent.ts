import { Playback } from '../audio/playback';
import type { TakeId, UtteranceId } from '../core/ids';
import type { Engine } from './engine';
import { notifyVaultError } from './engine';
import { vaultErrorOf } from './phrase-agent';

/** Replays what was recorded; playing what is playing stops it. */
export class ReplayAgent {
  readonly #engine: Engine;
  readonly #playback = new Playback();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async play(id: TakeId | UtteranceId): Promise<void> {
    const { store, speech } = this.#engine;
    if (store.state.playing === id) {
      this.#playback.stop();
      return;
    }
    const sound = await speech.audioOf(id);
    if (!sound.ok) {
      notifyVaultError(this.#engine, vaultErrorOf(sound.error));
      return;
    }
    store.set({ playing: id });
    await this.#playback.play(sound.value);
    if (store.state.playing === id) store.set({ playing: undefined });
  }
}
