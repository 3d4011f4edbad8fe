import type { BackendStatus } from '../compute/backend-status';
import type { Settings } from '../config/settings';
import type { PhraseId, TakeId, UtteranceId } from '../core/ids';
import type { Result } from '../core/result';
import type { ActionOutcome, Phrase, Take } from '../learning/records';
import type { TensorMemory } from '../metrics/memory-report';
import type { Explanation } from '../speech/explaining/explanation';
import type { TakeMap } from '../speech/explaining/take-map';
import type { TakeStrip } from '../speech/explaining/take-strips';
import type { PauseReport } from '../speech/listening/pause-learner';
import type { PronunciationAdvice } from '../speech/pronunciation/pronunciation-advice';
import type { BudgetCosts } from '../speech/recognition/false-trigger-budget';
import type { HabitPrior } from '../speech/recognition/habit-prior';
import type { Clash, PhraseStrength } from '../speech/recognition/phrase-strength';
import type { DraftTake, ListeningMode, ListeningPurpose, SpeechError } from '../speech/speech-events';
import type { CorrectionReport, CorrectionTarget } from '../speech/teaching/correction-report';
import type { RecordingSuggestion } from '../speech/teaching/next-recording';
import type { VoiceReport } from '../speech/voice/voice-book';

/**
 * The speech worker: audio comes in over `connectCapture`, decisions go out over `connectEvents`.
 * Sound is kept here and in the vault; it reaches the page only through `audioOf`, to be replayed.
 */
export interface SpeechContract {
  connectVault(port: MessagePort): void;
  connectEvents(port: MessagePort): void;
  /** `sampleRateHz` is what the worklet delivers: the browser's native rate. */
  connectCapture(port: MessagePort, sampleRateHz: number): void;
  configure(settings: Pick<Settings, 'endpointing' | 'history' | 'recognition'>): Promise<void>;
  /**
   * Loads tfjs and chooses a backend; again when the preference changed. Until then templates decide alone.
   *
   * @param memory what the last `backend` event said about this device, from the caller's store
   */
  startCompute(preference: Settings['compute']['backend'], memory: unknown): Promise<void>;

  /** While held, nothing is trained anew; what was to be trained begins when it is let go. */
  holdTraining(isHeld: boolean): Promise<void>;

  /** Reads all takes from the open vault and gets ready to recognise. */
  load(): Promise<Result<readonly PhraseStrength[], SpeechError>>;
  /** Forgets everything, for a locked vault. */
  unload(): Promise<void>;

  /** What the person is expected to say next, by habit: has a say in near-ties. `undefined` takes it back. */
  expectHabit(habit: HabitPrior | undefined): Promise<void>;

  listen(purpose: ListeningPurpose, mode: ListeningMode): Promise<void>;
  /** Push-to-talk was released: decide on what was said so far. */
  release(): Promise<void>;
  stopListening(): Promise<void>;
  /** One take from a finished recording. `samples` is moved. */
  teach(
    samples: Float32Array,
    sampleRateHz: number,
    source: 'file' | 'sample',
  ): Promise<Result<DraftTake, SpeechError>>;
  /** The same path as the microphone, for a finished recording: a `heard` event follows. `samples` is moved. */
  say(samples: Float32Array, sampleRateHz: number): Promise<Result<void, SpeechError>>;

  discardDraft(id: TakeId): Promise<void>;
  /** Phrases already taught that sound like these drafts, most alike first. */
  clashes(drafts: readonly TakeId[], except?: PhraseId): Promise<Result<readonly Clash[], SpeechError>>;
  /** Stores a new or changed phrase, makes the drafts takes of it and learns them. */
  savePhrase(phrase: Phrase, drafts: readonly TakeId[]): Promise<Result<readonly Take[], SpeechError>>;
  forgetTake(id: TakeId): Promise<Result<void, SpeechError>>;
  forgetPhrase(id: PhraseId): Promise<Result<void, SpeechError>>;
  strengths(): Promise<readonly PhraseStrength[]>;
  /** What each false-trigger budget would cost with these phrases; `undefined` before anything was taught. */
  budgetCosts(): Promise<BudgetCosts | undefined>;
  /** What was learnt of the person's pauses; `undefined` before there was anything. */
  pauseReport(): Promise<PauseReport | undefined>;

  /** "That was …": relabels, relearns, stores, and tells what changed. */
  correct(id: UtteranceId, target: CorrectionTarget): Promise<Result<CorrectionReport, SpeechError>>;
  /** Why an utterance was taken for what it was; `unknown-id` once its sound is no longer kept. */
  explain(id: UtteranceId): Promise<Result<Explanation, SpeechError>>;
  /** All recordings that teach, near each other where they sound alike. */
  takeMap(): Promise<TakeMap>;
  /** Which recordings would help most, best first; empty when none would. */
  nextRecordings(): Promise<Result<readonly RecordingSuggestion[], SpeechError>>;
  /** What is worth telling about how the phrases are said, all of them together. */
  pronunciationAdvice(): Promise<Result<readonly PronunciationAdvice[], SpeechError>>;
  /** How the person's voice is, measured now; `undefined` when `endVoiceReport` was quicker. */
  voiceReport(): Promise<Result<VoiceReport | undefined, SpeechError>>;
  endVoiceReport(): Promise<void>;
  /** The recordings of a phrase, laid out on the same time. */
  takeStrips(id: PhraseId): Promise<readonly TakeStrip[]>;
  /** Stores what became of an utterance. */
  recordOutcome(
    id: UtteranceId,
    phraseId: PhraseId | undefined,
    action: ActionOutcome,
  ): Promise<Result<void, SpeechError>>;

  /** Forgets what was heard. Takes made from it stay. */
  clearHistory(): Promise<Result<void, SpeechError>>;

  /** A copy of a draft's, take's or utterance's sound, 16 kHz mono in [-1, 1]. */
  audioOf(id: TakeId | UtteranceId): Promise<Result<Float32Array, SpeechError>>;
  /** Times every backend again on this device. */
  measureBackends(): Promise<BackendStatus>;
  /** `undefined` before tfjs is there. */
  tensorMemory(): Promise<TensorMemory | undefined>;
}
