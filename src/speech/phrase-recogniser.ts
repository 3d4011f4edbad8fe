import { assert } from '../core/assert';
import type { PhraseId, TakeId } from '../core/ids';
import type { UtteranceFeatures } from '../features/utterance-features';
import type { Candidate, Recognition } from '../learning/recognition';
import { type Calibration, type CalibrationTrial, type CounterTrial, calibrate } from './calibration';
import { chooseFusion, type Fusion, fuse } from './fusion';
import type { Clash, PhraseStrength } from './phrase-strength';
import type { Exemplar, Scorer, TrainedScorer } from './scorer';
import { TemplateScorer } from './template-scorer';

/** Everything about a recognition but the time it took, which only its caller can measure. */
export type Decision = Omit<Recognition, 'decisionMs'>;

/** What a correction may change: compare two of these, taken before and after. */
export interface RecogniserSnapshot {
  readonly thresholds: ReadonlyMap<PhraseId, number>;
  /**
   * Examples that are recognised as their own phrase when they are left out; a phrase's only example
   * is not left out, or nothing would be left of the phrase.
   */
  readonly recognised: ReadonlyMap<TakeId, PhraseId>;
}

const MOST_CANDIDATES = 5;
/** Accepted from here on; asked about down to `ASK_FROM`. */
const ACCEPT_FROM = 0.5;
const ASK_FROM = 0.2;

/**
 * Knows one person's phrases by their recordings. Everything it decides by (thresholds, confidence, the
 * weight of each scorer) comes from the recordings enrolled at that moment, so removing one leaves the
 * state of a recogniser that never saw it.
 */
export class PhraseRecogniser {
  readonly #template: Scorer;
  readonly #examples = new Map<TakeId, Exemplar>();
  readonly #counterExamples = new Map<TakeId, Exemplar>();
  #trained: TrainedScorer | undefined;
  #state: { readonly calibration: Calibration; readonly fusion: Fusion } | undefined;

  /** @param template the scorer that needs no training; it must be empty */
  constructor(template: Scorer = new TemplateScorer()) {
    this.#template = template;
  }

