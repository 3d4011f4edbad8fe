import type { AdaptationError } from '../adaptation/adaptive-behavior-manager';
import type { ConfigurationExplanation } from '../config/config-manager';
import type { ConfigError } from '../config/configuration';
import type { ConfigurationAt, ConfigurationPath } from '../config/configuration-path';
import type { ConfigurationProfile } from '../config/configuration-profiles';
import type { Settings } from '../config/settings';
import type { NoteId, PhraseId, TakeId, TimerId, UserId, UtteranceId } from '../core/ids';
import type { Result } from '../core/result';
import type { LearningEvent } from '../events/learning-event';
import type { ChosenConsequence, Consequence } from '../learning/action-consequence';
import type { ActionSpec } from '../learning/action-spec';
import type { CommandTarget } from '../learning/command-target';
import type { DebugView } from '../metrics/learning-debugger';
import type { Explanation } from '../speech/explaining/explanation';
import type { TakeMap } from '../speech/explaining/take-map';
import type { TakeStrip } from '../speech/explaining/take-strips';
import type { PauseReport } from '../speech/listening/pause-learner';
import type { PronunciationAdvice } from '../speech/pronunciation/pronunciation-advice';
import type { BudgetCosts } from '../speech/recognition/false-trigger-budget';
import type { Clash } from '../speech/recognition/phrase-strength';
import type { DraftTake, SpeechError } from '../speech/speech-events';
import type { CorrectionReport } from '../speech/teaching/correction-report';
import type { RecordingSuggestion } from '../speech/teaching/next-recording';
import type { VoiceReport } from '../speech/voice/voice-book';
import type { AuditPage, AuditVerdict } from '../vault/audit/audit-entry';
import type { KeyState } from '../vault/keys/key-state';
import type { VaultError, VaultProtection } from '../vault/vault-types';
import type { CommandRun } from './commands/command-agent';
import type { Command, CommandMatch } from './commands/command-matches';
import type { CorrectionChoice, EchoState, LearningError } from './echo-state';
import type { BehaviorPatterns } from './learning/behaviour-patterns';
import type { HabitAccess } from './learning/habit-access';
import type { RoutineOffer } from './learning/habit-offers';
import type { LearnerInsights } from './learning/learning-agent';
import type { LearningSystemError } from './learning/learning-system-error';
import type { UsageHistory } from './learning/usage-history';
import type { ImportProgress, PhraseDraft, TakeError } from './talk/phrase-agent';
import type { PasskeyError } from './vault/passkey';
import type { ProfileError } from './vault/user-profile-agent';

/**
 * Everything the page, and anyone embedding the engine, may call. State is an immutable snapshot:
 * `subscribe` tells when `state` is a new object.
 */
export interface Echo {
  readonly state: EchoState;
  /** Returns a function that ends the subscription. */
  subscribe(onChange: () => void): () => void;
  /** Live level in decibels relative to full scale, about 50 times a second while the microphone is on. */
  onLevel(onLevel: (levelDb: number, isSpeech: boolean) => void): () => void;

