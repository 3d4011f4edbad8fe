import type { PhraseView } from '../../echo';
import { actionSummary } from '../action-summary';
import { useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';
import { worstClash } from '../phrase-strength';
import { hrefOf } from '../router';
import { Icon } from './icon';
import { StrengthBar } from './strength-bar';
import { Waveform } from './waveform';

const TAKES_SHOWN = 5;

/** One phrase at a glance; the whole card leads to it. */
export function PhraseCard({ phrase }: { readonly phrase: PhraseView }) {
  const { text, formats } = useLocalisation();
  const { phrases } = useEchoState();
  const clash = worstClash(phrase.strength?.clashes ?? []);
  const rival = phrases.find((one) => one.id === clash?.phraseId);
  const examples = phrase.takes.filter((take) => take.role === 'example');
  return (
    <li className="phrase-card">
      <span className="phrase-icon">
        <Icon name={phrase.action.kind} />
      </span>
      <div className="phrase-words">
        <h2>
          <a href={hrefOf({ screen: 'phrase', id: phrase.id })}>{phrase.name}</a>
        </h2>
        <p className="quiet phrase-action">{actionSummary(text, formats, phrase.action)}</p>
      </div>
      <div className="phrase-takes" title={text('phrases.takes', { count: examples.length })}>
        {examples.slice(0, TAKES_SHOWN).map((take) => (
          <Waveform key={take.id} peaks={take.waveform} bars={14} />
        ))}
        <span className="visually-hidden">{text('phrases.takes', { count: examples.length })}</span>
      </div>
      <StrengthBar strength={phrase.strength} />
      {rival !== undefined && (
        <p className="chip chip-danger phrase-clash">
          <Icon name="warning" size={16} />
          {text('phrases.clash', { name: rival.name })}
        </p>
      )}
    </li>
  );
}
