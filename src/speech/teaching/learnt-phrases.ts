import type { PhraseId, TakeId } from '../../core/ids';
import type { Result } from '../../core/result';
import type { EpochMs } from '../../core/units';
import type { UtteranceFeatures } from '../../features/utterance-features';
import type { Recognition } from '../../learning/recognition';
import type { Take } from '../../learning/records';
import type { RecordStore, VaultError } from '../../vault/vault-types';
import { TakeEmbedding } from '../encoder/take-embedding';
import type { EncodeFeatures } from '../listening/clip';
import type { BudgetCosts, FalseTriggerBudget } from '../recognition/false-trigger-budget';
import type { HabitPrior } from '../recognition/habit-prior';
import { PhraseRecogniser, type RecogniserSnapshot } from '../recognition/phrase-recogniser';
import type { Clash, PhraseStrength, TuningStatus } from '../recognition/phrase-strength';
import type { TrainedScorer } from '../recognition/scorer';
import { TrainedScorerSchedule, type TrainScorer } from '../recognition/trained-scorer-schedule';
import { VoiceListener } from '../voice/voice-listener';
import type { VoiceProfile } from '../voice/voice-profile';
import { type LearntTake, TakeLibrary } from './take-library';

export interface LearntPhrasesOptions {
  readonly store: RecordStore;
  readonly budget: FalseTriggerBudget;
  readonly trainScorer: TrainScorer;
  readonly encode: EncodeFeatures;
  /** Voiceprints of strangers, shipped with the encoder; none before it is there. */
  readonly strangers: () => readonly Float32Array[];
  readonly onTuning: (status: TuningStatus) => void;
  /** The encoder has heard takes that were learnt without it. */
  readonly onEncoded: () => void;
}

/** Takes that go and takes that come in one step, such as a correction. */
export interface TakeChange {
  readonly removed: readonly TakeId[];
  readonly added: readonly Take[];
  readonly features: UtteranceFeatures;
}

/**
 * Everything learnt from the takes of the open vault, kept in step with them: the recogniser, what the encoder makes of
 * each take, the encoder tuned to the person in the background, and the voice that speaks in all of them. Forgetting a take
 * leaves what had never known it.
 */
export class LearntPhrases {
  readonly library: TakeLibrary;
  readonly #schedule: TrainedScorerSchedule;
  readonly #embedding: TakeEmbedding;
  readonly #voice: VoiceListener;
  readonly #onTuning: (status: TuningStatus) => void;
  #recogniser = new PhraseRecogniser();
  #budget: FalseTriggerBudget;

  constructor(options: LearntPhrasesOptions) {
    this.#budget = options.budget;
    this.#onTuning = options.onTuning;
    this.library = new TakeLibrary(options.store);
    this.#schedule = new TrainedScorerSchedule(options.trainScorer, (scorer, trainMs) =>
      this.#useTrained(scorer, trainMs),
    );
    this.#embedding = new TakeEmbedding({
      encode: options.encode,
      takes: () => this.library.all.map(({ exemplar }) => exemplar),
      onEmbedded: (takeId, embedding) => {
        this.library.addEmbedding(takeId, embedding);
        this.#recogniser.addEmbedding(takeId, embedding);
        this.#voice.takesChanged();
      },
      onChanged: () => {
        this.retrain();
        options.onEncoded();
      },
    });
    this.#voice = new VoiceListener({
      strangers: options.strangers,
      takes: () => this.library.voiceTakes,
    });
  }

  useBudget(budget: FalseTriggerBudget): void {
    this.#budget = budget;
    this.#recogniser.useBudget(budget);
  }

  async load(): Promise<Result<void, VaultError>> {
    const takes = await this.library.load();
    if (!takes.ok) return takes;
    this.#startAnew();
    for (const learnt of takes.value) this.#enrol(learnt);
    this.retrain();
    return { ok: true, value: undefined };
  }

  unload(): void {
    this.#schedule.cancel();
    this.library.clear();
    this.#startAnew();
  }

  /** Gives the encoder, when it is at hand, the takes that it has not heard yet; and tunes it anew. */
  retrain(): void {
    this.catchUp();
    this.#onTuning({ kind: 'training' });
    this.#schedule.takesChanged(() => this.library.examples);
  }

  /** The encoder may be at hand now: takes that it has not heard yet are given to it, in the background. */
  catchUp(): void {
    void this.#embedding.catchUp();
  }

  /** `retrain` when all of a burst are there. */
  add(take: Take, features: UtteranceFeatures): void {
    this.#enrol(this.library.add(take, features));
  }

  forget(ids: readonly TakeId[]): void {
    this.#dropTrained();
    for (const id of ids) this.#unlearn(id);
    this.retrain();
  }

  /**
   * What the recogniser knows before and after a change, both without the trained scorer: the one in use describes
   * takes that are about to change. When `write` fails, nothing is changed.
   */
  async change<E>(
    { removed, added, features }: TakeChange,
    write: () => Promise<Result<void, E>>,
  ): Promise<Result<{ readonly before: RecogniserSnapshot; readonly after: RecogniserSnapshot }, E>> {
    this.#schedule.cancel();
    this.#dropTrained();
    const before = this.#recogniser.snapshot();
    const written = await write();
    if (!written.ok) {
      this.retrain();
      return written;
    }
    for (const takeId of removed) this.#unlearn(takeId);
    for (const take of added) this.add(take, features);
    return { ok: true, value: { before, after: this.#recogniser.snapshot() } };
  }

  recognise(features: UtteranceFeatures, habit?: HabitPrior): Omit<Recognition, 'decisionMs'> {
    return this.#recogniser.recognise(features, habit);
  }

  get voiceProfile(): VoiceProfile {
    return this.#voice.profile;
  }

  /** Whether it sounds like the person who taught the phrases; `undefined` where nothing can be said about that. */
  judgeVoice(features: UtteranceFeatures, at: EpochMs): Recognition['voice'] {
    const verdict = this.#voice.judge(features, at);
    return verdict.kind === 'judged' ? { band: verdict.band, probability: verdict.probability } : undefined;
  }

  strengths(): readonly PhraseStrength[] {
    return this.#recogniser.strengths();
  }

  clashes(recordings: readonly UtteranceFeatures[], except?: PhraseId): readonly Clash[] {
    return this.#recogniser.clashes(recordings, except);
  }

  budgetCosts(): BudgetCosts | undefined {
    return this.#recogniser.budgetCosts();
  }

  #startAnew(): void {
    this.#recogniser = new PhraseRecogniser();
    this.#recogniser.useBudget(this.#budget);
    this.#voice.takesChanged();
  }

  #enrol({ take, exemplar }: LearntTake): void {
    this.#dropTrained();
    this.#voice.takesChanged();
    if (take.role === 'example') this.#recogniser.enrol(exemplar);
    else this.#recogniser.addCounterExample(exemplar);
  }

  #unlearn(id: TakeId): void {
    this.#recogniser.remove(id);
    this.library.remove(id);
    this.#voice.takesChanged();
  }

  /** A trained scorer describes exactly the takes it was trained on. */
  #dropTrained(): void {
    this.#recogniser.useTrained(undefined);
  }

  #useTrained(scorer: TrainedScorer | undefined, trainMs: number): void {
    this.#recogniser.useTrained(scorer);
    if (scorer === undefined) {
      this.#onTuning({ kind: 'too-little' });
      return;
    }
    const { weight, acousticAccuracy, fusedAccuracy } = this.#recogniser.fusion;
    this.#onTuning({ kind: 'trained', weight, acousticAccuracy, fusedAccuracy, trainMs });
  }
}
