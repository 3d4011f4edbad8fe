import { unreachable } from '../core/assert';
import { isId, type NoteId, type TimerId } from '../core/ids';
import type { ActionSpec } from '../learning/action-spec';
import type { ActionOutcome } from '../learning/records';
import type { ActionContext } from './action-context';
import { copyText } from './copy';
import { openLink } from './link';
import { takeNote } from './note';
import { runSequence, tokensOf } from './sequence';
import { speak } from './speak';
import { startTimer } from './timer';
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
    case 'sequence':
      return runSequence(
        spec,
        (step) => runAction(step, context),
        (token) => undoAction(token, context),
      );
    default:
      return unreachable(spec);
  }
}

/**
 * Takes an action back, given the token its outcome carried: what it made, and its id. The phrase it came from
 * may have another action by now, or be gone.
 */
export async function undoAction(undoToken: string, { notes, timers }: ActionContext): Promise<void> {
  for (const token of tokensOf(undoToken).toReversed()) {
    const [made, id] = token.split(':');
    if (made === 'note' && isId<NoteId>(id)) await notes.delete(id);
    else if (made === 'timer' && isId<TimerId>(id)) await timers.cancel(id);
  }
}
