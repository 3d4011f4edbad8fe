import type { ActionSpec } from '../learning/action-spec';
import type { ActionOutcome } from '../learning/records';
import { done, failed } from './action-context';

/** Puts a text on the clipboard. Browsers refuse it to a page that is not in front. */
export async function copyText(spec: Extract<ActionSpec, { kind: 'copy' }>): Promise<ActionOutcome> {
  try {
    await navigator.clipboard.writeText(spec.text);
    return done(spec.text);
  } catch {
    return failed('clipboard-refused', spec.text);
  }
}
