import { describe, expect, it } from 'vitest';
import { PatternLearner } from '../../../src/behaviour/pattern-learner';
import { LearnerRegistry } from '../../../src/learning/learner-registry';

function patternRegistry(): { readonly registry: LearnerRegistry; readonly made: PatternLearner[] } {
  const registry = new LearnerRegistry();
  const made: PatternLearner[] = [];
  registry.register('pattern', (learnerId) => {
    const learner = new PatternLearner(learnerId);
    made.push(learner);
    return learner;
  });
  return { registry, made };
}

describe('LearnerRegistry', () => {
  it('throws when a type is registered twice', () => {
    const { registry } = patternRegistry();
    expect(() => registry.register('pattern', () => new PatternLearner('other'))).toThrow(
      /registered already.*pattern/,
    );
    expect(registry.types).toEqual(['pattern']);
  });

  it('starts the enabled learners as configured, and makes no others', async () => {
    const { registry, made } = patternRegistry();
    const started = await registry.start({
      learners: {
        pattern: { enabled: true, learningMode: 'batch', learningRate: 0.05, batchSize: 50, modelPath: '' },
        evening: { enabled: true, type: 'pattern', parameters: { maximumPatterns: 5 } },
        unused: { enabled: false, type: 'nobody-made-this' },
      },
    });
    expect(started).toMatchObject({
      ok: true,
      value: [
        { name: 'pattern', model: 'none', learner: { mode: 'batch', isInitialized: true } },
        { name: 'evening', model: 'none', learner: { mode: 'online', isInitialized: true } },
      ],
    });
    expect(made.map(({ learnerId }) => learnerId)).toEqual(['pattern', 'evening']);
  });

  it.each([
    ['nothing at all', undefined, ''],
    ['no learners', {}, 'learners'],
    ['a learner that is no object', { learners: { pattern: true } }, 'learners.pattern'],
    ['enabled left out', { learners: { pattern: {} } }, 'learners.pattern.enabled'],
    [
      'a bad setting',
      { learners: { pattern: { enabled: true, batchSize: 0 } } },
      'learners.pattern.batchSize',
    ],
    [
      'a setting nobody knows',
      { learners: { pattern: { enabled: true, learningrate: 1 } } },
      'learners.pattern.learningrate',
    ],
    [
      'a bad parameter',
      { learners: { pattern: { enabled: true, parameters: { maximumPatterns: 'all' } } } },
      'learners.pattern.parameters.maximumPatterns',
    ],
  ])('refuses %s and names the path', async (_, configuration, path) => {
    const { registry } = patternRegistry();
    expect(await registry.start(configuration)).toMatchObject({
      ok: false,
      error: { kind: 'bad-config', path },
    });
  });

  it('refuses a type that nobody registered, and says which there are', async () => {
    const { registry, made } = patternRegistry();
    expect(
      await registry.start({
        learners: { pattern: { enabled: true }, forest: { enabled: true, type: 'oak' } },
      }),
    ).toEqual({
      ok: false,
      error: { kind: 'unknown-type', path: 'learners.forest.type', type: 'oak', known: ['pattern'] },
    });
    expect(made).toEqual([]);
    expect(registry.create('oak', 'o')).toMatchObject({ error: { kind: 'unknown-type', type: 'oak' } });
  });

  it('shuts the others down when one cannot start', async () => {
    const { registry, made } = patternRegistry();
    await registry.start({
      learners: { pattern: { enabled: true }, bad: { enabled: true, type: 'pattern', batchSize: -1 } },
    });
    expect(made.map(({ isInitialized }) => isInitialized)).toEqual([false, false]);
    expect(await made[0]?.initialize({})).toMatchObject({ error: { kind: 'shut-down' } });
  });

  it('loads the model of a learner that has one, and goes on without when it is none', async () => {
    const { registry } = patternRegistry();
    const models: Record<string, unknown> = {
      good: {
        learnerType: 'pattern',
        version: 1,
        state: { patterns: [{ pattern: 'question:true', count: 3, successes: 2 }] },
      },
      foreign: { learnerType: 'forest', version: 1, state: {} },
    };
    const learners = Object.fromEntries(
      ['good', 'foreign', 'absent', 'unreadable'].map((name) => [
        name,
        { enabled: true, type: 'pattern', modelPath: name },
      ]),
    );
    const started = await registry.start({ learners }, async (path) => {
      if (path === 'unreadable') throw new Error('disk');
      return models[path];
    });
    expect(started.ok && started.value.map(({ model }) => model)).toMatchObject([
      'loaded',
      { refused: { kind: 'bad-snapshot' } },
      'none',
      { refused: { kind: 'failed' } },
    ]);
    expect(started.ok && started.value[0]?.learner.getInsights()).toMatchObject({ totalPatterns: 1 });
  });
});
