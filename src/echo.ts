import type { CorrectionChoice, EchoState } from './agents/echo-state';
import type { Settings } from './config/settings';
import type { NoteId, PhraseId, TakeId, TimerId, UtteranceId } from './core/ids';
import type { Result } from './core/result';
import type { ActionSpec } from './learning/action-spec';
import type { CorrectionReport } from './speech/correction-report';
import type { Clash } from './speech/phrase-strength';
import type { DraftTake } from './speech/speech-events';
import type { VaultError, VaultProtection } from './vault/vault-types';

/** Why a take could not be had. */
export type TakeError =
  | { readonly kind: 'nothing-heard' }
  | { readonly kind: 'microphone' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'file-unreadable'; readonly name: string };

export interface ImportProgress {
  readonly done: number;
  readonly total: number;
}

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
    lock(): Promise<void>;
    protect(protection: VaultProtection, passphrase?: string): Promise<Result<void, VaultError>>;
    exportBackup(passphrase: string): Promise<Result<Blob, VaultError>>;
    importBackup(file: Blob, passphrase: string): Promise<Result<void, VaultError>>;
    /** Deletes everything, for good. */
    destroy(): Promise<Result<void, VaultError>>;
    /** Asks the browser not to evict the store; the answer is in `state.vault.isPersisted`. */
    persist(): Promise<boolean>;
    /** Makes this tab the one that works with the vault. */
    takeOver(): Promise<void>;
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
    /** "That was …": relabels and relearns. The report is also a notice. */
    correct(id: UtteranceId, choice: CorrectionChoice): Promise<Result<CorrectionReport, VaultError>>;
    clearHistory(): Promise<void>;
  };

  readonly phrases: {
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
    save(phrase: {
      readonly id?: PhraseId;
      readonly name: string;
      readonly action: ActionSpec;
      readonly drafts: readonly TakeId[];
    }): Promise<Result<PhraseId, VaultError>>;
    deleteTake(id: TakeId): Promise<void>;
    delete(id: PhraseId): Promise<void>;
    /** Carries out an action once, to try it. */
    tryAction(action: ActionSpec): Promise<void>;
  };

  readonly notes: {
    add(text: string): Promise<void>;
    edit(id: NoteId, text: string): Promise<void>;
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
  dismissNotice(index: number): void;
  /** Activates the waiting version and reloads, after the work in hand is done. */
  applyUpdate(): Promise<void>;
}

export type {
  Answer,
  CorrectionChoice,
  EchoState,
  ListeningState,
  MicrophoneDevice,
  Notice,
  PhraseView,
  SampleClip,
  VoiceOption,
} from './agents/echo-state';
export type { MicrophoneFault } from './audio/microphone-fault';
export type { BackendMeasurement, BackendStatus } from './compute/backend-status';
export type { OperatorPolicy } from './config/policy';
export type { Language, Settings } from './config/settings';
export type { ActionKind, ActionSpec } from './learning/action-spec';
export type { Candidate, Recognition, RecognitionOutcome } from './learning/recognition';
export type {
  ActionFailure,
  ActionOutcome,
  Correction,
  Interaction,
  Note,
  Phrase,
  Quality,
  QualityFlaw,
  Take,
  Timer,
} from './learning/records';
export type { CorrectionReport } from './speech/correction-report';
export type { Clash, HeadStatus, PhraseStrength } from './speech/phrase-strength';
export type { DraftTake } from './speech/speech-events';
export type { VaultError, VaultProtection, VaultStatus } from './vault/vault-types';
