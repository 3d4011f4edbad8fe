import { describe, expect, it } from 'vitest';
import { readTextTable } from '../../../../bench/intent/text-table-file';
import { AvailableSpaces, type TextModelStatus } from '../../../../src/behaviour/intent/available-spaces';
import type {
  SentenceEncoder,
  SentenceEncoderError,
} from '../../../../src/behaviour/intent/sentence-encoder';
import { TextIntentLearner } from '../../../../src/behaviour/intent/text-intent-learner';
import { type LearningDataId, newId, type UserId } from '../../../../src/core/ids';
import { err, ok, type Result } from '../../../../src/core/result';
import { learningContext } from '../../../support/learning-context';

const table = await readTextTable();
const userId = newId<UserId>();
const context = learningContext(userId);
const FOLDER = 'https://echo.example/models/letters/';

/** Counts letters; `encoded` says of what. */
function letterCounts(id = 'letters@1', dimensions = 26) {
  const encoded: string[] = [];
  const encoder: SentenceEncoder = {
    id,
    dimensions,
    encode: async (texts) => {
      encoded.push(...texts);
      return texts.map((text) =>
        Float32Array.from(
          { length: dimensions },
          (_, at) => text.split(String.fromCharCode(97 + at)).length - 1 + 0.01,
        ),
      );
    },
  };
  return { encoder, encoded };
}

function spacesWith(load: () => Promise<Result<SentenceEncoder, SentenceEncoderError>>) {
  const told: TextModelStatus[] = [];
  const spaces = new AvailableSpaces({
    loadTable: async () => table,
    loadEncoder: load,
    onStatus: (status) => told.push(status),
  });
  return { spaces, told };
}

async function learnerIn(spaces: AvailableSpaces) {
  const learner = new TextIntentLearner('text-intent', spaces);
  await learner.initialize({});
  return learner;
}

async function teach(learner: TextIntentLearner, ...texts: readonly string[]): Promise<void> {
  const data = texts.map((text) => ({
    id: newId<LearningDataId>(),
    userId,
    agentId: 'commands',
    dataType: 'typed-command',
    content: { text, intent: text.length % 2 === 0 ? 'even' : 'odd' },
    privacyLevel: 'private' as const,
    qualityScore: 1,
    createdAt: 1,
  }));
  expect(await learner.learn(data, context)).toMatchObject({ success: true });
}

describe('AvailableSpaces', () => {
  it('gives the built-in space where no model is hosted, until one is loaded, and where it cannot be', async () => {
    const none = spacesWith(async () => ok(letterCounts().encoder));
    await none.spaces.host(undefined);
    expect((await none.spaces.directionsFor(['tea']))?.id).toBe(table.id);
    expect(none.told).toEqual([{ kind: 'built-in' }]);

    const hosted = spacesWith(async () => ok(letterCounts().encoder));
    const loading = hosted.spaces.host(FOLDER);
    expect((await hosted.spaces.directionsFor(['tea']))?.id).toBeDefined();
    await loading;
    expect((await hosted.spaces.directionsFor(['tea']))?.id).toBe('letters@1');
    expect(hosted.told).toEqual([{ kind: 'loading' }, { kind: 'hosted', dimensions: 26 }]);

    const broken = spacesWith(async () => err({ kind: 'unusable', detail: 'no model' }));
    await broken.spaces.host(FOLDER);
    expect((await broken.spaces.directionsFor(['tea']))?.id).toBe(table.id);
    expect(broken.told.at(-1)).toEqual({ kind: 'failed', reason: 'unusable' });
  });

  it('goes on with the built-in space when the model fails in the middle', async () => {
    const { encoder } = letterCounts();
    const failing = { ...encoder, encode: async () => Promise.reject(new Error('out of memory')) };
    const { spaces, told } = spacesWith(async () => ok(failing));
    await spaces.host(FOLDER);
    expect((await spaces.directionsFor(['tea']))?.id).toBe(table.id);
    expect(told.at(-1)).toEqual({ kind: 'failed', reason: 'unusable' });
    const nonsense = { ...encoder, encode: async () => [new Float32Array(26).fill(Number.NaN)] };
    const other = spacesWith(async () => ok(nonsense));
    await other.spaces.host(FOLDER);
    expect((await other.spaces.directionsFor(['tea']))?.id).toBe(table.id);
  });

  it('encodes no text twice, not even after a restart', async () => {
    const first = letterCounts();
    const before = spacesWith(async () => ok(first.encoder));
    await before.spaces.host(FOLDER);
    const learner = await learnerIn(before.spaces);
    await teach(learner, 'one', 'two', 'three', 'four');
    await learner.predict({ text: 'three of them' }, context);
    await learner.predict({ text: 'three of them' }, context);
    expect(first.encoded.toSorted()).toEqual(['four', 'one', 'three', 'three of them', 'two']);
    const saved = await learner.save();
    if (!saved.ok) throw new Error('not saved');
    expect(saved.value.state['space']).toEqual({ id: 'letters@1', dimensions: 26 });

    // As after a start: the examples are there before the model is.
    const second = letterCounts();
    const after = spacesWith(async () => ok(second.encoder));
    const again = await learnerIn(after.spaces);
    expect(await again.load(saved.value)).toMatchObject({ ok: true });
    await after.spaces.host(FOLDER);
    const text = 'three of them';
    expect(await again.predict({ text }, context)).toEqual(await learner.predict({ text }, context));
    expect(second.encoded).toEqual([text]);
  });

  it('never lets directions of two spaces meet', async () => {
    const before = spacesWith(async () => ok(letterCounts('letters@1').encoder));
    await before.spaces.host(FOLDER);
    const learner = await learnerIn(before.spaces);
    await teach(learner, 'one', 'four');
    const saved = await learner.save();
    if (!saved.ok) throw new Error('not saved');
    const other = letterCounts('letters@2');
    const after = spacesWith(async () => ok(other.encoder));
    await after.spaces.host(FOLDER);
    const again = await learnerIn(after.spaces);
    await again.load(saved.value);
    await again.predict({ text: 'two' }, context);
    expect(other.encoded.toSorted()).toEqual(['four', 'one', 'two']);
    // Where the model is gone, what it made is kept with the examples, for when it is back.
    const without = spacesWith(async () => err({ kind: 'unreachable', detail: 'offline' }));
    await without.spaces.host(FOLDER);
    const meanwhile = await learnerIn(without.spaces);
    await meanwhile.load(saved.value);
    expect(meanwhile.getInsights()).toMatchObject({ examples: 2, space: table.id });
    expect(await meanwhile.save()).toEqual(saved);
  });

  it('reads what was stored before there were spaces, and forgets all texts when the vault is closed', async () => {
    const { encoder, encoded } = letterCounts();
    const { spaces } = spacesWith(async () => ok(encoder));
    await spaces.host(FOLDER);
    const learner = await learnerIn(spaces);
    const old = {
      learnerType: 'text-intent',
      version: 1,
      state: { examples: [{ text: 'one', intent: 'odd' }] },
    };
    expect(await learner.load(old)).toMatchObject({ ok: true });
    await learner.predict({ text: 'one' }, context);
    await learner.shutdown();
    await spaces.directionsFor(['one']);
    expect(encoded).toEqual(['one', 'one']);
  });
});
