import { assert } from '../../core/assert';
import type { PhraseId, TakeId } from '../../core/ids';
import type { EpochMs } from '../../core/units';
import {
  type Cohort,
  type CohortScores,
  cosineOf,
  normalisedScore,
  unitOf,
  VOICEPRINT_DIMENSIONS,
} from './cohort';
import { calibrateVoice, type VoiceCalibration } from './voice-calibration';

/** A take as far as the voice is concerned. */
export interface VoiceTake {
  readonly takeId: TakeId;
  readonly phraseId: PhraseId;
  readonly recordedAt: EpochMs;
  /** `UtteranceEmbedding.speaker`: 64 dimensions, unit length. Copied. */
  readonly voiceprint: Float32Array;
}

export type VoiceProfileState =
  | { readonly kind: 'ready'; readonly calibration: VoiceCalibration; readonly centroid: Float32Array }
  /** Fewer takes say nothing about how much the voice varies. */
  | { readonly kind: 'too-few-takes'; readonly takes: number; readonly needed: number }
  /** The encoder's cohort is not there: scores would mean nothing. */
  | { readonly kind: 'no-cohort' };

interface Ready {
  readonly takes: readonly VoiceTake[];
  readonly state: VoiceProfileState;
  readonly cohortScores: CohortScores | undefined;
}

const LEAST_TAKES = 3;
/** Takes farther apart than this were made in another sitting: another room, mood or time of day. */
const SITTING_GAP_MS = 30 * 60_000;

/**
 * One person's voice: the voiceprints of their takes, an utterance being compared with the three nearest of them; and
 * their mean, every phrase counting once, however many takes it has, for telling how a voice moves. All of it is a
 * function of the takes enrolled at that moment, to the last bit and whatever the order: a removed take leaves no trace.
 *
 * @example
 * const profile = new VoiceProfile(cohort);
 * profile.enrol({ takeId, phraseId, recordedAt, voiceprint });
 * profile.scoreOf(other); // 4.2: stands far out of what strangers get
 */
export class VoiceProfile {
  readonly #cohort: Cohort;
  readonly #takes = new Map<TakeId, VoiceTake>();
  #ready: Ready | undefined;

  constructor(cohort: Cohort) {
    this.#cohort = cohort;
  }

  /** By id, which is the one order that does not depend on what happened. */
  get takes(): readonly VoiceTake[] {
    return [...this.#takes.values()].sort((a, b) => (a.takeId < b.takeId ? -1 : 1));
  }

  get takeCount(): number {
    return this.#takes.size;
  }

  /** A take that is there already is replaced. */
  enrol(take: VoiceTake): void {
    assert(
      take.voiceprint.length === VOICEPRINT_DIMENSIONS,
      'voiceprints have one length',
      take.voiceprint.length,
    );
    this.#takes.set(take.takeId, { ...take, voiceprint: take.voiceprint.slice() });
    this.#ready = undefined;
  }

  /** Unknown ids are ignored. */
  remove(takeId: TakeId): void {
    if (this.#takes.delete(takeId)) this.#ready = undefined;
  }

  removePhrase(phraseId: PhraseId): void {
    for (const take of this.takes) if (take.phraseId === phraseId) this.remove(take.takeId);
  }

  get state(): VoiceProfileState {
    return this.#derived().state;
  }

  /**
   * How far an utterance stands out of what strangers get against this voice, in standard deviations; strangers who
   * sound alike are around 0.
   *
   * @returns `undefined` while the profile is not ready
   */
  scoreOf(voiceprint: Float32Array): number | undefined {
    const { takes, state, cohortScores } = this.#derived();
    const ofUtterance = this.#cohort.scoresOf(voiceprint);
    if (state.kind !== 'ready' || cohortScores === undefined || ofUtterance === undefined) return undefined;
    return normalisedScore(similarityAmong(cosinesOf(takes, voiceprint)), cohortScores, ofUtterance);
  }

  #derived(): Ready {
    this.#ready ??= this.#derive();
    return this.#ready;
  }

  #derive(): Ready {
    const takes = this.takes;
    if (!this.#cohort.isLargeEnough) return { takes, state: { kind: 'no-cohort' }, cohortScores: undefined };
    const centroid = centroidOf(takes);
    if (takes.length < LEAST_TAKES || centroid === undefined) {
      const state = { kind: 'too-few-takes', takes: takes.length, needed: LEAST_TAKES } as const;
      return { takes, state, cohortScores: undefined };
    }
    // Each stranger against each take, once: leaving takes out below is then a matter of not looking.
    const toTakes = this.#cohort.rows.map((row) => cosinesOf(takes, row));
    const strangerSimilarities = toTakes.map((cosines) => similarityAmong(cosines));
    const own = this.#ownScores(takes, toTakes);
    const strangers = this.#cohort.rows.flatMap((row, index) => {
      const ofProfile = this.#cohort.scoresAmong(strangerSimilarities, index);
      const ofStranger = this.#cohort.scoresOf(row, index);
      return ofProfile && ofStranger
        ? [normalisedScore(strangerSimilarities[index] ?? 0, ofProfile, ofStranger)]
        : [];
    });
    return {
      takes,
      state: {
        kind: 'ready',
        calibration: calibrateVoice({ own, strangers }),
        centroid,
      },
      cohortScores: this.#cohort.scoresAmong(strangerSimilarities),
    };
  }

  /** Own takes as if never enrolled: without their whole sitting where there are several, else one by one. */
  #ownScores(takes: readonly VoiceTake[], toTakes: readonly (readonly number[])[]): readonly number[] {
    const sittings = sittingsOf(takes);
    const groups = sittings.length > 1 ? sittings : takes.map((take) => [take]);
    return groups.flatMap((group) => {
      const isLeftOut = takes.map((take) => group.includes(take));
      if (isLeftOut.every(Boolean)) return [];
      const ofProfile = this.#cohort.scoresAmong(
        toTakes.map((cosines) => similarityAmong(cosines, isLeftOut)),
      );
      return group.flatMap(({ voiceprint }) => {
        const ofUtterance = this.#cohort.scoresOf(voiceprint);
        const similarity = similarityAmong(cosinesOf(takes, voiceprint), isLeftOut);
        return ofProfile && ofUtterance ? [normalisedScore(similarity, ofProfile, ofUtterance)] : [];
      });
    });
  }
}

