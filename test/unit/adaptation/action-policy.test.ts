import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActionPolicy, type ActionQuestion, BOUNDS } from '../../../src/adaptation/action-policy';
import { seededRandom } from '../../../src/core/random';
import { consequenceOf } from '../../../src/learning/action-consequence';

const risky: ActionQuestion = {
  phraseId: 'lamp',
  confidence: 0.97,
  consequence: 'risky',
  confirm: 'unless-sure',
};

function taught(wanted: readonly number[], phraseId = 'lamp', confidence = 0.97): ActionPolicy {
  const policy = new ActionPolicy(seededRandom(1));
  for (const each of wanted) policy.learn({ phraseId, confidence, wanted: each });
  return policy;
}

describe('what an action that nobody wanted would mean', () => {
  it('follows from its kind, unless the person says otherwise', () => {
    expect(consequenceOf({ kind: 'webhook' })).toBe('risky');
    expect(consequenceOf({ kind: 'link' })).toBe('risky');
    expect(consequenceOf({ kind: 'link' }, 'safe')).toBe('safe');
    expect(consequenceOf({ kind: 'note' })).toBe('undoable');
    expect(consequenceOf({ kind: 'note' }, 'risky')).toBe('risky');
    expect(consequenceOf({ kind: 'note' }, 'safe')).toBe('undoable');
    expect(consequenceOf({ kind: 'none' }, 'risky')).toBe('none');
    expect(consequenceOf({ kind: 'speak', steps: [{ kind: 'note' }, { kind: 'link' }] })).toBe('risky');
    expect(consequenceOf({ kind: 'speak', steps: [{ kind: 'note' }, { kind: 'copy' }] })).toBe('undoable');
  });
});

describe('whether to act, to ask, or to leave a moment', () => {
  it('asks before a risky action until it was wanted often enough', () => {
    expect(taught([]).decide(risky)).toMatchObject({ kind: 'ask', reason: 'not-sure-enough' });
    expect(taught(new Array(60).fill(1)).decide(risky)).toMatchObject({ kind: 'act', reason: 'sure' });
  });

  it('asks again once it was turned down, and says why', () => {
    const policy = taught([...new Array(30).fill(1), 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(policy.decide(risky)).toMatchObject({ kind: 'ask', reason: 'often-unwanted' });
  });

  it('asks every time when the person wants that, and never when they do not', () => {
    const sure = taught(new Array(50).fill(1));
    expect(sure.decide({ ...risky, confirm: 'always' })).toMatchObject({
      kind: 'ask',
      reason: 'always-asked',
    });
    const unsure = taught(new Array(50).fill(0));
    for (let time = 0; time < 50; time += 1)
      expect(unsure.decide({ ...risky, confirm: 'never' }).kind).not.toBe('ask');
  });

  it('carries out at once what can be undone and is probably wanted', () => {
    const policy = taught([]);
    for (let time = 0; time < 50; time += 1) {
      const decision = policy.decide({ ...risky, confidence: 0.99, consequence: 'undoable' });
      expect(decision.kind).toBe('act');
    }
  });

  it('asks even before what can be undone, once it was mostly taken back', () => {
    const policy = taught(new Array(30).fill(0), 'lamp', 0.8);
    expect(policy.decide({ ...risky, confidence: 0.8, consequence: 'undoable' })).toMatchObject({
      kind: 'ask',
      reason: 'often-unwanted',
    });
  });

  it('never leaves a moment before what can be undone afterwards', () => {
    const policy = taught([1, 0, 1, 0, 1, 0]);
    for (let time = 0; time < 200; time += 1)
      expect(policy.decide({ ...risky, confidence: 0.6, consequence: 'undoable' }).kind).not.toBe(
        'undo-window',
      );
  });

  it('asks more or less of who wants that, about what is not risky', () => {
    const asked = (questions: 'more' | 'usual' | 'fewer'): number => {
      const policy = taught([1, 0, 1, 0, 1, 0], 'lamp', 0.6);
      const decide = () =>
        policy.decide({ ...risky, confidence: 0.7, consequence: 'undoable', questions }).kind === 'ask';
      return Array.from({ length: 300 }, decide).filter(Boolean).length;
    };
    expect(asked('more')).toBeGreaterThan(asked('usual'));
    expect(asked('usual')).toBeGreaterThan(asked('fewer'));
  });

  it('learns more from what is recent, forgets one phrase, and all', () => {
    const policy = taught([...new Array(100).fill(0), ...new Array(100).fill(1)]);
    const [trust] = policy.trusts;
    expect(trust?.wanted).toBeGreaterThan(20 * (trust?.unwanted ?? 1));
    policy.learn({ phraseId: 'door', confidence: 0.9, wanted: 0 });
    expect(policy.trusts.map(({ phraseId }) => phraseId)).toEqual(['door', 'lamp']);
    policy.forgetPhrase('door');
    expect(policy.trusts).toHaveLength(1);
    policy.forget();
    expect(policy.trusts).toEqual([]);
  });

  it('runs no risky action below the person’s bound in 100,000 steps, whatever it is taught', () => {
    let steps = 0;
    let ran = 0;
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(
          fc.record({
            // Around the bound most of all, and mostly wanted: where the floor is all that stands in the way.
            confidence: fc.oneof(
              fc.double({ min: 0.85, max: 1, noNaN: true }),
              fc.double({ min: 0, max: 1, noNaN: true }),
            ),
            wanted: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
          }),
          { minLength: 1, maxLength: 40 },
        ),
        (seed, story) => {
          const random = seededRandom(seed);
          const policy = new ActionPolicy(random);
          for (let step = 0; step < 1_000; step += 1) {
            const { confidence, wanted } = story[step % story.length] ?? { confidence: 0, wanted: 0 };
            const confirm = random() < 0.5 ? 'always' : 'unless-sure';
            const questions = random() < 0.7 ? 'fewer' : 'more';
            const decision = policy.decide({
              phraseId: `p${step % 7}`,
              confidence,
              consequence: 'risky',
              confirm,
              questions,
            });
            steps += 1;
            if (decision.kind === 'ask') {
              policy.learn({ phraseId: `p${step % 7}`, confidence, wanted });
              continue;
            }
            ran += 1;
            expect(confirm).toBe('unless-sure');
            expect(confidence).toBeGreaterThanOrEqual(BOUNDS['unless-sure']);
            expect(decision.chance).toBeGreaterThan(BOUNDS['unless-sure']);
          }
        },
      ),
      { numRuns: 100 },
    );
    expect(steps).toBe(100_000);
    // Otherwise nothing was tried.
    expect(ran).toBeGreaterThan(0);
  });
});
