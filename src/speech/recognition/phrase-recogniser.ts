import { assert } from '../../core/assert';
import type { PhraseId, TakeId } from '../../core/ids';
import type { UtteranceEmbedding, UtteranceFeatures } from '../../features/utterance-features';
import type { Recognition } from '../../learning/recognition';
import { RememberingMatcher } from '../templates/remembering-matcher';
import { type Matcher, TemplateMatcher } from '../templates/template-matcher';
import { AcousticScorer, type Ears } from './acoustic-scorer';
import { type Calibration, calibrate } from './calibration';
import type { CalibrationTrial } from './calibration-trial';
import type { BudgetCosts, FalseTriggerBudget } from './false-trigger-budget';
import { chooseFusion, type Fusion, fuse } from './fusion';
import { type HabitPrior, settleByHabit } from './habit-prior';
import type { Clash, PhraseStrength } from './phrase-strength';
import { type Ranking, rankCandidates } from './rank-candidates';
import type { Exemplar, TrainedScorer } from './scorer';

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

interface State {
  readonly trials: readonly CalibrationTrial[];
  readonly calibration: Calibration;
  readonly fusion: Fusion;
}

/** A clash is what would often be taken for the other phrase. */
const CLASH_FROM = 0.5;

/**
 * Knows one person's phrases by their recordings. Everything it decides by (thresholds, confidence, the
 * weight of each scorer) comes from the recordings enrolled at that moment, so removing one leaves the
 * state of a recogniser that never saw it.
 */
export class PhraseRecogniser {
  readonly #acoustic: AcousticScorer;
  /** Recordings that are *not* the phrase they are filed under. */
  readonly #misfires: AcousticScorer;
  readonly #examples = new Map<TakeId, Exemplar>();
  readonly #counterExamples = new Map<TakeId, Exemplar>();
  #trained: TrainedScorer | undefined;
  readonly #states = new Map<Ears, State>();
  /** Distances of every example to all phrases without it: what states are made of, and slow to work out. */
  readonly #leftOut = new Map<Ears, ReadonlyMap<TakeId, ReadonlyMap<PhraseId, number>>>();
  #budget: FalseTriggerBudget = 'day';

  /** @param matcher compares two utterances; its answers must depend on these two alone */
  constructor(matcher: Matcher = new TemplateMatcher()) {
    const remembering = new RememberingMatcher(matcher);
    this.#acoustic = new AcousticScorer(remembering);
    this.#misfires = new AcousticScorer(remembering);
  }

