import * as v from 'valibot';
import { isId, type NoteId, type PhraseId, type TakeId, type TimerId, type UtteranceId } from '../core/ids';
import { ChosenConsequenceSchema } from './action-consequence';
import { ActionSpecSchema } from './action-spec';
import { CommandTargetSchema } from './command-target';
import { LearningDataSchema } from './learning-data';
import { RecognitionSchema } from './recognition';
import { UserProfileSchema } from './user-profile';

/**
 * The things the vault keeps. Each row is parsed against its schema when it is written and again
 * when it is read back, because a row outlives the code that wrote it.
 */

const epoch = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Peak per slice of time in [0, 1], drawn as a thumbnail; too coarse to be listened to. */
const WaveformSchema = v.pipe(v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1))), v.maxLength(256));

/** What is wrong with a recording, most serious first; empty when nothing is. */
export const QualityFlawSchema = v.picklist(['too-quiet', 'clipped', 'cut-off', 'noisy', 'too-short']);

export const QualitySchema = v.object({
  flaws: v.array(QualityFlawSchema),
  /** Loudest 10 ms of speech, decibels relative to full scale. */
  peakDb: v.number(),
  /** Speech level minus background level, decibels. */
  signalToNoiseDb: v.number(),
});

export const PhraseSchema = v.object({
  id: v.custom<PhraseId>(isId),
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120)),
  action: ActionSpecSchema,
  /** What the person said about the action; left out, its kind decides (`consequenceOf`). */
  consequence: v.optional(ChosenConsequenceSchema),
  createdAt: epoch,
  updatedAt: epoch,
});

export const TakeSchema = v.object({
  id: v.custom<TakeId>(isId),
  /** The phrase this recording teaches. */
  phraseId: v.custom<PhraseId>(isId),
  /** `counter-example`: the person said that this is *not* the phrase. */
  role: v.picklist(['example', 'counter-example']),
  source: v.picklist(['microphone', 'file', 'sample', 'correction']),
  /** The utterance a correction made this take from; correcting it again replaces the take. */
  utteranceId: v.optional(v.custom<UtteranceId>(isId)),
  recordedAt: epoch,
  durationMs: v.number(),
  waveform: WaveformSchema,
  quality: QualitySchema,
});

/** 16 kHz mono PCM, signed 16 bit little endian. Keyed by the id of the take or utterance it belongs to. */
export const AudioSchema = v.object({
  id: v.custom<TakeId | UtteranceId>(isId),
  pcm16: v.instance(Uint8Array),
});

/** Why an action could not be carried out. */
export const ActionFailureSchema = v.picklist([
  /** The operator's policy does not list the webhook's origin. */
  'origin-not-allowed',
  /** The webhook answered with an error; `detail` is the HTTP status. */
  'http-error',
  /** The webhook could not be reached, or its server does not allow this page (CORS). */
  'unreachable',
  'timeout',
  'bad-json',
  /** The browser refused to open a tab without a click; `detail` is the address. */
  'popup-blocked',
  'clipboard-refused',
  /** No voice on this device speaks; `detail` is the text. */
  'no-voice',
  'storage-full',
]);

/**
 * What became of an action. `detail` of `done` is what was spoken, noted, copied, opened, the timer's label,
 * or the webhook's HTTP status. An `undoToken` is there when it can be taken back.
 */
export const ActionOutcomeSchema = v.variant('kind', [
  v.object({ kind: v.literal('done'), detail: v.string(), undoToken: v.optional(v.string()) }),
  v.object({ kind: v.literal('failed'), reason: ActionFailureSchema, detail: v.string() }),
  v.object({ kind: v.literal('undone') }),
  v.object({ kind: v.literal('not-run') }),
]);

export const CorrectionSchema = v.variant('kind', [
  v.object({ kind: v.literal('phrase'), phraseId: v.custom<PhraseId>(isId) }),
  v.object({ kind: v.literal('nothing') }),
]);

