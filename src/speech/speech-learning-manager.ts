import * as v from 'valibot';
import type { HeardPauses } from '../audio/learnt-pause';
import { resampleTo16k } from '../audio/resampling';
import type { Utterance } from '../audio/utterance';
import type { Clock } from '../core/clock';
import { newId, type PhraseId, type UtteranceId } from '../core/ids';
import { err, ok, type Result } from '../core/result';
import { Turns } from '../core/turns';
import { type MonotonicMs, SAMPLE_RATE_HZ } from '../core/units';
import type { Recognition } from '../learning/recognition';
import type { ActionOutcome } from '../learning/records';
import type { RecordStore } from '../vault/vault-types';
import { type Clip, type EncodeFeatures, encodedClip } from './listening/clip';
import { ClipAhead } from './listening/clip-ahead';
import { HeardHistory } from './listening/heard-history';
import { ListeningSession } from './listening/listening-session';
import { PauseLearner } from './listening/pause-learner';
import type { FalseTriggerBudget } from './recognition/false-trigger-budget';
import { type HabitPrior, HabitPriorSchema } from './recognition/habit-prior';
import type { PhraseStrength } from './recognition/phrase-strength';
import type { TrainScorer } from './recognition/trained-scorer-schedule';
import type { DraftTake, ListeningMode, ListeningPurpose, SpeechError, SpeechEvent } from './speech-events';
import { SpeechReports } from './speech-reports';
import { storeRows } from './store-rows';
import { planCorrection, reportCorrection } from './teaching/correction';
import type { CorrectionReport, CorrectionTarget } from './teaching/correction-report';
import { LearntPhrases } from './teaching/learnt-phrases';
import { PhraseTeaching } from './teaching/phrase-teaching';
import { VoiceBook } from './voice/voice-book';

export interface SpeechSettings {
  readonly hangoverMs: number;
  /** `hangoverMs` follows the person's pauses from there. */
  readonly isLearnt: boolean;
  readonly maximumMs: number;
  /** Utterances kept with their sound. */
  readonly keepUtterances: number;
  readonly falseTriggers: FalseTriggerBudget;
}

export interface SpeechLearningManagerOptions {
  readonly store: RecordStore;
  readonly clock: Clock;
  readonly settings: SpeechSettings;
  readonly emit: (event: SpeechEvent) => void;
  readonly trainScorer: TrainScorer;
  readonly encode: EncodeFeatures;
  /** Voiceprints of strangers, shipped with the encoder; none before it is there. */
  readonly strangers: () => readonly Float32Array[];
}

/**
 * Hears, recognises and learns: one interface over endpointing, features, the recogniser and the takes in
 * the vault. Lives in the speech worker. Sound leaves it towards the vault, and as a copy for replay.
 */
export class SpeechLearningManager {
  readonly #options: SpeechLearningManagerOptions;
  readonly #session: ListeningSession;
  readonly #learnt: LearntPhrases;
  readonly #history: HeardHistory;
  readonly #pause: PauseLearner;
  readonly #voice: VoiceBook;
  readonly #ahead: ClipAhead;
  /** Teaching and forgetting phrases. */
  readonly teaching: PhraseTeaching;
  /** What may be asked about recordings, voice and answers. */
  readonly reports: SpeechReports;
  /** Utterances are answered in the order they were said, however long the encoder takes for one. */
  readonly #turns = new Turns();
  #purpose: ListeningPurpose = { kind: 'recognise' };
  #settings: SpeechSettings;
  /** Grows with every lock, so that work begun before one can tell. */
  #load = 0;
  /** What the person is expected to say next. */
  #habit: HabitPrior | undefined;

