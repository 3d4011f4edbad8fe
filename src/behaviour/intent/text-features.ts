/** Rows of the table of text pieces: for words, for pieces of words, for two words in a row. */
export const WORD_ROWS = 8_192;
export const GRAM_ROWS = 6_144;
export const PAIR_ROWS = 2_048;
export const TABLE_ROWS = WORD_ROWS + GRAM_ROWS + PAIR_ROWS;

const GRAM_SIZES = [3, 4, 5];
/** Ideographs and kana are written without spaces between words: each is one. */
const ALONE = '\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff';
const WORDS = new RegExp(`[${ALONE}]|(?:(?![${ALONE}])[\\p{L}\\p{N}])+(?:'\\p{L}+)?`, 'gu');

/** Typed texts are short; what is longer than this is cut. */
const LONGEST_TEXT = 500;

/**
 * The words of a text in any script, in lower case: runs of letters and digits, and every ideograph by itself. A number
 * is `0` for each of its digits, because what is meant rarely depends on which number it is.
 *
 * @example
 * wordsOf('Set a TIMER for 25 min'); // ['set', 'a', 'timer', 'for', '00', 'min']
 * wordsOf('关灯'); // ['关', '灯']
 */
export function wordsOf(text: string): readonly string[] {
  const plain = text.slice(0, LONGEST_TEXT).normalize('NFKC').toLowerCase().replaceAll('\u2019', "'");
  return (plain.match(WORDS) ?? []).map((word) => word.replace(/\p{Nd}/gu, '0'));
}

/** 32-bit FNV-1a over UTF-16 code units, with the finaliser of MurmurHash3; `models/text/training` has the same. */
export function hashOf(feature: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < feature.length; at += 1) {
    value = Math.imul(value ^ feature.charCodeAt(at), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Rows of the table whose sum is the text; empty for a text without a word. */
export function tableRowsOf(text: string): readonly number[] {
  const words = wordsOf(text);
  const rows = words.map((word) => hashOf(word) % WORD_ROWS);
  for (const word of words) {
    for (const gram of gramsOf(`<${word}>`, GRAM_SIZES)) rows.push(WORD_ROWS + (hashOf(gram) % GRAM_ROWS));
  }
  for (const [at, word] of words.entries()) {
    if (at === 0) continue;
    rows.push(WORD_ROWS + GRAM_ROWS + (hashOf(`${words[at - 1]} ${word}`) % PAIR_ROWS));
  }
  return rows;
}

/** How much one of each kind of feature counts, before how telling it is. */
const WORD_WEIGHT = 1;
const PAIR_WEIGHT = 0.5;
const GRAM_WEIGHT = 0.35;

/**
 * Words, two words in a row, and pieces of 3 and 4 characters across the whole text, each with its weight. What occurs
 * often in one text counts with the root of how often.
 */
export function countedFeatures(text: string): ReadonlyMap<string, number> {
  const words = wordsOf(text);
  const counted = new Map<string, number>();
  const add = (feature: string, weight: number): void =>
    void counted.set(feature, (counted.get(feature) ?? 0) + weight);
  for (const [at, word] of words.entries()) {
    add(`w ${word}`, WORD_WEIGHT);
    if (at > 0) add(`p ${words[at - 1]} ${word}`, PAIR_WEIGHT);
  }
  if (words.length > 0)
    for (const gram of gramsOf(` ${words.join(' ')} `, [3, 4])) add(`g ${gram}`, GRAM_WEIGHT);
  for (const [feature, weight] of counted) if (weight > 1) counted.set(feature, Math.sqrt(weight));
  return counted;
}

function gramsOf(text: string, sizes: readonly number[]): readonly string[] {
  // Characters, not code units: half a character of a rare script is none.
  const characters = [...text];
  return sizes.flatMap((size) =>
    Array.from({ length: Math.max(0, characters.length - size + 1) }, (_, at) =>
      characters.slice(at, at + size).join(''),
    ),
  );
}
