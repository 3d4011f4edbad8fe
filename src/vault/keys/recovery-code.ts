import type { Bytes } from '../crypto/associated-data';

/** 160 bits: beyond guessing, whatever stretches it. */
export const RECOVERY_BYTES = 20;

/** Crockford's base 32: no letter that is taken for a digit, and none that spells words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS = 5;
const SECRET_LETTERS = (RECOVERY_BYTES * 8) / BITS;
const GROUP = 4;

/** The largest prime below 2^20, so that a check fits one group of four letters. */
const CHECK_PRIME = 1_048_573;
/** Its powers up to the length of a code differ, so that any two letters that changed places are noticed. */
const CHECK_BASE = 33;

/**
 * A polynomial over the letters, modulo a prime: one wrong letter, or two that changed places, always change it;
 * anything else does but once in a million. It is no secret and proves nothing, it only tells a slip of the pen
 * from another code.
 */
function checkOf(digits: readonly number[]): readonly number[] {
  const check = digits.reduce((sum, digit) => (sum * CHECK_BASE + digit) % CHECK_PRIME, 1);
  return [15, 10, 5, 0].map((shift) => (check >> shift) & 31);
}

/** Writes 20 bytes as nine groups of four letters, the last of them the check. */
export function encodeRecoveryCode(secret: Bytes): string {
  const digits: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const byte of secret) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= BITS) {
      bits -= BITS;
      digits.push((buffer >> bits) & 31);
    }
    buffer &= 31;
  }
  const letters = [...digits, ...checkOf(digits)].map((digit) => ALPHABET[digit]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/**
 * Reads a code as people write it: any case, spaces or hyphens anywhere, O for 0, I and L for 1.
 *
 * @returns the 20 bytes; `undefined` when it cannot be a code, or its check shows a typing mistake
 */
export function decodeRecoveryCode(text: string): Bytes | undefined {
  const letters = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash_Punctuation}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const digits = [...letters].map((letter) => ALPHABET.indexOf(letter));
  if (digits.length !== SECRET_LETTERS + GROUP || digits.includes(-1)) return undefined;
  const secretDigits = digits.slice(0, SECRET_LETTERS);
  const check = checkOf(secretDigits);
  if (check.some((digit, at) => digits[SECRET_LETTERS + at] !== digit)) return undefined;

  const secret = new Uint8Array(RECOVERY_BYTES);
  let buffer = 0;
  let bits = 0;
  let filled = 0;
  for (const digit of secretDigits) {
    buffer = (buffer << BITS) | digit;
    bits += BITS;
    if (bits < 8) continue;
    bits -= 8;
    secret[filled] = (buffer >> bits) & 0xff;
    filled += 1;
    buffer &= 0xff;
  }
  return secret;
}
