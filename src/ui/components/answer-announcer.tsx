import type { Interaction, PhraseView } from '../../echo';
import { confidenceWords } from '../confidence';
import { useEchoState } from '../echo-context';
import { type Text, useLocalisation } from '../i18n/localisation';
import { outcomeText } from '../outcome-text';

function announcement(
  text: Text,
  list: Intl.ListFormat,
  interaction: Interaction,
  phrases: readonly PhraseView[],
): string {
  const named = interaction.recognition.candidates.map((candidate) => ({
    candidate,
    phrase: phrases.find((phrase) => phrase.id === candidate.phraseId),
  }));
  switch (interaction.recognition.outcome) {
    case 'accepted': {
      const [best] = named;
      return text('answer.announce.accepted', {
        name: best?.phrase?.name ?? '',
        words: text(confidenceWords(best?.candidate.confidence ?? 0)),
        result: outcomeText(text, interaction, best?.phrase),
      });
    }
    case 'did-you-mean':
      return text('answer.announce.didYouMean', {
        names: list.format(named.slice(0, 3).map((one) => one.phrase?.name ?? '')),
      });
    case 'unknown':
      return text('answer.announce.unknown');
  }
}

/**
 * Says the answer to screen readers once, when it is settled or a question is asked: while the action is
 * still under way the region stays empty, so that nothing is read twice.
 */
export function AnswerAnnouncer() {
  const { text, language } = useLocalisation();
  const { answer, history, phrases } = useEchoState();
  const interaction = history.find((one) => one.id === answer?.utteranceId);
  const isReady = answer !== undefined && interaction !== undefined && answer.stage !== 'acting';
  return (
    <div className="visually-hidden" aria-live="polite" aria-atomic="true">
      {isReady && (
        <p key={interaction.id}>
          {announcement(text, new Intl.ListFormat(language, { type: 'disjunction' }), interaction, phrases)}
        </p>
      )}
    </div>
  );
}
