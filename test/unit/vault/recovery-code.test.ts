import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeRecoveryCode,
  encodeRecoveryCode,
  RECOVERY_BYTES,
} from '../../../src/vault/keys/recovery-code';

const secrets = fc
  .uint8Array({ minLength: RECOVERY_BYTES, maxLength: RECOVERY_BYTES })
  .map((bytes) => new Uint8Array(bytes));
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('a recovery code', () => {
  it('is nine groups of four letters that give the secret back', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const code = encodeRecoveryCode(secret);
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(decodeRecoveryCode(code)).toEqual(secret);
      }),
    );
  });

  it('is read however it is written down', () => {
    const secret = Uint8Array.from({ length: RECOVERY_BYTES }, (_, at) => (at === 0 ? 8 : at * 17));
    const code = encodeRecoveryCode(secret);
    const spellings = [
      code.toLowerCase(),
      code.replaceAll('-', ''),
      ` ${code.replaceAll('-', ' \n')} `,
      code.replaceAll('-', '–'),
      code.replaceAll('0', 'o').replaceAll('1', 'l'),
      code.replaceAll('0', 'O').replaceAll('1', 'I'),
      [...code].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)).join(''),
    ];
    expect(code).toMatch(/0/);
    expect(code).toMatch(/1/);
    for (const spelling of spellings) expect(decodeRecoveryCode(spelling)).toEqual(secret);
  });

  it('is refused with any one letter wrong, and with any two that changed places', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const code = encodeRecoveryCode(secret).replaceAll('-', '');
        for (let at = 0; at < code.length; at += 1) {
          for (const letter of LETTERS) {
            if (letter === code[at]) continue;
            expect(decodeRecoveryCode(code.slice(0, at) + letter + code.slice(at + 1))).toBeUndefined();
          }
          for (let other = at + 1; other < code.length; other += 1) {
            if (code[at] === code[other]) continue;
            const letters = [...code];
            [letters[at], letters[other]] = [letters[other] ?? '', letters[at] ?? ''];
            expect(decodeRecoveryCode(letters.join(''))).toBeUndefined();
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('is refused when letters are missing, too many, or none of the alphabet', () => {
    const code = encodeRecoveryCode(new Uint8Array(RECOVERY_BYTES).fill(7));
    for (const wrong of ['', code.slice(0, -1), `${code}0`, code.replace(/.$/, 'U'), code.slice(5), '烧水']) {
      expect(decodeRecoveryCode(wrong)).toBeUndefined();
    }
  });
});
