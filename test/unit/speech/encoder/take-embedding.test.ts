import { describe, expect, it } from 'vitest';
import type { TakeId } from '../../../../src/core/ids';
import type { UtteranceEmbedding, UtteranceFeatures } from '../../../../src/features/utterance-features';
import { TakeEmbedding } from '../../../../src/speech/encoder/take-embedding';
import { takeId, teach } from '../../../support/synthetic-phrases';

const embedding: UtteranceEmbedding = {
  phrase: new Float32Array(96),
  speaker: new Float32Array(64),
  frames: { frameCount: 0, dimensions: 96, data: new Float32Array() },
};

/** A library of takes, an encoder that may be away, and what came of it. */
function scene() {
  const takes = new Map<TakeId, UtteranceFeatures>(teach(0, 3).map((take) => [take.takeId, take.features]));
  const world = { takes, isThere: false, asked: 0, changes: 0 };
  const embeddings = new TakeEmbedding({
    encode: async (features) => {
      world.asked += 1;
      return world.isThere ? { ...features, embedding } : features;
    },
    takes: () => [...takes].map(([id, features]) => ({ takeId: id, features })),
    onEmbedded: (id, found) => {
      const features = takes.get(id);
      if (features !== undefined) takes.set(id, { ...features, embedding: found });
    },
    onChanged: () => {
      world.changes += 1;
    },
  });
  const missing = () => [...takes.values()].filter((features) => features.embedding === undefined).length;
  return { world, embeddings, missing };
}

describe('TakeEmbedding', () => {
  it('gives every take its embedding once the encoder is there, and says so once', async () => {
    const { world, embeddings, missing } = scene();
    world.isThere = true;
    await embeddings.catchUp();
    expect(missing()).toBe(0);
    expect(world).toMatchObject({ asked: 3, changes: 1 });
    await embeddings.catchUp();
    expect(world).toMatchObject({ asked: 3, changes: 1 });
  });

  it('asks an encoder that is away for one take only, and tries again when told', async () => {
    const { world, embeddings, missing } = scene();
    await embeddings.catchUp();
    expect(world).toMatchObject({ asked: 1, changes: 0 });
    world.isThere = true;
    await embeddings.catchUp();
    expect(missing()).toBe(0);
  });

  it('takes in what was added while it ran', async () => {
    const { world, embeddings, missing } = scene();
    world.isThere = true;
    const running = embeddings.catchUp();
    const [late] = teach(1, 1);
    if (late !== undefined) world.takes.set(late.takeId, late.features);
    await Promise.all([running, embeddings.catchUp()]);
    expect(missing()).toBe(0);
    expect(world.takes.has(takeId(1, 0))).toBe(true);
  });
});
