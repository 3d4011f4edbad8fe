import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { runSequence } from '../../../src/actions/sequence';
import { ActionSpecSchema, type SingleAction } from '../../../src/learning/action-spec';
import type { ActionOutcome } from '../../../src/learning/records';

const step = (text: string): SingleAction => ({ kind: 'note', text });
const sequence = (...texts: readonly string[]) => ({ kind: 'sequence' as const, steps: texts.map(step) });

/** Runs the steps; what they do is `outcomeOf` their text. */
async function run(texts: readonly string[], outcomeOf: (text: string) => ActionOutcome) {
  const undone: string[] = [];
  const ran: string[] = [];
  const outcome = await runSequence(
    sequence(...texts),
    async (one) => {
      const text = one.kind === 'note' ? one.text : '';
      ran.push(text);
      return outcomeOf(text);
    },
    async (token) => {
      undone.push(token);
    },
  );
  return { outcome, undone, ran };
}
const noted = (text: string): ActionOutcome => ({ kind: 'done', detail: text, undoToken: `note:${text}` });

describe('a sequence of actions', () => {
  it('does its steps in order, and can be taken back as a whole', async () => {
    const { outcome, ran } = await run(['a', 'b'], noted);
    expect(ran).toEqual(['a', 'b']);
    expect(outcome).toEqual({ kind: 'done', detail: 'a · b', undoToken: 'note:a+note:b' });
  });

  it('takes back what it did when a step fails or is stopped, the last first', async () => {
    for (const bad of [{ kind: 'failed', reason: 'timeout', detail: '' }, { kind: 'undone' }] as const) {
      const { outcome, undone, ran } = await run(['a', 'b', 'c', 'd'], (text) =>
        text === 'c' ? bad : noted(text),
      );
      expect(outcome).toEqual(bad);
      expect([ran, undone]).toEqual([
        ['a', 'b', 'c'],
        ['note:b', 'note:a'],
      ]);
    }
  });

  it('cannot be taken back when none of its steps can', async () => {
    const { outcome } = await run(['a'], (detail) => ({ kind: 'done', detail }));
    expect(outcome).toEqual({ kind: 'done', detail: 'a' });
  });

  it('has one to six steps, none of which is a sequence', () => {
    const isValid = (value: unknown): boolean => v.safeParse(ActionSpecSchema, value).success;
    expect(isValid(sequence('a'))).toBe(true);
    expect(isValid(sequence(...'abcdef'))).toBe(true);
    expect(isValid(sequence())).toBe(false);
    expect(isValid(sequence(...'abcdefg'))).toBe(false);
    expect(isValid({ kind: 'sequence', steps: [sequence('a')] })).toBe(false);
  });
});
