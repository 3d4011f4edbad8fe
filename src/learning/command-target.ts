import * as v from 'valibot';
import type { PhraseId } from '../core/ids';
import { isId } from '../core/ids';

/** What a typed command leads to: a phrase, or something that the app itself can do, by its name. */
export const CommandTargetSchema = v.variant('kind', [
  v.object({ kind: v.literal('phrase'), phraseId: v.custom<PhraseId>(isId) }),
  v.object({ kind: v.literal('app'), name: v.pipe(v.string(), v.minLength(1), v.maxLength(60)) }),
]);
export type CommandTarget = Readonly<v.InferOutput<typeof CommandTargetSchema>>;

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
