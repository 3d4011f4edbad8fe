import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { monotonicMs } from '../../../src/core/units';
import { utf8 } from '../../../src/vault/crypto/associated-data';
import { calibrateAndStretch, iterationsFor, type Stretch } from '../../../src/vault/crypto/kdf-calibration';
import { type KdfParameters, KdfParametersSchema } from '../../../src/vault/crypto/passphrase-kdf';

/** A device on which one Argon2 iteration over 64 MiB takes so long, and which has so much memory. */
function device(msPerIteration: number, memoryKiB: number) {
  let nowMs = 0;
  const tried: KdfParameters[] = [];
  const stretch: Stretch = async (_, kdf) => {
    tried.push(kdf);
    if (kdf.algorithm === 'argon2id') {
      if (kdf.memoryKiB > memoryKiB) throw new RangeError('WebAssembly.Memory(): could not allocate memory');
      nowMs += (kdf.iterations * msPerIteration * kdf.memoryKiB) / 65_536;
    }
    return new Uint8Array(32);
  };
  return { clock: { monotonic: () => monotonicMs(nowMs) }, stretch, tried };
}

const calibrate = async (of: ReturnType<typeof device>) =>
  (await calibrateAndStretch(utf8('open sesame'), of.clock, of.stretch)).kdf;

describe('calibrateAndStretch', () => {
  it('stays at 64 MiB and three rounds where that takes long enough', async () => {
    const slow = device(400, 1e9);
    expect(await calibrate(slow)).toMatchObject({ algorithm: 'argon2id', memoryKiB: 65_536, iterations: 3 });
    expect(slow.tried).toHaveLength(1);
  });

  it('adds rounds on a fast device, into the span of 250 to 1,000 ms', async () => {
    const kdf = await calibrate(device(50, 1e9));
    expect(kdf).toMatchObject({ algorithm: 'argon2id', memoryKiB: 65_536, iterations: 10 });
  });

  it('takes less memory where 64 MiB cannot be had', async () => {
    const kdf = await calibrate(device(1_000, 32 * 1024));
    expect(kdf).toMatchObject({ algorithm: 'argon2id', memoryKiB: 19 * 1024, iterations: 2 });
  });

  it('falls back to PBKDF2 where Argon2 does not run at all', async () => {
    expect(await calibrate(device(1, 0))).toMatchObject({
      algorithm: 'pbkdf2-sha-256',
      iterations: 1_300_000,
    });
  });

  it('never picks what its own floor refuses, and salts every passphrase anew', async () => {
    const salts = new Set<string>();
    for (const memory of [1e9, 32 * 1024, 0]) {
      for (const speed of [0, 1, 70, 5_000]) {
        const kdf = await calibrate(device(speed, memory));
        expect(v.is(KdfParametersSchema, kdf)).toBe(true);
        salts.add(kdf.salt.join());
      }
    }
    expect(salts.size).toBe(12);
  });
});

describe('iterationsFor', () => {
  it('never goes below what was measured', () => {
    for (const measuredMs of [0, 1, 100, 249, 250, 251, 1_000, 60_000]) {
      expect(iterationsFor(3, measuredMs)).toBeGreaterThanOrEqual(3);
    }
  });
});
