import { type Preference, rateValue } from '../../behaviour/preferences/belief';
import type { Settings } from '../../config/settings';
import type { PayloadOf } from '../../events/event-payloads';

export interface PreferenceEvidence {
  readonly preference: Preference;
  readonly value: string;
}

/**
 * What doing something says of how somebody likes Echo to be; ids, kinds and figures only, never what was said.
 *
 * - An answer that was spoken to its end, or stopped before: spoken or silent.
 * - The first of several guesses was right, or another was; something was taken back: act, or ask first.
 */
export function preferenceEvidence({
  interactionType,
  content,
}: Pick<PayloadOf<'user-interaction'>, 'interactionType' | 'content'>): readonly PreferenceEvidence[] {
  // Nobody has to be asked about a suggestion that they tap.
  if (interactionType === 'undo')
    return 'suggestionId' in content ? [] : [{ preference: 'confirmation', value: 'ask' }];
  const { actionKind, outcome, recognition, rank } = content;
  const found: PreferenceEvidence[] = [];
  if (actionKind === 'speak' && outcome === 'done')
    found.push({ preference: 'response-mode', value: 'spoken' });
  if (actionKind === 'speak' && outcome === 'undone')
    found.push({ preference: 'response-mode', value: 'silent' });
  if (recognition === 'did-you-mean' && typeof rank === 'number')
    found.push({ preference: 'confirmation', value: rank === 0 ? 'act' : 'ask' });
  return found;
}

/** What a change of Settings says. */
export function chosenPreferences(
  { voice: before }: Pick<Settings, 'voice'>,
  { voice: after }: Pick<Settings, 'voice'>,
): readonly PreferenceEvidence[] {
  const found: PreferenceEvidence[] = [];
  if (after.rate !== before.rate) found.push({ preference: 'speech-rate', value: rateValue(after.rate) });
  if (after.voiceUri !== before.voiceUri && after.voiceUri !== '')
    found.push({ preference: 'voice', value: after.voiceUri });
  return found;
}
