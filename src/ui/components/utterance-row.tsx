import type { Interaction } from '../../echo';
import { useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { interactionName } from '../interaction-name';
import { outcomeText } from '../outcome-text';
import { AnsweredRow } from './answered-row';
import { Icon } from './icon';
import { PlayableWaveform } from './waveform';

/** One thing heard: replay it, see what Echo made of it, correct it. */
export function UtteranceRow({
  interaction,
  nowMs,
  onCorrect,
  onWhy,
}: {
  readonly interaction: Interaction;
  readonly nowMs: number;
  readonly onCorrect: () => void;
  readonly onWhy: () => void;
}) {
  const { text, formats } = useLocalisation();
  const { phrases } = useEchoState();
  const phrase = phrases.find((one) => one.id === interaction.phraseId);
  const name = interactionName(text, interaction, phrases);
  const result =
    interaction.action.kind === 'failed'
      ? text('outcome.failedShort')
      : outcomeText(text, interaction, phrase);
  const when = formats.ago(interaction.heardAt, nowMs);
  return (
    <AnsweredRow
      mark={
        <PlayableWaveform
          id={interaction.id}
          peaks={interaction.waveform}
          what={text('history.heard', { when })}
          bars={24}
        />
      }
      name={name}
      isNothing={interaction.phraseId === undefined}
      when={when}
      result={result}
      more={
        <button
          type="button"
          className="icon-button"
          aria-label={text('why.openFor', { what: name })}
          onClick={onWhy}
        >
          <Icon name="why" />
        </button>
      }
      onCorrect={onCorrect}
    />
  );
}
