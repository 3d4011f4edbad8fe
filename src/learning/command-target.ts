import type { PhraseId } from '../core/ids';
import { isId } from '../core/ids';

/** What a typed command leads to: a phrase, or something that the app itself can do, by its name. */
export type CommandTarget =
  | { readonly kind: 'phrase'; readonly phraseId: PhraseId }
  | { readonly kind: 'app'; readonly name: string };

/** As it is learnt: a name that stays the same. */
export function intentOf(target: CommandTarget): string {
  return target.kind === 'phrase' ? `phrase:${target.phraseId}` : `app:${target.name}`;
}

/** The inverse; `undefined` for anything else. */
export function targetOf(intent: string): CommandTarget | undefined {
  const [, kind, name = ''] = /^(phrase|app):(.+)$/.exec(intent) ?? [];
  if (kind === 'app') return { kind, name };
  return kind === 'phrase' && isId<PhraseId>(name) ? { kind, phraseId: name } : undefined;
}
