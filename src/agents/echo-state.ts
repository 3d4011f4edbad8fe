import type { ActionDecision, PhraseTrust } from '../adaptation/action-policy';
import type { Adaptation } from '../adaptation/adaptive-behavior-manager';
import type { MicrophoneFault } from '../audio/microphone-fault';
import type { TextModelStatus } from '../behaviour/intent/available-spaces';
import type { BackendStatus } from '../compute/backend-status';
import { defaultPolicy, type OperatorPolicy } from '../config/policy';
import type { Settings } from '../config/settings';
import type { PhraseId, UtteranceId } from '../core/ids';
import type { ParticipationView } from '../insights/participation-view';
import type {
  ActionFailure,
  Correction,
  Interaction,
  Note,
  Phrase,
  Take,
  Timer,
  TypedCommand,
} from '../learning/records';
import type { Alert } from '../metrics/alert-monitor';
import type { MemoryReport } from '../metrics/memory-report';
import type { EncoderStatus } from '../speech/encoder/utterance-encoder';
import type { PhraseStrength, TuningStatus } from '../speech/recognition/phrase-strength';
import type { CorrectionReport } from '../speech/teaching/correction-report';
import type { UpkeepState } from '../vault/maintenance/upkeep-state';
import type { VaultError, VaultStatus } from '../vault/vault-types';
import type { BehaviorPatterns } from './learning/behaviour-patterns';
import { type HabitOffers, noOffers } from './learning/habit-offers';
import type { LearnerInsights } from './learning/learning-agent';
import type { ProfileView } from './vault/user-profile-agent';

export type ListeningState =
  | { readonly kind: 'off' }
  /** Waiting for the permission or for the device. */
  | { readonly kind: 'opening' }
  /** The microphone is on and nothing is said yet. */
  | { readonly kind: 'waiting'; readonly mode: 'push-to-talk' | 'hands-free' | 'single' }
  | { readonly kind: 'hearing'; readonly mode: 'push-to-talk' | 'hands-free' | 'single' }
  /** Speech ended; features and matching are at work. */
  | { readonly kind: 'deciding' }
  | { readonly kind: 'failed'; readonly fault: MicrophoneFault };

export interface PhraseView extends Phrase {
  /** Examples first in order of recording; counter-examples are marked by their `role`. */
  readonly takes: readonly Take[];
  readonly strength: PhraseStrength | undefined;
}

/** The answer to the last thing said, as it develops. */
export interface Answer {
  readonly utteranceId: UtteranceId;
  /**
   * `asking`: did-you-mean, waiting for the person. `confirming`: "Do it?", waiting as well. `holding`: the action is
   * carried out at `runsAt` unless it is stopped. `acting`: it is under way.
   */
  readonly stage: 'asking' | 'confirming' | 'holding' | 'acting' | 'settled';
  /** Why it was carried out, asked about or held. */
  readonly decision?: ActionDecision;
  /** Epoch milliseconds. */
  readonly runsAt?: number;
}

/** Why something could not be learnt or changed. */
export type LearningError =
  | VaultError
  /** It was deleted meanwhile. */
  | { readonly kind: 'gone' }
  /** Nothing in the recording is speech. */
  | { readonly kind: 'no-speech' };

/** Things worth one calm line. */
export type NoticeContent =
  | { readonly kind: 'action-failed'; readonly reason: ActionFailure; readonly detail: string }
  | { readonly kind: 'nothing-heard' }
  | { readonly kind: 'storage-full' }
  | { readonly kind: 'rows-set-aside'; readonly count: number }
  | { readonly kind: 'file-unreadable'; readonly name: string }
  | { readonly kind: 'vault-error'; readonly error: LearningError }
  /** The operator's `policy.json` is not valid: the strictest policy is in force. */
  | { readonly kind: 'bad-policy'; readonly path: string; readonly message: string }
  /** The recogniser crashed and was started again. */
  | { readonly kind: 'engine-restarted' }
  | {
      readonly kind: 'corrected';
      readonly utteranceId: UtteranceId;
      readonly correction: Correction;
      readonly report: CorrectionReport;
    };

/** A line on the page until it is dismissed by its id. */
export type Notice = { readonly id: number } & NoticeContent;

export interface MicrophoneDevice {
  readonly id: string;
  /** Empty until the permission is given: browsers hide names before. */
  readonly label: string;
}

