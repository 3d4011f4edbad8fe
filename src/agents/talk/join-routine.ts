import { err, type Result } from '../../core/result';
import { type ActionSpec, MOST_STEPS, type SingleAction } from '../../learning/action-spec';
import type { Phrase } from '../../learning/records';
import type { VaultError } from '../../vault/vault-types';
import type { LearningError } from '../echo-state';
import type { RoutineOffer } from '../learning/habit-offers';
import type { InteractionLog } from './interaction-log';
import type { PhraseAgent } from './phrase-agent';

/** What a phrase does, as steps that mean the same under another phrase: what took its name from the old one keeps it. */
function stepsOf({ name, action }: Pick<Phrase, 'name' | 'action'>): readonly SingleAction[] {
  switch (action.kind) {
    case 'none':
      return [];
    case 'sequence':
      return action.steps;
    case 'note':
      return [action.text === '' ? { ...action, text: name } : action];
    case 'timer':
    case 'alarm':
      return [action.label === '' ? { ...action, label: name } : action];
    default:
      return [action];
  }
}

/** What the first phrase does after it was joined with the second; `undefined` when that is too much, or nothing. */
export function joinedAction(
  first: Pick<Phrase, 'name' | 'action'>,
  second: Pick<Phrase, 'name' | 'action'>,
): ActionSpec | undefined {
  const steps = [...stepsOf(first), ...stepsOf(second)];
  const [only] = steps;
  if (only === undefined || steps.length > MOST_STEPS) return undefined;
  return steps.length === 1 ? only : { kind: 'sequence', steps };
}

/** Makes one phrase of two: the first does what both did. The second stays as it is. */
export async function joinRoutine(
  { first, second }: RoutineOffer,
  phrases: Pick<PhraseAgent, 'save'>,
  log: Pick<InteractionLog, 'phrase'>,
): Promise<Result<void, VaultError | Extract<LearningError, { kind: 'gone' }>>> {
  const [one, other] = [log.phrase(first), log.phrase(second)];
  const action = one === undefined || other === undefined ? undefined : joinedAction(one, other);
  if (one === undefined || action === undefined) return err({ kind: 'gone' });
  const saved = await phrases.save({ id: one.id, name: one.name, action, drafts: [] });
  return saved.ok ? { ok: true, value: undefined } : saved;
}
