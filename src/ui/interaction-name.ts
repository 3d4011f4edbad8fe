import type { Interaction, PhraseView } from '../echo';
import type { Text } from './i18n/localisation';

/** What an utterance is called in lists: what the person said it was, else what Echo made of it. */
export function interactionName(
  text: Text,
  interaction: Interaction,
  phrases: readonly PhraseView[],
): string {
  const { correction } = interaction;
  if (correction?.kind === 'nothing') return text('answer.corrected.nothing');
  const id = correction?.phraseId ?? interaction.phraseId;
  if (id !== undefined) {
    return phrases.find((phrase) => phrase.id === id)?.name ?? text('answer.removedPhrase');
  }
  return text(interaction.recognition.outcome === 'did-you-mean' ? 'history.asked' : 'history.unknown');
}