/** A voice sounds most like itself saying the same thing: the takes nearest to an utterance are of its phrase. */
const NEAREST_TAKES = 3;

const cosinesOf = (takes: readonly VoiceTake[], voiceprint: Float32Array): number[] =>
  takes.map((take) => cosineOf(take.voiceprint, voiceprint));

/** Mean of the largest cosines. */
function similarityAmong(cosines: readonly number[], isLeftOut?: readonly boolean[]): number {
  const nearest: number[] = [];
  for (const [index, cosine] of cosines.entries()) {
    if (isLeftOut?.[index] === true) continue;
    if (nearest.length === NEAREST_TAKES && cosine <= (nearest[NEAREST_TAKES - 1] ?? 0)) continue;
    nearest.push(cosine);
    nearest.sort((a, b) => b - a);
    if (nearest.length > NEAREST_TAKES) nearest.pop();
  }
  return nearest.reduce((sum, cosine) => sum + cosine, 0) / nearest.length;
}

/** Mean over phrases of the mean over their takes, at unit length. */
function centroidOf(takes: readonly VoiceTake[]): Float32Array | undefined {
  const byPhrase = new Map<PhraseId, VoiceTake[]>();
  for (const take of takes) byPhrase.set(take.phraseId, [...(byPhrase.get(take.phraseId) ?? []), take]);
  const sum = new Float64Array(VOICEPRINT_DIMENSIONS);
  for (const phraseId of [...byPhrase.keys()].sort()) {
    const ofPhrase = byPhrase.get(phraseId) ?? [];
    for (const { voiceprint } of ofPhrase)
      for (let index = 0; index < sum.length; index += 1)
        sum[index] = (sum[index] as number) + (voiceprint[index] as number) / ofPhrase.length;
  }
  return unitOf(sum);
}

function sittingsOf(takes: readonly VoiceTake[]): VoiceTake[][] {
  const byTime = [...takes].sort((a, b) => a.recordedAt - b.recordedAt || (a.takeId < b.takeId ? -1 : 1));
  const sittings: VoiceTake[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const take of byTime) {
    if (take.recordedAt - last > SITTING_GAP_MS) sittings.push([]);
    sittings.at(-1)?.push(take);
    last = take.recordedAt;
  }
  return sittings;
}
