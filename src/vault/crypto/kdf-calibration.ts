import type { Clock } from '../../core/clock';
import { type Bytes, randomBytes } from './associated-data';
import { type KdfParameters, stretchPassphrase } from './passphrase-kdf';

/** Unlocking should cost about this long on the device where the passphrase was set. */
const SHORTEST_MS = 250;
const TARGET_MS = 500;
const MOST_ITERATIONS = 12;

const preferred = { algorithm: 'argon2id', memoryKiB: 64 * 1024, iterations: 3, parallelism: 1 } as const;
const smallMemory = { algorithm: 'argon2id', memoryKiB: 19 * 1024, iterations: 2, parallelism: 1 } as const;
const withoutArgon2 = { algorithm: 'pbkdf2-sha-256', iterations: 1_300_000 } as const;

/** Time grows linearly with the iterations: as many as fit the target, never fewer than were measured. */
export function iterationsFor(iterations: number, measuredMs: number): number {
  if (measuredMs >= SHORTEST_MS) return iterations;
  const fitting = Math.round((iterations * TARGET_MS) / Math.max(measuredMs, 1));
  return Math.max(iterations, Math.min(MOST_ITERATIONS, fitting));
}

export type Stretch = (passphrase: Bytes, kdf: KdfParameters) => Promise<Bytes>;

/**
 * Picks parameters for a new passphrase and stretches it with them: Argon2id with 64 MiB, made longer on
 * fast devices; less memory where that cannot be had; PBKDF2 where WebAssembly does not run at all.
 */
export async function calibrateAndStretch(
  passphrase: Bytes,
  clock: Pick<Clock, 'monotonic'>,
  stretch: Stretch = stretchPassphrase,
): Promise<{ readonly kdf: KdfParameters; readonly secret: Bytes }> {
  const salt = randomBytes(16);
  for (const cost of [preferred, smallMemory]) {
    const measured = await timed({ ...cost, salt });
    if (measured === undefined) continue;
    const iterations = iterationsFor(cost.iterations, measured.tookMs);
    if (iterations === cost.iterations) return measured;
    const slower = await timed({ ...cost, iterations, salt });
    if (slower !== undefined) return slower;
  }
  const kdf: KdfParameters = { ...withoutArgon2, salt };
  return { kdf, secret: await stretch(passphrase, kdf) };

  async function timed(kdf: KdfParameters) {
    const start = clock.monotonic();
    try {
      const secret = await stretch(passphrase, kdf);
      return { kdf, secret, tookMs: clock.monotonic() - start };
    } catch {
      // WebAssembly has no error of its own for "not enough memory"; whatever it was, less may do.
      return undefined;
    }
  }
}
