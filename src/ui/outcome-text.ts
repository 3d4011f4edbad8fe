import type { ActionOutcome, Interaction, PhraseView } from '../echo';
import type { Text } from './i18n/localisation';

/** What became of an action, in one line; empty where there is nothing to say. */
export function outcomeText(text: Text, interaction: Interaction, phrase: PhraseView | undefined): string {
  return actionOutcomeText(text, interaction.action, phrase);
}

/** The same, of an action that nothing was said for. */
export function actionOutcomeText(text: Text, action: ActionOutcome, phrase: PhraseView | undefined): string {
  switch (action.kind) {
    case 'done': {
      const what = text(phrase === undefined ? 'outcome.done' : `outcome.${phrase.action.kind}`);
      // A webhook's detail is a status number, which says nothing more to a person.
      const hasDetail = action.detail !== '' && phrase?.action.kind !== 'webhook';
      return hasDetail ? text('outcome.withDetail', { what, detail: action.detail }) : what;
    }
    case 'failed':
      return text('outcome.failed', { why: failureText(text, action) });
    case 'undone':
      return text('outcome.undone');
    case 'not-run':
      return '';
  }
}

/** Why an action did not work, and what to do. */
export function failureText(
  text: Text,
  failure: Pick<Extract<ActionOutcome, { kind: 'failed' }>, 'reason' | 'detail'>,
): string {
  return text(`failure.${failure.reason}`, { detail: failure.detail });
}