/** One thing that was heard, what Echo made of it, what it did, and what the person said about that. */
export const InteractionSchema = v.object({
  id: v.custom<UtteranceId>(isId),
  heardAt: epoch,
  durationMs: v.number(),
  waveform: WaveformSchema,
  quality: QualitySchema,
  recognition: RecognitionSchema,
  /** The phrase acted on: the accepted one, or the one the person picked. */
  phraseId: v.optional(v.custom<PhraseId>(isId)),
  action: ActionOutcomeSchema,
  correction: v.optional(CorrectionSchema),
});

/** Longest text of a typed command, in UTF-16 code units. */
export const LONGEST_TYPED = 500;

/** One thing that was typed, what Echo did for it, and what the person said about that. */
export const TypedCommandSchema = v.object({
  kind: v.literal('typed'),
  id: v.custom<UtteranceId>(isId),
  /** When it was entered. Named as for what is heard, because both are one history and grow old alike. */
  heardAt: epoch,
  /** The person's own words. */
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_TYPED)),
  /** What was done for it last; `action` says what became of that. */
  target: CommandTargetSchema,
  /** Chance in [0, 1] that this was meant, as Echo saw it. */
  confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  action: ActionOutcomeSchema,
  correction: v.optional(v.variant('kind', [CommandTargetSchema, v.object({ kind: v.literal('nothing') })])),
});

export const NoteSchema = v.object({
  id: v.custom<NoteId>(isId),
  text: v.pipe(v.string(), v.maxLength(20_000)),
  createdAt: epoch,
  updatedAt: epoch,
});

export const TimerSchema = v.object({
  id: v.custom<TimerId>(isId),
  kind: v.picklist(['timer', 'alarm']),
  label: v.string(),
  startedAt: epoch,
  ringsAt: epoch,
  state: v.picklist(['running', 'ringing', 'done']),
});

/** A model learnt on this device: weights as bytes, everything else as JSON text. */
export const ModelSchema = v.object({
  id: v.string(),
  format: v.pipe(v.number(), v.integer()),
  trainedAt: epoch,
  description: v.string(),
  weights: v.instance(Uint8Array),
});

export type QualityFlaw = v.InferOutput<typeof QualityFlawSchema>;
export type Quality = v.InferOutput<typeof QualitySchema>;
export type Phrase = v.InferOutput<typeof PhraseSchema>;
export type Take = v.InferOutput<typeof TakeSchema>;
export type StoredAudio = v.InferOutput<typeof AudioSchema>;
export type ActionFailure = v.InferOutput<typeof ActionFailureSchema>;
export type ActionOutcome = v.InferOutput<typeof ActionOutcomeSchema>;
export type Correction = v.InferOutput<typeof CorrectionSchema>;
export type Interaction = v.InferOutput<typeof InteractionSchema>;
export type TypedCommand = v.InferOutput<typeof TypedCommandSchema>;
export type Note = v.InferOutput<typeof NoteSchema>;
export type Timer = v.InferOutput<typeof TimerSchema>;
export type StoredModel = v.InferOutput<typeof ModelSchema>;

/** Table name → schema of its rows. The vault keeps exactly these. */
export const recordSchemas = {
  phrases: PhraseSchema,
  takes: TakeSchema,
  audio: AudioSchema,
  interactions: v.union([InteractionSchema, TypedCommandSchema]),
  notes: NoteSchema,
  timers: TimerSchema,
  models: ModelSchema,
  learningData: LearningDataSchema,
  profiles: UserProfileSchema,
} as const;

export type TableName = keyof typeof recordSchemas;
export type RecordOf<T extends TableName> = v.InferOutput<(typeof recordSchemas)[T]>;

/** Of the history, what was typed; the rest was heard. */
export const isTyped = (row: Interaction | TypedCommand): row is TypedCommand => 'kind' in row;
/** Of the history, what was heard. */
export const isHeard = (row: Interaction | TypedCommand): row is Interaction => !isTyped(row);
