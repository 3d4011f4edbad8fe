import { isId } from '../../core/ids';
import type { JsonValue } from '../../core/json';
import { logWords } from './log-words';

/** What comes out for what may be somebody's words. Neither how long they were nor a hash: short texts are guessed. */
export const REDACTED = '[text]';

export type LogFieldValue = string | number | boolean | null;
export type LogFields = Readonly<Record<string, LogFieldValue>>;

/** What this file itself puts in place of something; let through, so that a redacted entry can be redacted again. */
const MARK = /^\[(?:text|(?:list|object) of \d{1,6})\]$/;

const LONGEST = 200;
const MOST_FIELDS = 24;

/**
 * Lets through what cannot be a person's words: numbers, booleans, ids, and text made of the log's own words
 * (`logWords`). A learner of a third party may log whatever it likes, so this holds for its messages and the names of
 * its fields as well; it is not a filter for known secrets but a list of what is harmless.
 *
 * @param ownWords further words that code, and never a person, chose: the types of registered learners
 */
export class LogRedaction {
  readonly #ownWords: ReadonlySet<string>;

  constructor(ownWords: readonly string[] = []) {
    this.#ownWords = new Set(ownWords.flatMap((word) => [word, ...partsOf(word)]));
  }

  /** A message, word by word; what stands together and is not known comes out as one mark. */
  message(text: string): string {
    const words = text
      .slice(0, LONGEST)
      .split(/\s+/)
      .filter((word) => word !== '');
    const shown: string[] = [];
    for (const word of words) {
      const bare = word.replace(/^[("]|[)",.:;!]+$/g, '');
      const clean = bare !== '' && this.isHarmless(bare) ? bare : REDACTED;
      if (clean !== REDACTED || shown.at(-1) !== REDACTED) shown.push(clean);
    }
    return shown.join(' ');
  }

  /** Lists and objects are not looked into: how many members they have is all that comes out. */
  fields(fields: Readonly<Record<string, unknown>>): LogFields {
    return Object.fromEntries(
      Object.entries(fields)
        .slice(0, MOST_FIELDS)
        .map(([name, value], index) => [
          this.isHarmless(name) || /^field\d{1,2}$/.test(name) ? name : `field${index + 1}`,
          this.#value(value as JsonValue | undefined),
        ]),
    );
  }

  /** Whether a name or an enum value consists of the log's own words, however they are joined. */
  isHarmless(text: string): boolean {
    if (logWords.has(text) || this.#ownWords.has(text)) return true;
    const parts = partsOf(text);
    return (
      parts.length > 0 &&
      text.length <= 64 &&
      parts.every((part) => logWords.has(part) || this.#ownWords.has(part))
    );
  }

  #value(value: unknown): LogFieldValue {
    if (value === null || value === undefined) return null;
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : null;
    if (typeof value === 'string')
      return isId(value) || MARK.test(value) || this.isHarmless(value) ? value : REDACTED;
    if (Array.isArray(value)) return `[list of ${value.length}]`;
    return typeof value === 'object' ? `[object of ${Object.keys(value).length}]` : REDACTED;
  }
}

/** `learnerType`, `bad-config` and `vault.rows` as their words; nothing for anything that is not joined like that. */
function partsOf(text: string): readonly string[] {
  if (!/^[a-z]+(?:[A-Z][a-z]*|[-_./:][a-z]+)*$/.test(text)) return [];
  return text
    .split(/[-_./:]|(?=[A-Z])/)
    .map((part) => part.toLowerCase())
    .filter((part) => part !== '');
}
