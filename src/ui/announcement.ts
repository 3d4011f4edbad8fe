import type { PhraseId } from '../core/ids';
import type { Answer, Interaction, PhraseView } from '../echo';
import { confidenceWords } from './confidence';
import type { Text } from './i18n/localisation';
import { outcomeText } from './outcome-text';

/**
 * What a screen reader says about an answer at this stage; empty while there is nothing to say. It stays the
 * same where nothing changed for the person, so that nothing is read twice.
 */
export function announcement(
  text: Text,
  list: Intl.ListFormat,
  stage: Answer['stage'],
  interaction: Interaction,
  phrases: readonly PhraseView[],
): string {
  const phraseOf = (id: PhraseId) => phrases.find((phrase) => phrase.id === id);
  const nameOf = (id: PhraseId) => phraseOf(id)?.name ?? text('answer.removedPhrase');
  const { recognition, phraseId, correction } = interaction;
  const { outcome, candidates } = recognition;

  if (stage === 'acting') return '';
  if ((stage === 'confirming' || stage === 'holding') && phraseId !== undefined) {
    const asked = stage === 'confirming' ? 'consent.announce' : 'consent.announceHolding';
    return text(asked, { name: nameOf(phraseId) });
  }
  if (stage === 'asking') {
    const names = candidates.slice(0, 3).map((candidate) => nameOf(candidate.phraseId));
    return text('answer.announce.didYouMean', { names: list.format(names) });
  }
  if (correction?.kind === 'nothing') return text('answer.corrected.nothing');
  if (correction !== undefined && correction.phraseId !== phraseId) {
    return text('answer.corrected.phrase', { name: nameOf(correction.phraseId) });
  }
  if (phraseId === undefined) return outcome === 'unknown' ? text('answer.announce.unknown') : '';

  const name = nameOf(phraseId);
  const result = outcomeText(text, interaction, phraseOf(phraseId));
  const [best] = candidates;
  return outcome === 'accepted' && best?.phraseId === phraseId
    ? text('answer.announce.accepted', { name, words: text(confidenceWords(best.confidence)), result })
    : text('answer.announce.chosen', { name, result });
}
