import type { ActionSpec } from '../learning/action-spec';
import type { ActionOutcome } from '../learning/records';
import { done, failed } from './action-context';

/** Opens a page in a new tab. Browsers allow that only shortly after a click or key press. */
export function openLink(spec: Extract<ActionSpec, { kind: 'link' }>): ActionOutcome {
  // Not `noopener`: with it `open` answers null whether or not the tab opened.
  const tab = window.open(spec.url, '_blank');
  if (tab === null) return failed('popup-blocked', spec.url);
  tab.opener = null;
  return done(spec.url);
}
