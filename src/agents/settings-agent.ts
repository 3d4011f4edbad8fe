import type { Settings } from '../config/settings';
import type { SettingsLayers } from '../config/settings-layers';
import type { SettingsStore } from '../config/settings-store';
import { type AdaptedSettings, adaptedSettings } from './adapted-settings';
import type { Engine } from './engine';

/** Keeps what the person chose, and puts it in force together with what Echo adapted. */
export class SettingsAgent {
  readonly #engine: Engine;
  readonly #stored: SettingsStore;
  readonly #layers: SettingsLayers;

  /** @param layers as the engine was started with */
  constructor(engine: Engine, stored: SettingsStore, layers: SettingsLayers) {
    this.#engine = engine;
    this.#stored = stored;
    this.#layers = layers;
  }

  /** As the person chose them. */
  get own(): Settings {
    return this.#layers.own;
  }

  /** What `apply` puts in force. */
  get effective(): Settings {
    return this.#layers.effective;
  }

  /** What adaptation may do with them. */
  adapted(): AdaptedSettings {
    return adaptedSettings(this.#layers, () => this.apply());
  }

  /**
   * The person wants settings to be otherwise: stored, and in force from the next `apply` on.
   *
   * @returns the paths they changed
   */
  choose(change: (settings: Settings) => Settings): readonly string[] {
    const chosen = this.#layers.choose(change);
    this.#stored.save(this.#layers.own);
    return chosen;
  }

  apply(): void {
    const settings = this.#layers.effective;
    const { store } = this.#engine;
    if (settings === store.state.settings) return;
    store.set({ settings });
    void this.#engine.configure();
    void this.#engine.startCompute();
  }

  /** Everything was deleted: shown as to somebody new. */
  forget(): void {
    this.#stored.clear();
    this.#engine.forgetDevice();
    this.#layers.reset(this.#stored.load());
    this.#engine.store.set({ settings: this.#layers.effective });
  }
}
