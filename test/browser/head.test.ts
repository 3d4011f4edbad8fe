import { describe, expect, it } from 'vitest';
import { createCompute } from '../../src/compute/compute';
import { wasmPaths } from '../../src/compute/wasm-paths';
import { seededRandom } from '../../src/core/random';
import { trainPhraseHead } from '../../src/speech/head/phrase-head';
import { phraseId, sayPhrase, teach } from '../unit/speech/head/head-synthetic';

const exemplars = [...teach(0, 2), ...teach(1, 2)];
const heard = [0, 1].map((phrase) => ({ phrase, features: sayPhrase(phrase, seededRandom(70)) }));

async function distancesOn(backend: 'wasm' | 'webgl'): Promise<number[]> {
  const compute = createCompute({ wasmPaths, limitMs: 20_000 });
  await compute.start(backend);
  expect(compute.status).toMatchObject({ kind: 'ready', backend });
  const head = await trainPhraseHead(exemplars, compute);
  if (!head.ok) throw new Error(head.error.kind);
  return heard.flatMap(({ phrase, features }) => {
    const distances = head.value.distances(features);
    const own = distances.get(phraseId(phrase)) ?? Number.NaN;
    const other = distances.get(phraseId(1 - phrase)) ?? Number.NaN;
    expect(own).toBeLessThan(other);
    return [own, other];
  });
}

describe('trainPhraseHead in a browser', () => {
  it('learns the same head on WASM and on WebGL', async () => {
    const onWasm = await distancesOn('wasm');
    const onWebgl = await distancesOn('webgl');
    onWasm.forEach((distance, index) => {
      expect(onWebgl[index]).toBeCloseTo(distance, 2);
    });
  });
});
