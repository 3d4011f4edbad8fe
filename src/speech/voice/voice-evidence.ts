import type { EpochMs } from '../../core/units';

/** One second of speech says little about who speaks; the last three utterances say more. */
const MOST_UTTERANCES = 3;
/** After this long, somebody else may hold the device. */
const WITHIN_MS = 5 * 60_000;

/** The mean score of the last utterances, and how many they are. */
export interface AccumulatedScore {
  readonly score: number;
  readonly count: number;
}

/** Remembers the normalised scores of the last few utterances against one profile. Bounded; nothing else is kept. */
export class VoiceEvidence {
  #scores: { readonly score: number; readonly at: EpochMs }[] = [];

  add(score: number, at: EpochMs): void {
    this.#scores = [...this.#scores, { score, at }].slice(-MOST_UTTERANCES);
  }

  /** `undefined` when nothing was heard lately. Times in the future count as now: clocks are set back. */
  at(now: EpochMs): AccumulatedScore | undefined {
    const recent = this.#scores.filter(({ at }) => now - at <= WITHIN_MS);
    if (recent.length === 0) return undefined;
    return {
      score: recent.reduce((sum, { score }) => sum + score, 0) / recent.length,
      count: recent.length,
    };
  }

  /** Somebody else has the device, or the profile changed and old scores no longer compare. */
  forget(): void {
    this.#scores = [];
  }
}