  readonly vault: {
    create(protection: VaultProtection, passphrase?: string): Promise<Result<void, VaultError>>;
    unlock(passphrase: string): Promise<Result<void, VaultError>>;
    /** As it was shown once; capitals, spaces and hyphens do not matter. `mistyped-code` when it cannot be one. */
    unlockWithRecoveryCode(code: string): Promise<Result<void, VaultError>>;
    /** Asks for the passkey in `state.vault.waysIn`. */
    unlockWithPasskey(): Promise<Result<void, VaultError | PasskeyError>>;
    lock(): Promise<void>;
    protect(protection: VaultProtection, passphrase?: string): Promise<Result<void, VaultError>>;
    /** A new code that opens the vault beside the passphrase; the one before no longer does. Told only this once. */
    makeRecoveryCode(): Promise<Result<string, VaultError>>;
    /** Whether this browser, at this address, may have passkeys that open a vault. */
    isPasskeyAvailable(): Promise<boolean>;
    /** Makes a passkey that opens the vault beside the passphrase, in place of the one before. */
    addPasskey(): Promise<Result<void, VaultError | PasskeyError>>;
    /** Which ways in there are is in `state.vault.waysIn`. */
    removeWayIn(way: 'passkey' | 'recovery-code'): Promise<Result<void, VaultError>>;
    /** The data keys of every level, and how far their rotation is; ask again while `state.upkeep` is running. */
    keyState(): Promise<Result<KeyState, VaultError>>;
    /** Replaces every data key now. Rows are sealed anew in small steps: `state.upkeep`. */
    rotateKeys(): Promise<Result<KeyState, VaultError>>;
    /** What happened to the vault, newest first, 50 a page; `before` is `nextBefore` of the page before. */
    auditLog(before?: number): Promise<Result<AuditPage, VaultError>>;
    /** Whether the log is as it was written, and if not, from where on. */
    verifyAuditLog(): Promise<Result<AuditVerdict, VaultError>>;
    exportBackup(passphrase: string): Promise<Result<Blob, VaultError>>;
    importBackup(file: Blob, passphrase: string): Promise<Result<void, VaultError>>;
    /** Deletes everything, for good. */
    destroy(): Promise<Result<void, VaultError>>;
    /** Asks the browser not to evict the store; the answer is in `state.vault.isPersisted`. */
    persist(): Promise<boolean>;
    /** Counts rows and space again; the answer is in `state.vault`. */
    refreshStatus(): Promise<void>;
    /** Makes this tab the one that works with the vault. */
    takeOver(): Promise<void>;
  };

  /** Several people on one device, each in a vault space of their own; who they are is in `state.profiles`. */
  readonly profiles: {
    /** Lists somebody new. They make their own vault when they first use Echo. */
    create(name: string): Promise<Result<UserId, ProfileError>>;
    rename(id: UserId, name: string): Promise<Result<void, ProfileError>>;
    /** Locks, ends the workers and starts the page anew as this person's. Unsaved recordings are lost: ask first. */
    switchTo(id: UserId): Promise<Result<void, ProfileError>>;
    /** Deletes a person and everything learnt from them, keys first, for good. */
    delete(id: UserId): Promise<Result<void, ProfileError>>;
  };

  /** How the learning system runs, for builders and operators. */
  readonly config: {
    get<Path extends ConfigurationPath>(path: Path): ConfigurationAt<Path>;
    /** Stored and in force at once; on failure nothing changes. */
    set<Path extends ConfigurationPath>(path: Path, value: ConfigurationAt<Path>): Result<void, ConfigError>;
    /** Back to the defaults: one value, a group, or with no path everything. */
    reset(path?: ConfigurationPath): Result<void, ConfigError>;
    /** Every single value, or those of a group, and where it comes from. */
    explain(path?: ConfigurationPath): readonly ConfigurationExplanation[];
    /** Tells of every change of a value in force; returns a function that ends it. */
    onChange(listener: () => void): () => void;
  };

