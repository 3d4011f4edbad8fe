import { associatedData, type Bytes } from './associated-data';

/** Long enough that two values never share a token, short enough for an index of millions. */
export const TOKEN_BYTES = 16;

/**
 * Something rows can be found by without being opened. Equal values give equal tokens, so a token tells how
 * many rows share its value: a value must have so many possibilities that this says little.
 */
export interface IndexTerm {
  readonly table: string;
  /** Which combination of columns, such as `user+day`. */
  readonly field: string;
  readonly value: readonly (string | number)[];
}

/** Tokens remembered per key, so that a bulk store computes a handful instead of two a row. */
const MOST_REMEMBERED = 8_192;

/** Kept no longer than its key: locking the vault drops both. */
const remembered = new WeakMap<CryptoKey, Map<string, Bytes>>();

/**
 * The token of every term, in order: HMAC-SHA-256 of an injective encoding of table, field and value, cut to
 * 128 bits. Terms that are equal share one array, which nobody may change.
 *
 * @param key HMAC-SHA-256, with the `sign` usage
 */
export async function blindTokens(key: CryptoKey, terms: readonly IndexTerm[]): Promise<readonly Bytes[]> {
  const known = rememberedOf(key);
  const found = new Map<string, Bytes>();
  const missing = new Map<string, Bytes>();
  const names = terms.map((term) => {
    const message = [term.table, term.field, ...term.value];
    const name = JSON.stringify(message);
    if (found.has(name) || missing.has(name)) return name;
    const token = known.get(name);
    if (token === undefined) missing.set(name, associatedData('blind-index', message));
    else found.set(name, token);
    return name;
  });
  await Promise.all(
    [...missing].map(async ([name, message]) => {
      const mac = await crypto.subtle.sign('HMAC', key, message);
      const token = new Uint8Array(mac.slice(0, TOKEN_BYTES));
      found.set(name, token);
      remember(known, name, token);
    }),
  );
  return names.map((name) => found.get(name) as Bytes);
}

function rememberedOf(key: CryptoKey): Map<string, Bytes> {
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const empty = new Map<string, Bytes>();
  remembered.set(key, empty);
  return empty;
}

/** What was remembered first goes first: days pass, and yesterday's tokens are asked for no more. */
function remember(known: Map<string, Bytes>, name: string, token: Bytes): void {
  if (known.size >= MOST_REMEMBERED) {
    const [oldest] = known.keys();
    if (oldest !== undefined) known.delete(oldest);
  }
  known.set(name, token);
}