  get phraseIds(): readonly PhraseId[] {
    return [...new Set([...this.#examples.values()].map(({ phraseId }) => phraseId))];
  }

  /** Learns a recording of a phrase. Thresholds follow at the next question. */
  enrol(exemplar: Exemplar): void {
    assert(!this.#has(exemplar.takeId), 'a take is enrolled once', exemplar.takeId);
    this.#examples.set(exemplar.takeId, exemplar);
    this.#acoustic.enrol(exemplar);
    this.#examplesChanged();
  }

  /** Learns from a misfire: `exemplar.phraseId` is the phrase that this recording is *not*. */
  addCounterExample(exemplar: Exemplar): void {
    assert(!this.#has(exemplar.takeId), 'a take is enrolled once', exemplar.takeId);
    this.#counterExamples.set(exemplar.takeId, exemplar);
    this.#misfires.enrol(exemplar);
    this.#states.clear();
  }

  /** Lets the encoder join in on a take that was enrolled without it. Unknown ids are ignored. */
  addEmbedding(takeId: TakeId, embedding: UtteranceEmbedding): void {
    const kinds = [
      { takes: this.#examples, scorer: this.#acoustic },
      { takes: this.#counterExamples, scorer: this.#misfires },
    ];
    for (const { takes, scorer } of kinds) {
      const exemplar = takes.get(takeId);
      if (exemplar === undefined) continue;
      const embedded = { ...exemplar, features: { ...exemplar.features, embedding } };
      takes.set(takeId, embedded);
      scorer.addEmbedding(embedded);
      this.#examplesChanged();
    }
  }

  /** Forgets a take of either kind. Unknown ids are ignored. */
  remove(takeId: TakeId): void {
    if (this.#counterExamples.delete(takeId)) this.#misfires.remove(takeId);
    if (this.#examples.delete(takeId)) {
      this.#acoustic.remove(takeId);
      this.#examplesChanged();
    }
    this.#states.clear();
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
    this.#states.clear();
  }

  /** How often something else may be taken for a phrase; moves all thresholds. */
  useBudget(budget: FalseTriggerBudget): void {
    this.#budget = budget;
    this.#states.clear();
  }

  /** `undefined` before anything was taught. */
  budgetCosts(): BudgetCosts | undefined {
    if (this.#examples.size === 0) return undefined;
    const ears = this.#earsOf([]);
    const { trials } = this.#ready(ears);
    const costOf = (budget: FalseTriggerBudget): number =>
      calibrate(this.phraseIds, trials, { ears, budget }).missShare;
    return { hour: costOf('hour'), day: costOf('day'), week: costOf('week') };
  }

  /** Weight of the trained scorer, and the left-out accuracy without and with it. */
  get fusion(): Omit<Fusion, 'scale'> {
    return this.#ready(this.#earsOf([])).fusion;
  }

  /** @param habit what the person is expected to say; it has a say in near-ties only */
  recognise(features: UtteranceFeatures, habit?: HabitPrior): Decision {
    const ears = this.#earsOf([features]);
    const { fusion } = this.#ready(ears);
    const trained = fusion.weight > 0 ? this.#trained?.distances(features) : undefined;
    const acoustic = this.#acoustic.distances(ears, features);
    const { isTie, ...decided } = this.#decide(ears, features, acoustic, trained);
    const settled = isTie && habit !== undefined ? settleByHabit(decided.candidates, habit) : undefined;
    return {
      ...(settled ?? decided),
      scorers: [
        ...this.#acoustic.namesOf(ears),
        ...(trained === undefined || this.#trained === undefined ? [] : [this.#trained.name]),
      ],
    };
  }

  strengths(): readonly PhraseStrength[] {
    const { calibration } = this.#ready(this.#earsOf([]));
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
        ).filter(({ similarity }) => similarity > CLASH_FROM),
      };
    });
  }

  /**
   * Phrases that sound like these recordings, most alike first.
   *
   * @param except the phrase that the recordings belong to, when it is taught already
   */
  clashes(recordings: readonly UtteranceFeatures[], except?: PhraseId): readonly Clash[] {
    const ears = this.#earsOf(recordings);
    const { calibration } = this.#ready(ears);
    const similarities = new Map<PhraseId, number>();
    for (const features of recordings) {
      const distances = new Map(this.#acoustic.distances(ears, features));
      if (except !== undefined) distances.delete(except);
      for (const phraseId of distances.keys()) {
        const { confidence } = calibration.judge(phraseId, distances);
        similarities.set(phraseId, (similarities.get(phraseId) ?? 0) + confidence / recordings.length);
      }
    }
    return [...similarities]
      .map(([phraseId, similarity]) => ({ phraseId, similarity }))
      .sort((a, b) => b.similarity - a.similarity);
  }

  /** Thresholds, and which examples would be recognised; for telling what a correction changed. */
  snapshot(): RecogniserSnapshot {
    const ears = this.#earsOf([]);
    const { calibration } = this.#ready(ears);
    const recognised = new Map<TakeId, PhraseId>();
    for (const { takeId, phraseId, features } of this.#examples.values()) {
      const leftOut = this.#leftOutOf(ears).get(takeId) ?? new Map<PhraseId, number>();
      const { outcome, candidates } = leftOut.has(phraseId)
        ? this.#decide(ears, features, leftOut, this.#trained?.heldOut.get(takeId))
        : this.#decide(
            ears,
            features,
            this.#acoustic.distances(ears, features),
            this.#trained?.distances(features),
          );
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

  /** Both only where nothing lacks its embedding: distances of the two kinds must not meet. */
  #earsOf(recordings: readonly UtteranceFeatures[]): Ears {
    const isHeard = ({ embedding }: UtteranceFeatures): boolean => embedding !== undefined;
    const takes = [...this.#examples.values(), ...this.#counterExamples.values()];
    return recordings.every(isHeard) && takes.every(({ features }) => isHeard(features))
      ? 'both'
      : 'templates';
  }

  #decide(
    ears: Ears,
    features: UtteranceFeatures,
    acoustic: ReadonlyMap<PhraseId, number>,
    trained: ReadonlyMap<PhraseId, number> | undefined,
  ): Ranking {
    const { calibration, fusion } = this.#ready(ears);
    return rankCandidates(fuse(acoustic, trained, fusion), calibration, (phrases) =>
      this.#misfires.distancesTo(phrases, ears, features),
    );
  }

  #examplesChanged(): void {
    this.#leftOut.clear();
    this.#states.clear();
  }

  #leftOutOf(ears: Ears): ReadonlyMap<TakeId, ReadonlyMap<PhraseId, number>> {
    let leftOut = this.#leftOut.get(ears);
    if (leftOut === undefined) {
      const examples = [...this.#examples.values()];
      leftOut = new Map(
        examples.map(({ takeId, features }) => [takeId, this.#acoustic.distances(ears, features, takeId)]),
      );
      this.#leftOut.set(ears, leftOut);
    }
    return leftOut;
  }

  #ready(ears: Ears): State {
    const known = this.#states.get(ears);
    if (known !== undefined) return known;
    const leftOutOf = this.#leftOutOf(ears);
    const leftOut = [...this.#examples.values()].map(({ takeId, phraseId }) => ({
      phraseId,
      acoustic: leftOutOf.get(takeId) ?? new Map<PhraseId, number>(),
      trained: this.#trained?.heldOut.get(takeId),
    }));
    const fusion = chooseFusion(leftOut);
    const trials: CalibrationTrial[] = leftOut.map(({ phraseId, acoustic, trained }) => ({
      phraseId,
      distances: fuse(acoustic, trained, fusion),
    }));
    const calibration = calibrate(this.phraseIds, trials, { ears, budget: this.#budget });
    const state = { trials, calibration, fusion };
    this.#states.set(ears, state);
    return state;
  }
}