  /**
   * What Echo learns from what the person does, and how it is doing. What it found is in `state.patterns` and
   * `state.insights`, what it changed about itself in `state.adaptations`, what is wrong in `state.alerts`.
   */
  readonly learning: {
    /** Counts, hours and sequences over all that is stored, read anew. */
    patterns(signal?: AbortSignal): Promise<Result<BehaviorPatterns, LearningSystemError>>;
    insights(): Promise<readonly LearnerInsights[]>;
    /** Forgets the habits: everything observed, and everything learnt from it. Answers with how many records. */
    forgetLearningData(): Promise<Result<number, LearningSystemError>>;
    /** What Echo believes of how the person likes it to be; the surest first. */
    beliefs: HabitAccess['beliefs'];
    forgetBelief: HabitAccess['forgetBelief'];
    setBelief: HabitAccess['setBelief'];
    learningCurves: HabitAccess['learningCurves'];
    transitions: HabitAccess['transitions'];
    /** Does what a suggestion in `state.habits` is about, without a word being said. */
    takeSuggestion(id: PhraseId): Promise<void>;
    undoSuggestion(): Promise<void>;
    /** Puts an offer in `state.habits` away, for a week at first. */
    dismissOffer(offer: PhraseId | RoutineOffer): Promise<void>;
    /** Makes one phrase of two: the first does what both did. */
    acceptRoutine(offer: RoutineOffer): Promise<Result<void, LearningError>>;
    /** Takes back what an adaptation changed; it is not tried again unless `allowAdaptation` says so. */
    revertAdaptation(id: string): Promise<Result<void, AdaptationError>>;
    /** Lets Echo adapt a setting of `state.keptSettings` again, and try again there what did not help. */
    allowAdaptation(setting: string): Promise<void>;
    /** Forgets how often what a phrase does was wanted. */
    forgetTrust(phraseId: PhraseId): Promise<void>;
    /** What was done when, day by day, and how content the person was, read anew. */
    usage(signal?: AbortSignal): Promise<Result<UsageHistory, LearningSystemError>>;
    /** Measures memory and learners now; the answer is in `state.memory`. */
    refreshMemory(): Promise<void>;
    debugView(signal?: AbortSignal): Promise<Result<DebugView, LearningSystemError>>;
    /** JSON without a word of what the person said, taught or named. */
    exportDebugInfo(): Promise<Blob>;
    /** Prometheus text format 0.0.4. */
    metricsText(): Promise<string>;
    downloadLog(): Promise<Blob>;
    clearLog(): void;
    /** Every event as it happens; returns a function that ends it. */
    onEvent(listener: (event: LearningEvent) => void): () => void;
  };

  /**
   * Insights: noisy answers to a few fixed questions, for whoever runs this site, if the person takes part. What
   * that is, would be, and has cost is in `state.participation`.
   */
  readonly participation: {
    refresh(): Promise<Result<void, VaultError>>;
    /** Takes part from here on; the report that `state.participation` previews is made at once. */
    join(): Promise<Result<void, VaultError>>;
    /** What waits is not sent, and what was written down is destroyed. */
    leave(): Promise<Result<void, VaultError>>;
  };

  readonly talk: {
    /** Opens the microphone when needed. Resolves when listening, or when it turned out impossible. */
    start(mode: 'push-to-talk' | 'hands-free'): Promise<void>;
    /** Ends push-to-talk: decide on what was said. */
    release(): Promise<void>;
    /** Ends listening without a decision. */
    stop(): Promise<void>;
    sayFile(file: File): Promise<void>;
    saySample(id: string): Promise<void>;
    /** Answers "did you mean": runs the action of that phrase. `undefined`: none of these. */
    choose(id: UtteranceId, phraseId: PhraseId | undefined): Promise<void>;
    undo(id: UtteranceId): Promise<void>;
    /** Answers "Do it?", or stops what is about to be carried out (`state.answer.stage`). */
    answerAction(id: UtteranceId, isWanted: boolean): void;
    /** "That was …": relabels and relearns. The report is also a notice. */
    correct(id: UtteranceId, choice: CorrectionChoice): Promise<Result<CorrectionReport, LearningError>>;
    /** Why an utterance was taken for what it was; `gone` once its sound is no longer kept. */
    explain(id: UtteranceId): Promise<Result<Explanation, LearningError>>;
    clearHistory(): Promise<void>;
    /** What Echo learnt of how long the person pauses; `undefined` before there was anything. */
    pauseReport(): Promise<PauseReport | undefined>;
    /** How the person's voice is, measured from all recordings; `undefined` once aborted. It never unlocks anything. */
    voiceReport(signal: AbortSignal): Promise<Result<VoiceReport | undefined, SpeechError>>;
  };

  /** What is typed instead of said. */
  readonly commands: {
    /** What a text may mean, best first; nothing of it is kept. `own`: what the page can do by itself, in words. */
    match(
      text: string,
      own: readonly Command[],
      signal: AbortSignal,
      /** Told what is called like it when the answer takes long. */
      onEarly: (matches: readonly CommandMatch[]) => void,
    ): Promise<readonly CommandMatch[]>;
    /** Does it, where it is a phrase, and learns from it. What the app itself can do, the page does. */
    run(text: string, match: CommandMatch): Promise<CommandRun>;
    undo(run: CommandRun): Promise<CommandRun>;
    /** "That was …": learns what was meant, and does that instead. `undefined`: nothing that there is. */
    correct(
      run: CommandRun,
      target: CommandTarget | undefined,
    ): Promise<Result<CommandRun | undefined, LearningSystemError>>;
    /** The same of one of `state.typed`, from earlier: it is learnt, and nothing is done. */
    relabel(id: UtteranceId, target: CommandTarget | undefined): Promise<Result<void, LearningSystemError>>;
  };

