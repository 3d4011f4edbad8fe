import { pbkdf2Sync } from 'node:crypto';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { argon2id256 } from '../../../src/vault/crypto/argon2';
import { hex, utf8 } from '../../../src/vault/crypto/associated-data';
import {
  canonicalKdf,
  type KdfParameters,
  KdfParametersSchema,
  normalisePassphrase,
  stretchPassphrase,
} from '../../../src/vault/crypto/passphrase-kdf';

const salt = utf8('sixteen bytes ok');
const argon2: KdfParameters = {
  algorithm: 'argon2id',
  memoryKiB: 65_536,
  iterations: 3,
  parallelism: 1,
  salt,
};

describe('stretchPassphrase', () => {
  it('computes Argon2id as its reference implementation does', async () => {
    const hash = await argon2id256(utf8('password'), utf8('somesalt'), {
      memoryKiB: 65_536,
      iterations: 2,
      parallelism: 1,
    });
    expect(hex(hash)).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7');
  });

  it('computes PBKDF2-SHA-256 as OpenSSL does', async () => {
    const kdf: KdfParameters = { algorithm: 'pbkdf2-sha-256', iterations: 1_300_000, salt };
    const expected = pbkdf2Sync('open sesame', salt, 1_300_000, 32, 'sha256').toString('hex');
    expect(hex(await stretchPassphrase(utf8('open sesame'), kdf))).toBe(expected);
  });
});

describe('normalisePassphrase', () => {
  it('makes one of the spellings that keyboards differ in', () => {
    const composed = normalisePassphrase('café ｆｕｌｌ');
    const decomposed = normalisePassphrase('cafe\u0301 full');
    expect(composed.bytes).toEqual(decomposed.bytes);
  });

  it('counts characters, not bytes or UTF-16 units', () => {
    expect(normalisePassphrase('1234567').isLongEnough).toBe(false);
    expect(normalisePassphrase('12345678').isLongEnough).toBe(true);
    expect(normalisePassphrase('🔑🔑🔑🔑').isLongEnough).toBe(false);
    expect(normalisePassphrase('打开我的声音保险').isLongEnough).toBe(true);
  });
});

describe('KdfParametersSchema', () => {
  it('takes the parameters we write', () => {
    expect(v.is(KdfParametersSchema, argon2)).toBe(true);
    expect(v.is(KdfParametersSchema, { ...argon2, memoryKiB: 19 * 1024, iterations: 2 })).toBe(true);
  });

  it.each([
    ['less memory than the floor', { ...argon2, memoryKiB: 19 * 1024 - 1 }],
    ['fewer iterations than the floor', { ...argon2, iterations: 1 }],
    ['a salt that is short', { ...argon2, salt: salt.subarray(0, 8) }],
    ['memory that would stop the device', { ...argon2, memoryKiB: 1024 * 1024 + 1 }],
    ['an unknown algorithm', { ...argon2, algorithm: 'md5' }],
    ['PBKDF2 below its floor', { algorithm: 'pbkdf2-sha-256', iterations: 1_299_999, salt }],
    ['a number that is none', { ...argon2, iterations: Number.NaN }],
  ])('refuses %s', (_, parameters) => {
    expect(v.is(KdfParametersSchema, parameters)).toBe(false);
  });
});

describe('canonicalKdf', () => {
  it('differs as soon as any parameter differs', () => {
    const variants: KdfParameters[] = [
      argon2,
      { ...argon2, memoryKiB: 65_537 },
      { ...argon2, iterations: 4 },
      { ...argon2, salt: utf8('sixteen bytes oh') },
      { algorithm: 'pbkdf2-sha-256', iterations: 3, salt },
    ];
    expect(new Set(variants.map(canonicalKdf)).size).toBe(variants.length);
  });
});
