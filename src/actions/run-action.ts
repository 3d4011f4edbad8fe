import { unreachable } from '../core/assert';
import type { ActionKind, ActionSpec } from '../learning/action-spec';
import type { ActionOutcome } from '../learning/records';
import type { ActionContext } from './action-context';
import { copyText } from './copy';
import { openLink } from './link';
import { takeNote, undoNote } from './note';
import { speak } from './speak';
import { startTimer, undoTimer } from './timer';
import { callWebhook } from './webhook';

/** Carries out what is attached to a phrase. Never throws: what went wrong is in the outcome. */
export async function runAction(spec: ActionSpec, context: ActionContext): Promise<ActionOutcome> {
  switch (spec.kind) {
    case 'none':
      return { kind: 'not-run' };
    case 'speak':
      return speak(spec, context);
    case 'note':
      return takeNote(spec, context);
    case 'timer':
    case 'alarm':
      return startTimer(spec, context);
    case 'link':
      return openLink(spec);
    case 'copy':
      return copyText(spec);
    case 'webhook':
      return callWebhook(spec, context);
    default:
      return unreachable(spec);
  }
}

/** Takes an action back, given the token its outcome carried. */
export async function undoAction(kind: ActionKind, undoToken: string, context: ActionContext): Promise<void> {
  if (kind === 'note') await undoNote(undoToken, context);
  else if (kind === 'timer' || kind === 'alarm') await undoTimer(undoToken, context);
}