  readonly phrases: {
    /** Share of one's own utterances that each false-trigger budget is expected to refuse. */
    budgetCosts(): Promise<BudgetCosts | undefined>;
    /** Records one take: opens the microphone, waits for speech, ends by itself. Abort to give up. */
    recordTake(signal: AbortSignal): Promise<Result<DraftTake, TakeError>>;
    importTakes(
      files: readonly File[],
      options: { readonly signal: AbortSignal; readonly onProgress: (progress: ImportProgress) => void },
    ): Promise<readonly Result<DraftTake, TakeError>[]>;
    sampleTake(sampleId: string): Promise<Result<DraftTake, TakeError>>;
    discardDraft(id: TakeId): Promise<void>;
    /** Phrases already taught that sound like these drafts, most alike first. */
    clashes(drafts: readonly TakeId[], except?: PhraseId): Promise<readonly Clash[]>;
    /** Adds a phrase, or with `id` changes one and adds the drafts to its takes. */
    save(phrase: PhraseDraft): Promise<Result<PhraseId, VaultError>>;
    /** All recordings that teach, near each other where they sound alike. */
    takeMap(): Promise<TakeMap>;
    /** The recordings of a phrase, laid out on the time of the most typical one. */
    takeStrips(id: PhraseId): Promise<readonly TakeStrip[]>;
    /** Which single recordings would help most, best first; empty when none would. */
    nextRecordings(): Promise<Result<readonly RecordingSuggestion[], SpeechError>>;
    /** What is worth telling about how the phrases are said, all of them together. */
    pronunciationAdvice(): Promise<Result<readonly PronunciationAdvice[], SpeechError>>;
    deleteTake(id: TakeId): Promise<void>;
    delete(id: PhraseId): Promise<void>;
    /** What it means when this is carried out and nobody wanted it. */
    consequenceOf(action: ActionSpec, chosen?: ChosenConsequence): Consequence;
    /** Carries out an action once, to try it. */
    tryAction(action: ActionSpec): Promise<void>;
  };

  readonly notes: {
    /** On failure nothing was stored: keep what was typed. */
    add(text: string): Promise<Result<void, VaultError>>;
    edit(id: NoteId, text: string): Promise<Result<void, VaultError>>;
    delete(id: NoteId): Promise<void>;
    /** Plain text, one note after another, newest first. */
    exportText(): Blob;
  };

  readonly timers: {
    cancel(id: TimerId): Promise<void>;
    /** Silences a ringing timer. */
    dismiss(id: TimerId): Promise<void>;
    /** Asks for the permission to notify; rings inside the page either way. */
    askToNotify(): Promise<'granted' | 'denied' | 'unsupported'>;
  };

  /** Replays a take, a draft or an utterance; a second call stops it. */
  play(id: TakeId | UtteranceId): Promise<void>;
  refreshMicrophones(): Promise<void>;
  setSettings(change: (settings: Settings) => Settings): void;
  measureBackends(): Promise<void>;
  dismissNotice(id: number): void;
  /** Activates the waiting version and reloads, after the work in hand is done. */
  applyUpdate(): Promise<void>;
  /** Ends the workers and closes the microphone, for a page that embeds Echo and lets it go. */
  close(): void;
}

/** Where the pieces lie; the composition root knows, because the bundler tells it. */
export interface EchoAddresses {
  readonly speechWorker: string;
  readonly vaultWorker: string;
  readonly behaviourWorker: string;
  readonly captureWorklet: string;
  readonly serviceWorker: string | undefined;
  readonly samples: string;
  readonly policy: string;
}

export interface EchoOptions {
  /** Starts the page anew as somebody else's; reloads it when left out. */
  readonly restart?: () => void;
  /** Which defaults hold; `production` when left out. */
  readonly profile?: ConfigurationProfile;
}
