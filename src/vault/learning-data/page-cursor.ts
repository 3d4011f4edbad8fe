import * as v from 'valibot';
import { isId, type LearningDataId } from '../../core/ids';
import type { LearningData } from '../../learning/learning-data';
import { hex, utf8 } from '../crypto/associated-data';

/** A row's place in the order of time; ids decide between rows of the same millisecond. */
export type Position = Pick<LearningData, 'createdAt' | 'id'>;

export const positionOf = ({ createdAt, id }: LearningData): Position => ({ createdAt, id });

/** Negative when `left` comes first, oldest first. */
export function comparePositions(left: Position, right: Position): number {
  if (left.createdAt !== right.createdAt) return left.createdAt - right.createdAt;
  if (left.id === right.id) return 0;
  return left.id < right.id ? -1 : 1;
}

const CURSOR_FORMAT = 1;
const CHECK_DIGITS = 16;

const CursorSchema = v.strictTuple([
  v.literal(CURSOR_FORMAT),
  v.pipe(v.number(), v.integer(), v.minValue(0)),
  v.custom<LearningDataId>(isId),
  v.pipe(v.string(), v.length(CHECK_DIGITS)),
]);

/**
 * Where a page ended, as text for whoever asks for the next one. It carries a check over itself and the query, so
 * that one that was damaged, edited, or belongs to another query is told apart. That is no protection against
 * forgery and need not be: whoever may ask for the next page may ask for any page.
 *
 * @param query canonical text of the conditions and the order
 */
export async function encodeCursor(position: Position, query: string): Promise<string> {
  const check = await checkOf(position, query);
  const text = JSON.stringify([CURSOR_FORMAT, position.createdAt, position.id, check]);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** `undefined` when it is none of ours, was changed, or belongs to another query. */
export async function decodeCursor(cursor: string, query: string): Promise<Position | undefined> {
  const parsed = v.safeParse(CursorSchema, jsonOf(cursor));
  if (!parsed.success) return undefined;
  const [, createdAt, id] = parsed.output;
  // Writing it again also catches spellings of base64 and JSON that mean the same.
  return (await encodeCursor({ createdAt, id }, query)) === cursor ? { createdAt, id } : undefined;
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    // Not base64 or not JSON: the schema refuses it like everything else that is no cursor.
    return undefined;
  }
}

async function checkOf({ createdAt, id }: Position, query: string): Promise<string> {
  const digest = await crypto.subtle.digest(
    'SHA-256',
    utf8(JSON.stringify([CURSOR_FORMAT, createdAt, id, query])),
  );
  return hex(new Uint8Array(digest)).slice(0, CHECK_DIGITS);
}