  get phraseIds(): readonly PhraseId[] {
    return [...new Set([...this.#examples.values()].map(({ phraseId }) => phraseId))];
  }

  /** Learns a recording of a phrase. Thresholds follow at the next question. */
  enrol(exemplar: Exemplar): void {
    assert(!this.#has(exemplar.takeId), 'a take is enrolled once', exemplar.takeId);
    this.#examples.set(exemplar.takeId, exemplar);
    this.#template.enrol(exemplar);
    this.#state = undefined;
  }

  /** Learns from a misfire: `exemplar.phraseId` is the phrase that this recording is *not*. */
  addCounterExample(exemplar: Exemplar): void {
    assert(!this.#has(exemplar.takeId), 'a take is enrolled once', exemplar.takeId);
    this.#counterExamples.set(exemplar.takeId, exemplar);
    this.#state = undefined;
  }

  /** Forgets a take of either kind. Unknown ids are ignored. */
  remove(takeId: TakeId): void {
    this.#counterExamples.delete(takeId);
    if (this.#examples.delete(takeId)) this.#template.remove(takeId);
    this.#state = undefined;
  }

  /** Forgets a phrase with all its takes and counter-examples. */
  removePhrase(phraseId: PhraseId): void {
    for (const takes of [this.#examples, this.#counterExamples]) {
      for (const exemplar of [...takes.values()]) {
        if (exemplar.phraseId === phraseId) this.remove(exemplar.takeId);
      }
    }
  }

  /**
   * Lets a trained scorer have a say, as far as leave-one-out shows that it helps. It must have been
   * trained on exactly the takes enrolled now; drop it (`undefined`) before they change.
   */
  useTrained(scorer: TrainedScorer | undefined): void {
    this.#trained = scorer;
    this.#state = undefined;
  }

  /** Weight of the trained scorer, and the left-out accuracy without and with it. */
  get fusion(): Omit<Fusion, 'scale'> {
    return this.#ready().fusion;
  }

  recognise(features: UtteranceFeatures): Decision {
    const { calibration, fusion } = this.#ready();
    const distances = fuse(
      this.#template.distances(features),
      fusion.weight > 0 ? this.#trained?.distances(features) : undefined,
      fusion,
    );
    return {
      ...decide(distances, calibration),
      scorers: [this.#template.name, ...(fusion.weight > 0 && this.#trained ? [this.#trained.name] : [])],
    };
  }

  strengths(): readonly PhraseStrength[] {
    const { calibration } = this.#ready();
    const { recognised } = this.snapshot();
    return this.phraseIds.map((phraseId) => {
      const takes = [...this.#examples.values()].filter((take) => take.phraseId === phraseId);
      const known = takes.filter((take) => recognised.get(take.takeId) === phraseId);
      return {
        phraseId,
        exampleCount: takes.length,
        counterExampleCount: [...this.#counterExamples.values()].filter((take) => take.phraseId === phraseId)
          .length,
        leaveOneOut: takes.length < 2 ? undefined : known.length / takes.length,
        threshold: calibration.thresholdOf(phraseId),
        clashes: this.clashes(
          takes.map(({ features }) => features),
          phraseId,
        ).filter(({ similarity }) => similarity > 0.5),
      };
    });
  }

  /**
   * Phrases that sound like these recordings, most alike first.
   *
   * @param except the phrase that the recordings belong to, when it is taught already
   */
  clashes(recordings: readonly UtteranceFeatures[], except?: PhraseId): readonly Clash[] {
    const { calibration } = this.#ready();
    const similarities = new Map<PhraseId, number>();
    for (const features of recordings) {
      for (const [phraseId, distance] of this.#template.distances(features)) {
        if (phraseId === except) continue;
        const similarity = calibration.confidenceOf(phraseId, distance, undefined);
        similarities.set(phraseId, Math.max(similarity, similarities.get(phraseId) ?? 0));
      }
    }
    return [...similarities]
      .map(([phraseId, similarity]) => ({ phraseId, similarity }))
      .sort((a, b) => b.similarity - a.similarity);
  }

  /** Thresholds, and which examples would be recognised; for telling what a correction changed. */
  snapshot(): RecogniserSnapshot {
    const { calibration, fusion } = this.#ready();
    const recognised = new Map<TakeId, PhraseId>();
    for (const { takeId, phraseId, features } of this.#examples.values()) {
      const leftOut = this.#leftOut(takeId, features, fusion);
      const distances = leftOut.has(phraseId) ? leftOut : this.#template.distances(features);
      const { outcome, candidates } = decide(distances, calibration);
      if (outcome === 'accepted' && candidates[0]?.phraseId === phraseId) recognised.set(takeId, phraseId);
    }
    return {
      thresholds: new Map(this.phraseIds.map((id) => [id, calibration.thresholdOf(id)])),
      recognised,
    };
  }

  #has(takeId: TakeId): boolean {
    return this.#examples.has(takeId) || this.#counterExamples.has(takeId);
  }

  #leftOut(takeId: TakeId, features: UtteranceFeatures, fusion: Fusion): ReadonlyMap<PhraseId, number> {
    return fuse(this.#template.distances(features, takeId), this.#trained?.heldOut.get(takeId), fusion);
  }

  #ready(): { readonly calibration: Calibration; readonly fusion: Fusion } {
    if (this.#state !== undefined) return this.#state;
    const examples = [...this.#examples.values()];
    const fusion = chooseFusion(
      examples.map(({ takeId, phraseId, features }) => ({
        phraseId,
        template: this.#template.distances(features, takeId),
        trained: this.#trained?.heldOut.get(takeId),
      })),
    );
    const trials: CalibrationTrial[] = examples.map(({ takeId, phraseId, features }) => ({
      phraseId,
      distances: this.#leftOut(takeId, features, fusion),
    }));
    const counters: CounterTrial[] = [...this.#counterExamples.values()].map(({ phraseId, features }) => ({
      notPhraseId: phraseId,
      distances: fuse(this.#template.distances(features), this.#trained?.distances(features), fusion),
    }));
    this.#state = { calibration: calibrate(this.phraseIds, trials, counters), fusion };
    return this.#state;
  }
}

function decide(
  distances: ReadonlyMap<PhraseId, number>,
  calibration: Calibration,
): Pick<Decision, 'outcome' | 'candidates'> {
  const ranked = [...distances]
    .filter(([, distance]) => Number.isFinite(distance))
    .sort((a, b) => a[1] - b[1]);
  const nearest = ranked[0]?.[1];
  const candidates: Candidate[] = ranked.slice(0, MOST_CANDIDATES).map(([phraseId, distance], rank) => ({
    phraseId,
    distance,
    threshold: calibration.thresholdOf(phraseId),
    confidence: calibration.confidenceOf(phraseId, distance, rank === 0 ? ranked[1]?.[1] : nearest),
  }));
  const confidence = candidates[0]?.confidence ?? 0;
  const outcome =
    confidence >= ACCEPT_FROM ? 'accepted' : confidence >= ASK_FROM ? 'did-you-mean' : 'unknown';
  return { outcome, candidates };
}
