import type { TakeId } from '../core/ids';
import type { PhraseView } from '../echo';

/** Which of the recordings of a phrase it is, counted from 1 as the phrase's own page does. */
export function takeNumber(phrase: PhraseView | undefined, id: TakeId): number {
  const examples = phrase?.takes.filter(({ role }) => role === 'example') ?? [];
  return 1 + examples.findIndex((take) => take.id === id);
}
