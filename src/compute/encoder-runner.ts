import { err, ok, type Result } from '../core/result';
import { within } from '../core/within';
import type { BackendName } from './backend-memory';
import { createEncoderCanary } from './encoder-canary';
import { applyHeads, isSoundEncoding } from './encoder-heads';
import type { StemInput } from './encoder-input';
import { createEncoderTrunk, type EncoderTrunk } from './encoder-trunk';
import type { EncoderWeights, Encoding, TrunkFrames } from './encoder-weights';
import { beforeClose, onBackend } from './open-backend';

/** Graphics backends compile a program for every new length: there lengths come in steps of 32 frames. */
const PADDED_TO_FRAMES = 32;

export interface EncoderFailure {
  /** The backend cannot be trusted with the net. */
  readonly kind: 'unsound';
  readonly detail: string;
}

/** One set of weights, on as many backends as it was asked to run on. The backends must be open. */
export interface EncoderRunner {
  readonly weights: EncoderWeights;
  /** Whether a backend gives the known answer; uploads the weights. */
  check(name: BackendName): Promise<Result<void, EncoderFailure>>;
  /** `undefined` when the backend is right but the clip gives nothing, as digital silence may. */
  encode(name: BackendName, input: StemInput): Promise<Result<Encoding | undefined, EncoderFailure>>;
  /** Frees the weights everywhere. */
  release(): void;
}

interface Uploaded {
  readonly trunk: EncoderTrunk;
  isTrusted: boolean;
  readonly forget: () => void;
}

function paddedRowCount(name: BackendName, rowCount: number): number {
  const isGraphics = name === 'webgl' || name === 'webgpu';
  return isGraphics ? Math.ceil(rowCount / PADDED_TO_FRAMES) * PADDED_TO_FRAMES : rowCount;
}

const unsound = (detail: string): Result<never, EncoderFailure> => err({ kind: 'unsound', detail });

/** @param limitMs for each answer of a backend; at the first, programs may have to be compiled */
export function createEncoderRunner(weights: EncoderWeights, limitMs: number): EncoderRunner {
  const canary = createEncoderCanary(weights);
  const uploads = new Map<BackendName, Uploaded>();

  function release(name: BackendName, { trunk, forget }: Uploaded): void {
    uploads.delete(name);
    forget();
    trunk.dispose();
  }

  /** On the active backend, whose name is given. */
  function uploadedTo(name: BackendName): Uploaded {
    const known = uploads.get(name);
    if (known !== undefined) return known;
    const uploaded: Uploaded = {
      trunk: createEncoderTrunk(weights),
      isTrusted: false,
      forget: beforeClose(name, () => release(name, uploaded)),
    };
    uploads.set(name, uploaded);
    return uploaded;
  }

  async function run(name: BackendName, input: StemInput): Promise<TrunkFrames | undefined> {
    const queued = onBackend(name, () =>
      uploadedTo(name).trunk.run(input, paddedRowCount(name, input.rowCount)),
    );
    // A device that was lost may never answer.
    return (await within(limitMs, queued.read()))?.value;
  }

  async function checked(name: BackendName): Promise<Result<void, EncoderFailure>> {
    const answer = await run(name, canary.input);
    if (answer === undefined) return unsound('too-slow');
    if (!canary.lives(answer)) return unsound('wrong-answers');
    const uploaded = uploads.get(name);
    if (uploaded !== undefined) uploaded.isTrusted = true;
    return ok(undefined);
  }

  async function encoded(
    name: BackendName,
    input: StemInput,
  ): Promise<Result<Encoding | undefined, EncoderFailure>> {
    if (uploads.get(name)?.isTrusted !== true) {
      const check = await checked(name);
      if (!check.ok) return check;
    }
    const trunk = await run(name, input);
    if (trunk === undefined) return unsound('too-slow');
    const encoding = applyHeads(weights, trunk);
    if (isSoundEncoding(trunk, encoding)) return ok(encoding);
    // The clip's fault or the backend's: only the known answer tells.
    const check = await checked(name);
    return check.ok ? ok(undefined) : check;
  }

  async function caught<T>(work: Promise<Result<T, EncoderFailure>>): Promise<Result<T, EncoderFailure>> {
    try {
      return await work;
    } catch (reason) {
      return unsound(reason instanceof Error ? reason.message : String(reason));
    }
  }

  return {
    weights,
    check: (name) => caught(checked(name)),
    encode: (name, input) => caught(encoded(name, input)),
    release() {
      for (const [name, uploaded] of uploads) release(name, uploaded);
    },
  };
}
