import type { ActionSpec } from '../echo';
import { hostOf } from './action-check';
import type { Formats } from './i18n/formats';
import type { Text } from './i18n/localisation';

/** What a phrase does, in a few words for its card. */
export function actionSummary(text: Text, formats: Formats, action: ActionSpec): string {
  switch (action.kind) {
    case 'none':
      return text('action.summary.none');
    case 'speak':
      return text('action.summary.speak', { text: action.text });
    case 'note':
      return action.text === ''
        ? text('action.summary.noteName')
        : text('action.summary.note', { text: action.text });
    case 'timer':
      return text('action.summary.timer', { time: formats.countdown(action.durationSeconds * 1000) });
    case 'alarm':
      return text('action.summary.alarm', { time: action.timeOfDay });
    case 'link':
      return text('action.summary.link', { host: hostOf(action.url) });
    case 'copy':
      return text('action.summary.copy', { text: action.text });
    case 'sequence':
      return text('action.summary.sequence', { count: action.steps.length });
    case 'webhook':
      return text('action.summary.webhook', { method: action.method, host: hostOf(action.url) });
  }
}
