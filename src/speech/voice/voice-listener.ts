import type { EpochMs } from '../../core/units';
import type { UtteranceFeatures } from '../../features/utterance-features';
import { Cohort } from './cohort';
import { VoiceEvidence } from './voice-evidence';
import { VoiceProfile, type VoiceTake } from './voice-profile';
import { type VoiceVerdict, verifyVoice } from './voice-verification';

export interface VoiceListenerOptions {
  /** Voiceprints of strangers, a row each; none before the encoder is there. */
  readonly strangers: () => readonly Float32Array[];
  /** The recordings that teach, as far as their voices are known. */
  readonly takes: () => readonly VoiceTake[];
}

/**
 * Judges whether utterances sound like the person whose recordings are taught. The profile is made anew from the
 * recordings at hand whenever they changed, so it knows nothing of one that was deleted.
 */
export class VoiceListener {
  readonly #options: VoiceListenerOptions;
  readonly #evidence = new VoiceEvidence();
  #profile: VoiceProfile | undefined;

  constructor(options: VoiceListenerOptions) {
    this.#options = options;
  }

  get profile(): VoiceProfile {
    if (this.#profile === undefined) {
      this.#profile = new VoiceProfile(new Cohort(this.#options.strangers()));
      for (const take of this.#options.takes()) this.#profile.enrol(take);
    }
    return this.#profile;
  }

  /** The recordings, or the strangers to compare with, are others now; scores of before no longer compare. */
  takesChanged(): void {
    this.#profile = undefined;
    this.#evidence.forget();
  }

  judge(features: UtteranceFeatures, at: EpochMs): VoiceVerdict {
    return verifyVoice(this.profile, this.#evidence, features, at);
  }
}
