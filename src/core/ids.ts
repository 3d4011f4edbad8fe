declare const idOf: unique symbol;
type Id<Of extends string> = string & { readonly [idOf]: Of };

export type PhraseId = Id<'phrase'>;
/** A recording that teaches: one of the takes of a phrase. */
export type TakeId = Id<'take'>;
/** Something that was heard while talking to Echo. */
export type UtteranceId = Id<'utterance'>;
export type NoteId = Id<'note'>;
export type TimerId = Id<'timer'>;
/** One person on this device. */
export type UserId = Id<'user'>;
/** One piece of learning data. */
export type LearningDataId = Id<'learning-data'>;
export type EventId = Id<'event'>;
/** Something that habits offered, and that was done. */
export type SuggestionId = Id<'suggestion'>;

type AnyId =
  | PhraseId
  | TakeId
  | UtteranceId
  | NoteId
  | TimerId
  | UserId
  | LearningDataId
  | EventId
  | SuggestionId;

/** 128 random bits, so that an id says nothing about when or what. */
export function newId<T extends AnyId>(): T {
  return crypto.randomUUID() as string as T;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a value that crossed an edge (a stored row, a deep link) is an id. */
export function isId<T extends AnyId>(value: unknown): value is T {
  return typeof value === 'string' && UUID.test(value);
}
