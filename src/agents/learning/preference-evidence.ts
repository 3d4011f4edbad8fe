import type { LearntPreference, LearntPreferences } from '../../adaptation/adaptation-strategy';
import { type Belief, type BeliefId, type Preference, rateValue } from '../../behaviour/preferences/belief';
import type { Settings } from '../../config/settings';
import type { PayloadOf } from '../../events/event-payloads';

export interface PreferenceEvidence {
  readonly preference: Preference;
  readonly value: string;
}

const ASK: PreferenceEvidence = { preference: 'confirmation', value: 'ask' };
const ACT: PreferenceEvidence = { preference: 'confirmation', value: 'act' };

/**
 * What doing something says of how somebody likes Echo to be; ids, kinds and figures only, never what was said.
 *
 * - An answer that was spoken to its end, or stopped before: spoken or silent.
 * - The first of several guesses was right, or a question was answered with yes: act. Another guess was, a question was
 *   answered with no, something was stopped or taken back: ask first.
 */
export function preferenceEvidence({
  interactionType,
  content,
}: Pick<PayloadOf<'user-interaction'>, 'interactionType' | 'content'>): readonly PreferenceEvidence[] {
  // Nobody has to be asked about a suggestion that they tap.
  if (interactionType === 'undo') return 'suggestionId' in content ? [] : [ASK];
  const { actionKind, outcome, recognition, rank, decision, declined, followUp } = content;
  const found: PreferenceEvidence[] = [];
  if (actionKind === 'speak' && outcome === 'done')
    found.push({ preference: 'response-mode', value: 'spoken' });
  if (actionKind === 'speak' && outcome === 'undone')
    found.push({ preference: 'response-mode', value: 'silent' });
  if (recognition === 'did-you-mean' && typeof rank === 'number' && followUp !== true)
    found.push(rank === 0 ? ACT : ASK);
  if (declined === true) found.push(ASK);
  else if (decision === 'ask' && outcome === 'done') found.push(ACT);
  return found;
}

/** Answers in a row whose details nobody looked at, which together say as much as one look. */
const UNREAD_ANSWERS = 5;

/** Whether somebody looks at the details of answers. A look is an act; not to look hardly says anything. */
export class DetailHabit {
  #unread = 0;

  /** @returns evidence, where there were enough answers that nobody looked at */
  answered(): readonly PreferenceEvidence[] {
    this.#unread += 1;
    if (this.#unread < UNREAD_ANSWERS) return [];
    this.#unread = 0;
    return [{ preference: 'detail', value: 'brief' }];
  }

  looked(): PreferenceEvidence {
    this.#unread = 0;
    return { preference: 'detail', value: 'full' };
  }
}

type Chosen = Pick<Settings, 'voice' | 'answers' | 'actions'>;

/** What a change of Settings says. */
export function chosenPreferences(before: Chosen, after: Chosen): readonly PreferenceEvidence[] {
  const found: PreferenceEvidence[] = [];
  const { voice, answers, actions } = after;
  if (voice.rate !== before.voice.rate)
    found.push({ preference: 'speech-rate', value: rateValue(voice.rate) });
  if (voice.voiceUri !== before.voice.voiceUri && voice.voiceUri !== '')
    found.push({ preference: 'voice', value: voice.voiceUri });
  if (answers.style !== before.answers.style) found.push({ preference: 'detail', value: answers.style });
  if (actions.questions !== before.actions.questions && actions.questions !== 'usual')
    found.push(actions.questions === 'more' ? ASK : ACT);
  return found;
}

/** The settings of somebody who says this of themself: what they say holds at once. */
export function settingsSaying(id: BeliefId, value: string): (settings: Settings) => Settings {
  return (settings) => {
    const { voice, answers, actions } = settings;
    if (id === 'detail' && (value === 'brief' || value === 'full'))
      return { ...settings, answers: { ...answers, style: value } };
    if (id === 'confirmation')
      return { ...settings, actions: { ...actions, questions: value === 'ask' ? 'more' : 'fewer' } };
    return id === 'speech-rate' ? { ...settings, voice: { ...voice, rate: Number(value) } } : settings;
  };
}

/** What strategies may act on. What the person said themself is in the settings already. */
export function learntPreferences(beliefs: readonly Belief[]): LearntPreferences {
  const learnt = <Value extends string>(
    id: BeliefId,
    values: readonly Value[],
  ): LearntPreference<Value> | undefined => {
    const belief = beliefs.find((one) => one.id === id && one.source === 'learnt');
    const value = values.find((one) => one === belief?.value);
    if (belief === undefined || value === undefined) return undefined;
    return { value, confidence: belief.confidence, evidenceCount: belief.evidenceCount };
  };
  const detail = learnt('detail', ['brief', 'full']);
  const confirmation = learnt('confirmation', ['act', 'ask']);
  return {
    ...(detail === undefined ? {} : { detail }),
    ...(confirmation === undefined ? {} : { confirmation }),
  };
}
