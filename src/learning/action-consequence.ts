import * as v from 'valibot';
import type { ActionSpec } from './action-spec';

/** What a person may say about an action, where the usual answer does not fit. */
export const ChosenConsequenceSchema = v.picklist(['safe', 'risky']);
export type ChosenConsequence = v.InferOutput<typeof ChosenConsequenceSchema>;

/**
 * What it means to carry out an action that nobody wanted.
 *
 * - `none`: nothing is carried out
 * - `safe`: a moment of annoyance
 * - `undoable`: it made something on this device, and undo removes that
 * - `risky`: it reaches outside, and nothing here can take it back
 */
export type Consequence = 'none' | 'safe' | 'undoable' | 'risky';

const USUAL: Readonly<Record<ActionSpec['kind'], Consequence>> = {
  none: 'none',
  speak: 'safe',
  copy: 'safe',
  note: 'undoable',
  timer: 'undoable',
  alarm: 'undoable',
  link: 'risky',
  webhook: 'risky',
  // Its steps decide.
  sequence: 'none',
};

const FROM_BEST_TO_WORST: readonly Consequence[] = ['none', 'safe', 'undoable', 'risky'];

type Kind = Pick<ActionSpec, 'kind'>;

/**
 * An action of several steps is as bad as the worst of them.
 *
 * @param chosen what the person said about this phrase; left out, the kind of action decides
 */
export function consequenceOf(
  action: Kind & { readonly steps?: readonly Kind[] },
  chosen?: ChosenConsequence,
): Consequence {
  const parts = (action.steps ?? [action]).map(({ kind }) => USUAL[kind]);
  const usual = FROM_BEST_TO_WORST.findLast((one) => parts.includes(one)) ?? 'none';
  if (usual === 'none' || chosen === undefined) return usual;
  // Said to be harmless, it still can be taken back.
  return chosen === 'safe' && usual === 'undoable' ? usual : chosen;
}