  constructor(options: SpeechLearningManagerOptions) {
    this.#options = options;
    this.#settings = options.settings;
    const { emit, settings } = options;
    this.#learnt = new LearntPhrases({
      ...options,
      budget: settings.falseTriggers,
      onTuning: (status) => emit({ kind: 'tuning', status }),
      onEncoded: () => emit({ kind: 'takes-encoded' }),
    });
    this.#history = new HeardHistory(options.store, settings.keepUtterances);
    this.#session = new ListeningSession({
      endpointing: options.settings,
      onEvent: options.emit,
      onPause: (utterance) => this.#ahead.prepare(utterance),
      onUtterance: (utterance, pauses) => this.#hear(utterance, pauses),
    });
    this.#ahead = new ClipAhead({
      clipOf: (utterance) => this.#clipOf(utterance),
      // Comparisons are remembered with the utterance; whatever is learnt until it ends still counts.
      onClip: ({ features }) => {
        if (this.#purpose.kind === 'recognise') this.#learnt.recognise(features);
      },
    });
    this.#pause = new PauseLearner({
      ...options,
      onHangover: () => this.#endpoint(),
      onFailure: (error) => emit({ kind: 'storage-failed', error }),
    });
    this.#voice = new VoiceBook({
      ...options,
      takes: () => this.#learnt.library.exampleTakes.map(({ take }) => take),
      profile: () => this.#learnt.voiceProfile,
      onFailure: (error) => emit({ kind: 'storage-failed', error }),
    });
    this.teaching = new PhraseTeaching({
      store: options.store,
      learnt: this.#learnt,
      onMicrophoneTake: ({ samples }) => this.#pause.accept(samples, undefined),
      onForgotten: () => this.#voice.takesForgotten(),
    });
    this.reports = new SpeechReports({
      store: options.store,
      encode: options.encode,
      learnt: this.#learnt,
      history: this.#history,
      voice: this.#voice,
      pause: this.#pause,
      teaching: this.teaching,
    });
  }

  get session(): ListeningSession {
    return this.#session;
  }

  configure(settings: SpeechSettings): void {
    this.#settings = settings;
    this.#pause.configure(settings);
    this.#history.keep(settings.keepUtterances);
    this.#learnt.useBudget(settings.falseTriggers);
  }

  async load(): Promise<Result<readonly PhraseStrength[], SpeechError>> {
    const loaded = await this.#learnt.load();
    const paused = loaded.ok ? await this.#pause.load() : loaded;
    if (!paused.ok) return err({ kind: 'vault', error: paused.error });
    const voiced = await this.#voice.load();
    if (!voiced.ok) return err({ kind: 'vault', error: voiced.error });
    return loaded.ok ? ok(this.reports.strengths()) : err({ kind: 'vault', error: loaded.error });
  }

  /** The encoder may be at hand now: takes that it has not heard yet are given to it, in the background. */
  encoderChanged(): void {
    this.#learnt.catchUp();
  }

  unload(): void {
    this.#load += 1;
    this.#habit = undefined;
    this.#session.stop();
    this.teaching.discardAll();
    this.#ahead.forget();
    this.#learnt.unload();
    this.#pause.unload();
    this.#voice.unload();
  }

  /** What the person is expected to say next; anything that is not a `HabitPrior` takes it back. */
  expectHabit(habit: unknown): void {
    const parsed = v.safeParse(HabitPriorSchema, habit);
    this.#habit = parsed.success ? parsed.output : undefined;
  }

  listen(purpose: ListeningPurpose, mode: ListeningMode): void {
    this.#purpose = purpose;
    this.#pause.listen();
    this.#session.listen(mode);
  }

  /** One take from a finished recording; see `say` for the other use of one. */
  async teach(
    samples: Float32Array,
    sampleRateHz: number,
    source: 'file' | 'sample',
  ): Promise<Result<DraftTake, SpeechError>> {
    const clip = await this.#clipOf(this.#whole(samples, sampleRateHz));
    return clip === undefined ? err({ kind: 'no-speech' }) : ok(this.#draft(clip, source));
  }

  /** The same path as the microphone, for a file or a built-in sample: a `heard` event follows. */
  say(samples: Float32Array, sampleRateHz: number): Promise<Result<void, SpeechError>> {
    return this.#turns.take(async () => {
      const startedAt = this.#options.clock.monotonic();
      const clip = await this.#clipOf(this.#whole(samples, sampleRateHz));
      if (clip === undefined) return err({ kind: 'no-speech' });
      this.#answer(clip, 'recording', startedAt);
      return ok(undefined);
    });
  }

  /** "That was …": stores and learns what the person says an utterance was, and tells what that changed. */
  async correct(id: UtteranceId, target: CorrectionTarget): Promise<Result<CorrectionReport, SpeechError>> {
    const startedAt = this.#options.clock.monotonic();
    const heard = await this.#history.read(id);
    if (!heard.ok) return heard;
    const { interaction, samples } = heard.value;
    const clip = await this.#clipOf({ samples, endedBy: 'whole' });
    if (clip === undefined) return err({ kind: 'no-speech' });

    const plan = planCorrection(interaction, target, clip, this.#learnt.library, this.#options.clock.now());
    const changed = await this.#learnt.change({ ...plan, features: clip.features }, () =>
      storeRows(this.#options.store, plan.writes),
    );
    if (!changed.ok) return changed;
    const recognition = { ...this.#learnt.recognise(clip.features), decisionMs: 0 };
    this.#learnt.retrain();
    return ok(
      reportCorrection({
        plan,
        library: this.#learnt.library,
        before: interaction.recognition,
        after: recognition,
        snapshots: changed.value,
        learnedMs: this.#options.clock.monotonic() - startedAt,
      }),
    );
  }

  recordOutcome(
    id: UtteranceId,
    phraseId: PhraseId | undefined,
    action: ActionOutcome,
  ): Promise<Result<void, SpeechError>> {
    return this.#history.recordOutcome(id, phraseId, action);
  }

  clearHistory(): Promise<Result<void, SpeechError>> {
    return this.#history.clear();
  }

  #whole(samples: Float32Array, sampleRateHz: number): Utterance {
    const mostSamples = (this.#settings.maximumMs / 1000) * SAMPLE_RATE_HZ;
    return { samples: resampleTo16k(samples, sampleRateHz).slice(0, mostSamples), endedBy: 'whole' };
  }

  #clipOf(utterance: Utterance): Promise<Clip | undefined> {
    return encodedClip(utterance, this.#options.encode);
  }

  #endpoint(): void {
    this.#session.configure({ ...this.#settings, hangoverMs: this.#pause.hangoverMs });
  }

  #hear(utterance: Utterance, pauses: HeardPauses | undefined): void {
    const { clock, emit } = this.#options;
    const startedAt = clock.monotonic();
    const purpose = this.#purpose;
    const load = this.#load;
    void this.#turns.take(async () => {
      const clip = await this.#ahead.take(utterance);
      // The vault was locked, or another opened: what was said before is nobody's business any more.
      if (load !== this.#load) return;
      if (clip === undefined) emit({ kind: 'nothing-heard' });
      else if (purpose.kind === 'recognise') {
        const isAccepted = this.#answer(clip, 'microphone', startedAt) === 'accepted';
        await this.#pause.hear({ utterance, pauses, isAccepted }, (samples) => this.#isPhrase(samples));
      } else emit({ kind: 'take-recorded', draft: this.#draft(clip, 'microphone') });
    });
  }

  #draft(clip: Clip, source: DraftTake['source']): DraftTake {
    return this.teaching.draft(clip, source, this.#options.clock.now());
  }

  async #isPhrase(samples: Float32Array): Promise<boolean> {
    const clip = await this.#clipOf({ samples, endedBy: 'whole' });
    return clip !== undefined && this.#learnt.recognise(clip.features).outcome === 'accepted';
  }

  #answer(clip: Clip, source: 'microphone' | 'recording', startedAt: MonotonicMs): Recognition['outcome'] {
    const { clock, emit } = this.#options;
    const heardAt = clock.now();
    const habit = this.#habit !== undefined && heardAt < this.#habit.expiresAt ? this.#habit : undefined;
    const decision = this.#learnt.recognise(clip.features, habit);
    const voice = this.#learnt.judgeVoice(clip.features, heardAt);
    const recognition = {
      ...decision,
      ...(voice && { voice }),
      decisionMs: clock.monotonic() - startedAt,
    };
    if (source === 'microphone') this.#voice.hear(recognition, clip.features, heardAt);
    const { durationMs, waveform, quality } = clip;
    const id = newId<UtteranceId>();
    emit({ kind: 'heard', source, utterance: { id, heardAt, durationMs, waveform, quality, recognition } });
    this.#history.add(
      { id, heardAt, durationMs, waveform, quality, recognition, action: { kind: 'not-run' } },
      clip.samples,
      (error) => emit({ kind: 'storage-failed', error }),
    );
    return recognition.outcome;
  }
}
