import { Playback } from '../../audio/playback';
import type { TakeId, UtteranceId } from '../../core/ids';
import { type Engine, notifyVaultError } from '../engine';
import { learningErrorOf } from '../learning-error';
import type { ListeningAgent } from './listening-agent';

/** Replays what was recorded; playing what is playing stops it. */
export class ReplayAgent {
  readonly #engine: Engine;
  readonly #listening: ListeningAgent;
  readonly #playback = new Playback();

  constructor(engine: Engine, listening: ListeningAgent) {
    this.#engine = engine;
    this.#listening = listening;
  }

  stop(): void {
    this.#playback.stop();
  }

  async play(id: TakeId | UtteranceId): Promise<void> {
    const { store, speech } = this.#engine;
    if (store.state.playing === id) {
      this.#playback.stop();
      return;
    }
    const sound = await speech.audioOf(id);
    if (!sound.ok) {
      notifyVaultError(this.#engine, learningErrorOf(sound.error));
      return;
    }
    store.set({ playing: id });
    await this.#listening.whileEchoSounds(() => this.#playback.play(sound.value));
    if (store.state.playing === id) store.set({ playing: undefined });
  }
}
