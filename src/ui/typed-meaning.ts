import type { CommandTarget, PhraseView, TypedCommand } from '../echo';
import { isAppCommand } from './app-commands';
import type { Text } from './i18n/localisation';

/** What a typed command is called in lists: what the person said was meant, else what Echo did for it. */
export function typedMeaning(text: Text, command: TypedCommand, phrases: readonly PhraseView[]): string {
  const { correction, target } = command;
  return correction?.kind === 'nothing'
    ? text('answer.corrected.nothing')
    : targetName(text, correction ?? target, phrases);
}

export function targetName(text: Text, target: CommandTarget, phrases: readonly PhraseView[]): string {
  if (target.kind === 'phrase')
    return phrases.find(({ id }) => id === target.phraseId)?.name ?? text('answer.removedPhrase');
  return isAppCommand(target.name) ? text(`commands.app.${target.name}`) : text('commands.place');
}
