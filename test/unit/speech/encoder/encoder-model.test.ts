import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encoderManifest, readEncoderBytes } from '../../../../bench/encoder-file';
import { type EncoderManifest, parseEncoderManifest } from '../../../../src/speech/encoder/encoder-manifest';
import { readEncoderModel } from '../../../../src/speech/encoder/encoder-model';

const bytes = readEncoderBytes();

function shippedManifest(): EncoderManifest {
  const parsed = parseEncoderManifest(encoderManifest);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return structuredClone(parsed.value);
}

async function kindOf(manifest: unknown, content: Uint8Array<ArrayBuffer>): Promise<string> {
  const model = await readEncoderModel(manifest, content);
  return model.ok ? 'read' : model.error.kind;
}

describe('readEncoderModel', () => {
  it('reads what is shipped', async () => {
    const model = await readEncoderModel(encoderManifest, bytes);
    if (!model.ok) throw new Error(model.error.detail);
    const { weights, cohort, background, version } = model.value;
    const manifest = shippedManifest();
    expect(version).toBe(manifest.version);
    expect(weights.blocks).toHaveLength(manifest.blocks);
    expect(weights.phrase.bias).toHaveLength(96);
    expect(weights.speaker.bias).toHaveLength(64);
    expect(cohort).toMatchObject({ dimensions: 64 });
    expect(background).toMatchObject({ dimensions: 96 });
    expect(cohort.data).toHaveLength(64 * cohort.frameCount);
  });

  it('keeps no hold of the file', async () => {
    const copy = bytes.slice();
    const model = await readEncoderModel(encoderManifest, copy);
    copy.fill(0);
    expect(model.ok && model.value.weights.stem.kernel.some((weight) => weight !== 0)).toBe(true);
  });

  it('refuses a file with any bit flipped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (position, bit) => {
        const damaged = bytes.slice();
        damaged[position] = (damaged[position] ?? 0) ^ (1 << bit);
        expect(await kindOf(encoderManifest, damaged)).toBe('damaged');
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a file cut short anywhere, or with something behind it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        expect(await kindOf(encoderManifest, bytes.slice(0, length))).toBe('damaged');
      }),
      { numRuns: 50 },
    );
    expect(await kindOf(encoderManifest, new Uint8Array([...bytes, 0]))).toBe('damaged');
  });

  it('takes anything that is no manifest for another format', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        expect(await kindOf(value, bytes)).toBe('unknown-format');
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['another format', { format: 1 }],
    ['another encoding', { encoding: 'float32-le' }],
    ['other mel bands', { input: { bands: 64, hopMs: 10, range: 12, scale: 3 } }],
    ['more blocks than there are tensors for', { blocks: shippedManifest().blocks + 1 }],
    ['a speaker branch behind the last block', { sharedBlocks: shippedManifest().blocks + 1 }],
    ['no tensors', { tensors: [] }],
  ])('takes %s for made for another version', async (_, change) => {
    expect(await kindOf({ ...shippedManifest(), ...change }, bytes)).toBe('unknown-format');
  });

  it('wants every tensor once, in its shape, and inside the file', async () => {
    const { tensors } = shippedManifest();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(tensors.length - 1),
        fc.constantFrom('missing', 'twice', 'shape', 'offset'),
        async (index, damage) => {
          const manifest = shippedManifest();
          const tensor = manifest.tensors[index];
          if (tensor === undefined) throw new Error('there is no such tensor');
          if (damage === 'missing') manifest.tensors.splice(index, 1);
          if (damage === 'twice') manifest.tensors.push(tensor);
          if (damage === 'shape') tensor.shape = [...tensor.shape, 2];
          if (damage === 'offset') tensor.offset = manifest.bytes;
          expect(await kindOf(manifest, bytes)).toBe('unknown-format');
        },
      ),
      { numRuns: 30 },
    );
  });
});
