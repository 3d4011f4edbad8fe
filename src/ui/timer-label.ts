import type { Timer } from '../echo';
import type { Text } from './i18n/localisation';

/** What a timer is called: the person's label, else its kind. */
export function timerLabel(text: Text, timer: Timer): string {
  return timer.label === '' ? text(timer.kind === 'alarm' ? 'timers.alarm' : 'timers.timer') : timer.label;
}
