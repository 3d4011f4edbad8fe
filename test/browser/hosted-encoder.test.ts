import { afterEach, describe, expect, it, vi } from 'vitest';
import { openHostedEncoder } from '../../src/behaviour/intent/hosted-encoder';
import { onnxWasmPath } from '../../src/behaviour/intent/onnx-wasm-path';
import { tinyEncoder } from '../support/tiny-encoder';

const FOLDER = new URL('/hosted/tiny-encoder/', location.href).href;
const wasm = new URL(onnxWasmPath, location.href).href;

/** Answers for the folder and nothing else; what was asked for is written down. */
function hosting(files: Readonly<Record<string, BodyInit>>) {
  const asked: string[] = [];
  const load: typeof fetch = async (input) => {
    const url = String(input instanceof Request ? input.url : input);
    asked.push(url);
    const body = url.startsWith(FOLDER) ? files[url.slice(FOLDER.length)] : undefined;
    return body === undefined ? new Response('', { status: 404 }) : new Response(body);
  };
  return { load, asked };
}

const open = (files: Readonly<Record<string, BodyInit>>) =>
  openHostedEncoder({ folder: FOLDER, wasm }, hosting(files).load);

async function opened(seed?: number) {
  const encoder = await open(tinyEncoder(seed));
  if (!encoder.ok) throw new Error(`${encoder.error.kind}: ${encoder.error.detail}`);
  return encoder.value;
}

const similarity = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0);

afterEach(() => vi.restoreAllMocks());

describe('openHostedEncoder', () => {
  it('turns texts into directions: through the tokenizer, the net, and the mean over what is no padding', async () => {
    const encoder = await opened();
    expect(encoder.dimensions).toBe(32);
    const [tea, lights, again] = await encoder.encode(['Make TEA', 'lights off please', 'make tea']);
    if (tea === undefined || lights === undefined || again === undefined) throw new Error('no direction');
    expect(Math.hypot(...tea)).toBeCloseTo(1, 4);
    expect(similarity(tea, again)).toBeCloseTo(1, 4);
    expect(similarity(tea, lights)).toBeLessThan(0.99);
    // Alone it has no padding beside it.
    const [alone] = await encoder.encode(['Make TEA']);
    expect(similarity(tea, alone ?? new Float32Array(32))).toBeCloseTo(1, 4);
  });

  it('names the space by the files of the model', async () => {
    const [one, same, other] = [await opened(1), await opened(1), await opened(2)];
    expect(one.id).toBe(same.id);
    expect(one.id).not.toBe(other.id);
  });

  it('asks nobody else for anything: not the hub of models, not where onnxruntime usually comes from', async () => {
    const asked: string[] = [];
    const own = globalThis.fetch;
    vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
      asked.push(new URL(input instanceof Request ? input.url : input, location.href).href);
      return own(input, init);
    });
    performance.clearResourceTimings();
    const { load, asked: ofFolder } = hosting(tinyEncoder());
    const encoder = await openHostedEncoder({ folder: FOLDER, wasm }, load);
    expect(encoder.ok).toBe(true);
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const all = [...asked, ...ofFolder, ...loaded];
    expect(ofFolder).toContain(`${FOLDER}onnx/model_quantized.onnx`);
    expect(all.filter((url) => new URL(url).origin !== location.origin)).toEqual([]);
    expect(all.filter((url) => url.startsWith('blob:'))).toEqual([]);
  });

  it('says what is wrong where files are missing, and where they are none of a model', async () => {
    const { 'onnx/model_quantized.onnx': net, ...others } = tinyEncoder();
    expect(await open({})).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
    expect(await open(others)).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
    const cut = { ...others, 'onnx/model_quantized.onnx': (net ?? new Uint8Array()).slice(0, 5_000) };
    expect(await open(cut)).toMatchObject({ ok: false, error: { kind: 'unusable' } });
    const page = { ...tinyEncoder(), 'config.json': '<!doctype html>' };
    expect(await open(page)).toMatchObject({ ok: false, error: { kind: 'unusable' } });
  });
});
