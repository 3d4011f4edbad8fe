import type { BackendStatus } from '../compute/backend-status';
import type { TakeId, UtteranceId } from '../core/ids';
import type { Recognition } from '../learning/recognition';
import type { Interaction, Quality, Take } from '../learning/records';
import type { VaultError } from '../vault/vault-types';
import type { EncoderStatus } from './encoder/utterance-encoder';
import type { TuningStatus } from './recognition/phrase-strength';

/** What the next utterance is for. */
export type ListeningPurpose =
  | { readonly kind: 'recognise' }
  /** One take, kept in the worker as a draft until the phrase is saved. */
  | { readonly kind: 'teach' };

export type ListeningMode =
  /** The person says when it starts and ends (button or Space). */
  | 'push-to-talk'
  /** Endpointing decides, one utterance after another. */
  | 'hands-free'
  /** Endpointing decides, and listening stops after one utterance. */
  | 'single';

export type CaptureFault =
  /** Only digital zeros for a while: muted, unplugged, or the track ended without saying so. */
  { readonly kind: 'dead-track'; readonly silentMs: number };

/** A take that was recorded but not saved yet. */
export interface DraftTake {
  readonly id: TakeId;
  readonly source: Take['source'];
  readonly recordedAt: Take['recordedAt'];
  readonly durationMs: number;
  readonly waveform: readonly number[];
  readonly quality: Quality;
}

export interface HeardUtterance {
  readonly id: UtteranceId;
  readonly heardAt: Interaction['heardAt'];
  readonly durationMs: number;
  readonly waveform: readonly number[];
  readonly quality: Quality;
  readonly recognition: Recognition;
}

/** Pushed by the speech worker over its event port, in order. Levels are numbers, never sound. */
export type SpeechEvent =
  | { readonly kind: 'level'; readonly levelDb: number; readonly isSpeech: boolean }
  | { readonly kind: 'speech-started' }
  /** It was a click or a bump: listening goes on as if nothing had started. */
  | { readonly kind: 'speech-dismissed' }
  | { readonly kind: 'speech-ended'; readonly endedBy: 'silence' | 'limit' | 'release' }
  /** Listened, but nothing was said before it was asked to stop. */
  | { readonly kind: 'nothing-heard' }
  | { readonly kind: 'take-recorded'; readonly draft: DraftTake }
  | {
      readonly kind: 'heard';
      readonly source: 'microphone' | 'recording';
      readonly utterance: HeardUtterance;
    }
  | { readonly kind: 'fault'; readonly fault: CaptureFault }
  /** The utterance was recognised but could not be stored. */
  | { readonly kind: 'storage-failed'; readonly error: VaultError }
  /** `memory` is plain data to keep and hand back with `configure`. */
  | { readonly kind: 'backend'; readonly status: BackendStatus; readonly memory?: unknown }
  | { readonly kind: 'encoder'; readonly status: EncoderStatus }
  /** The encoder has heard takes that were learnt without it: strengths changed. */
  | { readonly kind: 'takes-encoded' }
  | { readonly kind: 'tuning'; readonly status: TuningStatus };

export type SpeechError =
  | { readonly kind: 'not-loaded' }
  | { readonly kind: 'unknown-id'; readonly id: string }
  /** The recording holds nothing that can be learnt from. */
  | { readonly kind: 'no-speech' }
  | { readonly kind: 'vault'; readonly error: VaultError };