export interface VoiceOption {
  readonly uri: string;
  readonly name: string;
  readonly language: string;
  /** False for voices that send the text to a server; Echo does not offer those. */
  readonly isLocal: boolean;
}

/** One built-in voice speaking one built-in phrase, for people without a microphone at hand. */
export interface SampleClip {
  readonly id: string;
  readonly voice: string;
  /** What is said, in the language it is said in. */
  readonly phrase: string;
  readonly language: string;
  readonly url: string;
  /** Teaching clips are offered while teaching, the others to be said. */
  readonly use: 'teach' | 'say';
}

export interface EchoState {
  readonly vault:
    | Exclude<VaultStatus, { readonly kind: 'absent' }>
    /** `wasLost`: this device had one, and nobody deleted it. Offer to restore a backup. */
    | { readonly kind: 'absent'; readonly wasLost: boolean }
    | { readonly kind: 'opening' }
    | { readonly kind: 'unavailable'; readonly detail: string };
  /** How far the vault is with replacing keys and with deleting what is older than it should be. */
  readonly upkeep: UpkeepState;
  /** Who uses this device, in the order they came. */
  readonly profiles: readonly ProfileView[];
  /** Alerts that were raised and not cleared yet. */
  readonly alerts: readonly Alert[];
  /** As of the last look; `undefined` before the first. */
  readonly memory: MemoryReport | undefined;
  /** What Echo changed about itself, newest first; empty while the vault is closed. */
  readonly adaptations: readonly Adaptation[];
  /** Settings that the person chose themself, and that adaptation leaves alone. */
  readonly keptSettings: readonly string[];
  /** How often what each phrase does was wanted, the least wanted first. */
  readonly phraseTrust: readonly PhraseTrust[];
  /** What the person does, as of the last analysis; `undefined` before the first. */
  readonly patterns: BehaviorPatterns | undefined;
  /** What the learners know, as of the last time one of them learnt. */
  readonly insights: readonly LearnerInsights[];
  /** Whether the person takes part in insights, and what that cost, as of the last look. */
  readonly participation: ParticipationView;
  /** What habits have to offer at present. */
  readonly habits: HabitOffers;
  /** Another tab has the vault: this one can take over. */
  readonly isElsewhere: boolean;
  readonly phrases: readonly PhraseView[];
  readonly listening: ListeningState;
  readonly answer: Answer | undefined;
  /** What was heard, newest first. */
  readonly history: readonly Interaction[];
  /** What was typed, newest first. Of both together the newest are kept. */
  readonly typed: readonly TypedCommand[];
  /** Newest first. */
  readonly notes: readonly Note[];
  /** The next to ring first. */
  readonly timers: readonly Timer[];
  readonly microphones: readonly MicrophoneDevice[];
  readonly voices: readonly VoiceOption[];
  readonly samples: readonly SampleClip[];
  readonly backend: BackendStatus;
  readonly tuning: TuningStatus;
  readonly encoder: EncoderStatus;
  /** What typed texts are compared by, as of the last visit to an open vault. */
  readonly textModel: TextModelStatus;
  readonly settings: Settings;
  readonly policy: OperatorPolicy;
  readonly isOnline: boolean;
  /** A newer version is downloaded and waits for consent. */
  readonly isUpdateReady: boolean;
  readonly notices: readonly Notice[];
  readonly playing: string | undefined;
}

export type CorrectionChoice =
  | { readonly kind: 'phrase'; readonly phraseId: PhraseId }
  | { readonly kind: 'new-phrase'; readonly name: string }
  | { readonly kind: 'nothing' };

export function initialState(settings: Settings): EchoState {
  return {
    vault: { kind: 'opening' },
    upkeep: { kind: 'idle', last: undefined },
    profiles: [],
    alerts: [],
    memory: undefined,
    adaptations: [],
    keptSettings: [],
    phraseTrust: [],
    patterns: undefined,
    insights: [],
    participation: { kind: 'closed' },
    habits: noOffers,
    isElsewhere: false,
    phrases: [],
    listening: { kind: 'off' },
    answer: undefined,
    history: [],
    typed: [],
    notes: [],
    timers: [],
    microphones: [],
    voices: [],
    samples: [],
    backend: { kind: 'not-started' },
    tuning: { kind: 'too-little' },
    encoder: { kind: 'loading' },
    textModel: { kind: 'built-in' },
    settings,
    policy: defaultPolicy,
    isOnline: true,
    isUpdateReady: false,
    notices: [],
    playing: undefined,
  };
}
