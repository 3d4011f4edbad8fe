import { describe, expect, it } from 'vitest';
import { createCompute } from '../../../src/compute/compute';
import { wasmPaths } from '../../../src/compute/wasm-paths';
import { shareRight, smallJob } from '../../unit/compute/backend-behaviour';

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

describe('compute when the graphics device is lost', () => {
  it('throws away what WebGL answers and trains on another backend', async () => {
    const contexts = watchContexts();
    const compute = createCompute({ wasmPaths, limitMs: 20_000 });
    await compute.start('webgl');
    expect(compute.status).toMatchObject({ kind: 'ready', backend: 'webgl' });

    const job = smallJob(60);
    const training = compute.train([job]);
    expect(contexts.size).toBeGreaterThan(0);
    for (const context of contexts) context.getExtension('WEBGL_lose_context')?.loseContext();
    const trained = await training;

    expect(trained.ok && trained.value[0] && shareRight(trained.value[0], job)).toBe(1);
    expect(compute.status).toMatchObject({ kind: 'ready', backend: 'wasm' });
  });
});
