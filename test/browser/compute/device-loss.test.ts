import { describe, expect, it } from 'vitest';
import { createCompute } from '../../../src/compute/compute';
import { wasmPaths } from '../../../src/compute/wasm-paths';
import { shareRight, smallJob } from '../../unit/compute/backend-behaviour';
import { encodingOf, furthest, parityClips } from '../../unit/compute/encoder-behaviour';
import { shippedWeights } from '../support/shipped-weights';

/** Every WebGL context made from here on, so that the one of tfjs can be taken away. */
function watchContexts(): Set<WebGL2RenderingContext> {
  const contexts = new Set<WebGL2RenderingContext>();
  for (const canvas of [HTMLCanvasElement.prototype, OffscreenCanvas.prototype]) {
    const getContext = canvas.getContext as (...args: unknown[]) => unknown;
    Object.assign(canvas, {
      getContext(this: unknown, ...args: unknown[]) {
        const context = getContext.apply(this, args);
        if (context instanceof WebGL2RenderingContext) contexts.add(context);
        return context;
      },
    });
  }
  return contexts;
}

const contexts = watchContexts();

function loseContexts(): void {
  expect(contexts.size).toBeGreaterThan(0);
  for (const context of contexts) context.getExtension('WEBGL_lose_context')?.loseContext();
  contexts.clear();
}

describe('compute when the graphics device is lost', () => {
  it('throws away what WebGL answers and trains on another backend', async () => {
    const compute = createCompute({ wasmPaths, limitMs: 20_000 });
    await compute.start('webgl');
    expect(compute.status).toMatchObject({ kind: 'ready', backend: 'webgl' });

    const job = smallJob(60);
    const training = compute.train([job]);
    loseContexts();
    const trained = await training;

    expect(trained.ok && trained.value[0] && shareRight(trained.value[0], job)).toBe(1);
    expect(compute.status).toMatchObject({ kind: 'ready', backend: 'wasm' });
  });

  it('encodes on another backend when it is lost in the middle', async () => {
    const [clip] = parityClips;
    if (clip === undefined) throw new Error('the fixture is empty');
    const compute = createCompute({ wasmPaths, limitMs: 10_000 });
    await compute.start('webgl');
    expect((await compute.loadEncoder(await shippedWeights())).ok).toBe(true);
    expect(compute.status).toMatchObject({ kind: 'ready', backend: 'webgl' });

    const encoding = encodingOf(compute, clip.logMel);
    loseContexts();
    const { phrase, speaker } = await encoding;

    expect(furthest(phrase, clip.phrase)).toBeLessThan(1e-4);
    expect(furthest(speaker, clip.speaker)).toBeLessThan(1e-4);
    expect(compute.status).toMatchObject({ kind: 'ready', backend: 'wasm' });
  });
});
