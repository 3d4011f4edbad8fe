import type { PhraseId } from '../../core/ids';
import { useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';

/** What a phrase is called, also when it was deleted meanwhile. */
export function usePhraseName(): (id: PhraseId) => string {
  const text = useText();
  const { phrases } = useEchoState();
  return (id) => phrases.find((phrase) => phrase.id === id)?.name ?? text('answer.removedPhrase');
}
