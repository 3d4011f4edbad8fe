import { useCallback, useState } from 'react';
import type { Belief, HabitAccess } from '../../echo';
import { useEchoState } from '../echo-context';
import { useAnswer } from '../hooks/use-answer';
import { useNow } from '../hooks/use-now';
import { type Text, useLocalisation } from '../i18n/localisation';

/** Values one can choose from; a voice of this device is chosen in the settings. */
const VALUES = {
  'response-mode': ['spoken', 'silent'],
  'speech-rate': ['0.5', '0.75', '1', '1.25', '1.5', '1.75', '2'],
  detail: ['brief', 'full'],
  confirmation: ['act', 'ask'],
} as const;

/** What Echo believes about how somebody likes it to be: why, how sure, and the way to say otherwise. */
export function BeliefsList({ access }: { readonly access: HabitAccess }) {
  const { text } = useLocalisation();
  const [change, setChange] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after a change they are asked for again
  const ask = useCallback(() => access.beliefs(), [access, change]);
  const { value: beliefs } = useAnswer(ask);
  return (
    <section className="card" aria-labelledby="beliefs-title">
      <h3 id="beliefs-title">{text('beliefs.title')}</h3>
      {beliefs?.length === 0 && <p className="quiet">{text('beliefs.none')}</p>}
      <ul>
        {beliefs?.map((belief) => (
          <OneBelief
            key={belief.id}
            belief={belief}
            onSet={async (value) => {
              await access.setBelief(belief.id, value);
              setChange((count) => count + 1);
            }}
            onForget={async () => {
              await access.forgetBelief(belief.id);
              setChange((count) => count + 1);
            }}
          />
        ))}
      </ul>
    </section>
  );
}

function OneBelief({
  belief,
  onSet,
  onForget,
}: {
  readonly belief: Belief;
  readonly onSet: (value: string) => Promise<void>;
  readonly onForget: () => Promise<void>;
}) {
  const { text, formats } = useLocalisation();
  const { voices } = useEchoState();
  const nowMs = useNow(60_000);
  const what = text(`beliefs.${belief.preference}`);
  const nameOf = (value: string) => valueName(text, belief.preference, value, voices);
  return (
    <li className="believed">
      <p>
        <strong>{what}</strong>: {nameOf(belief.value)}
      </p>
      <p className="small quiet">
        {belief.source === 'set'
          ? text('beliefs.set')
          : text('beliefs.learnt', {
              percent: formats.percent(belief.confidence),
              count: belief.evidenceCount,
              when: formats.ago(belief.updatedAt, nowMs),
            })}
      </p>
      <div className="row">
        {belief.preference !== 'voice' && (
          <select
            className="input"
            aria-label={text('beliefs.change', { what })}
            value={belief.value}
            onChange={(event) => void onSet(event.target.value)}
          >
            {VALUES[belief.preference].map((value) => (
              <option key={value} value={value}>
                {nameOf(value)}
              </option>
            ))}
          </select>
        )}
        <button
          type="button"
          className="button button-small"
          aria-label={text('beliefs.forgetOne', { what })}
          onClick={() => void onForget()}
        >
          {text('beliefs.forget')}
        </button>
      </div>
    </li>
  );
}

function valueName(
  text: Text,
  preference: Belief['preference'],
  value: string,
  voices: readonly { readonly uri: string; readonly name: string }[],
): string {
  if (preference === 'speech-rate') return text('beliefs.rate', { rate: value });
  if (preference === 'voice') return voices.find(({ uri }) => uri === value)?.name ?? value;
  switch (value) {
    case 'spoken':
    case 'silent':
    case 'brief':
    case 'full':
    case 'act':
    case 'ask':
      return text(`beliefs.value.${value}`);
    default:
      return value;
  }
}
