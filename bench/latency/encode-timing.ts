import type { BackendName } from '../../src/compute/backend-memory';
import { createCompute } from '../../src/compute/compute';
import type { EncoderWeights, Frames } from '../../src/compute/encoder-weights';
import type { WasmPaths } from '../../src/compute/open-backend';

/** 1 s of sound. */
const FRAMES = 100;
const WARM_UPS = 20;
const RUNS = 200;

function madeUpClip(bands: number): Frames {
  const data = Float32Array.from({ length: FRAMES * bands }, (_, index) => 3 * Math.sin(0.37 * index) - 8);
  return { frameCount: FRAMES, dimensions: bands, data };
}

/**
 * Milliseconds from log-mel frames of 1 s to both embeddings, run after run, on one backend.
 *
 * @param wasmPaths in a browser
 */
export async function timeEncodes(
  backend: BackendName,
  weights: EncoderWeights,
  wasmPaths?: WasmPaths,
): Promise<number[]> {
  const compute = createCompute({ ...(wasmPaths === undefined ? {} : { wasmPaths }), limitMs: 60_000 });
  await compute.start(backend);
  await compute.loadEncoder(weights);
  const clip = madeUpClip(weights.input.bands);
  const timesMs: number[] = [];
  for (let run = 0; run < WARM_UPS + RUNS; run += 1) {
    const startedMs = performance.now();
    const encoded = await compute.encode(clip);
    if (!encoded.ok) throw new Error(`nothing was encoded: ${JSON.stringify(encoded.error)}`);
    if (run >= WARM_UPS) timesMs.push(performance.now() - startedMs);
  }
  if (compute.status.kind !== 'ready' || compute.status.backend !== backend) {
    throw new Error(`${backend} does not run here: ${JSON.stringify(compute.status)}`);
  }
  return timesMs;
}
