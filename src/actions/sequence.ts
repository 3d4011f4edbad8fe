import type { ActionSpec, SingleAction } from '../learning/action-spec';
import type { ActionOutcome } from '../learning/records';
import { done } from './action-context';

/** Between the tokens of the steps, in the token of the whole. */
const TOKENS = '+';

export const tokensOf = (undoToken: string): readonly string[] => undoToken.split(TOKENS);

/**
 * One step after another. All or nothing, as far as steps can be taken back: when one fails or is stopped, those before
 * it are, and the outcome is that step's.
 */
export async function runSequence(
  { steps }: Extract<ActionSpec, { kind: 'sequence' }>,
  run: (step: SingleAction) => Promise<ActionOutcome>,
  undo: (undoToken: string) => Promise<void>,
): Promise<ActionOutcome> {
  const tokens: string[] = [];
  const details: string[] = [];
  for (const step of steps) {
    const outcome = await run(step);
    if (outcome.kind === 'failed' || outcome.kind === 'undone') {
      for (const token of tokens.toReversed()) await undo(token);
      return outcome;
    }
    if (outcome.kind !== 'done') continue;
    if (outcome.detail !== '') details.push(outcome.detail);
    if (outcome.undoToken !== undefined) tokens.push(outcome.undoToken);
  }
  return tokens.length === 0 ? done(details.join(' · ')) : done(details.join(' · '), tokens.join(TOKENS));
}
