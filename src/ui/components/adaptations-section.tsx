import '../styles/charts.css';
import { useState } from 'react';
import type { PhraseId } from '../../core/ids';
import type { Adaptation } from '../../echo';
import { changeText, effectText, isAdaptable, reasonText, settingText, stateText } from '../adaptation-text';
import { EffectBar } from '../charts/effect-bar';
import { SaveRows } from '../charts/save-rows';
import { useEcho, useEchoState } from '../echo-context';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useLocalisation } from '../i18n/localisation';
import { Icon } from './icon';

/** What Echo changed about itself: why, what came of it, and the way back. */
export function AdaptationsSection() {
  const { text } = useLocalisation();
  const { adaptations } = useEchoState();
  return (
    <section className="stack">
      <h2>{text('adapt.title')}</h2>
      <p className="quiet">{text('adapt.intro')}</p>
      {adaptations.length === 0 ? (
        <p className="quiet">{text('adapt.none')}</p>
      ) : (
        <div className="card">
          <h3>{text('adapt.timeline')}</h3>
          <Timeline adaptations={adaptations} />
          <Export adaptations={adaptations} />
        </div>
      )}
      <KeptSettings />
      <PhraseTrusts />
    </section>
  );
}

function Timeline({ adaptations }: { readonly adaptations: readonly Adaptation[] }) {
  const echo = useEcho();
  const { text } = useLocalisation();
  const [problem, setProblem] = useState<string>();
  return (
    <>
      <ol className="timeline">
        {adaptations.map((one) => (
          <OneAdaptation
            key={one.id}
            adaptation={one}
            onRevert={async () => {
              const reverted = await echo.learning.revertAdaptation(one.id);
              setProblem(reverted.ok ? undefined : text('adapt.notReverted'));
            }}
          />
        ))}
      </ol>
      <div role="status">{problem !== undefined && <p className="problem">{problem}</p>}</div>
    </>
  );
}

function OneAdaptation({
  adaptation,
  onRevert,
}: {
  readonly adaptation: Adaptation;
  readonly onRevert: () => Promise<void>;
}) {
  const { text, formats } = useLocalisation();
  const { effect, state, at } = adaptation;
  const isInForce = state.kind === 'measuring' || state.kind === 'in-force';
  const isLowerBetter = adaptation.action.metric?.better !== 'higher';
  const change = changeText(text, adaptation);
  const reason = reasonText(text, formats, adaptation);
  return (
    <li className={isInForce ? undefined : 'is-past'}>
      <p>
        <time className="figures small quiet" dateTime={new Date(at).toISOString()}>
          {formats.dateTime(at)}
        </time>
      </p>
      <p>
        <strong>{change}</strong>
      </p>
      {reason !== '' && <p>{text('adapt.because', { reason })}</p>}
      {effect !== undefined && (
        <>
          <EffectBar effect={effect} />
          <p className="effect-ends small quiet" aria-hidden="true">
            <span>{text(isLowerBetter ? 'adapt.better' : 'adapt.worse')}</span>
            <span>{text('adapt.same')}</span>
            <span>{text(isLowerBetter ? 'adapt.worse' : 'adapt.better')}</span>
          </p>
          <p className="small figures">{effectText(text, formats, adaptation)}</p>
        </>
      )}
      <p className="small">{stateText(text, adaptation)}</p>
      {isInForce && (
        <button
          type="button"
          className="button button-small"
          aria-label={text('adapt.undoOne', { change })}
          onClick={() => void onRevert()}
        >
          <Icon name="undo" size={18} />
          {text('answer.undo')}
        </button>
      )}
    </li>
  );
}

function Export({ adaptations }: { readonly adaptations: readonly Adaptation[] }) {
  const { text, formats } = useLocalisation();
  const data = {
    name: 'echo-adaptations',
    head: [
      text('adapt.column.when'),
      text('adapt.column.change'),
      text('adapt.column.reason'),
      text('adapt.column.before'),
      text('adapt.column.after'),
      text('adapt.column.low'),
      text('adapt.column.high'),
      text('adapt.column.state'),
    ],
    rows: adaptations.map((one) => [
      new Date(one.at).toISOString(),
      changeText(text, one),
      reasonText(text, formats, one),
      one.effect?.before.mean ?? '',
      one.effect?.after.mean ?? '',
      one.effect?.low ?? '',
      one.effect?.high ?? '',
      stateText(text, one),
    ]),
  };
  return <SaveRows data={data} />;
}

/** What the person chose, and that it is left alone. */
function KeptSettings() {
  const echo = useEcho();
  const { text } = useLocalisation();
  const kept = useEchoState().keptSettings.filter(isAdaptable);
  if (kept.length === 0) return null;
  return (
    <div className="card">
      <h3>{text('adapt.kept')}</h3>
      <p className="quiet">{text('adapt.kept.hint')}</p>
      <ul>
        {kept.map((setting) => {
          const name = settingText(text, setting);
          return (
            <li key={setting} className="believed row-apart">
              <span>{name}</span>
              <button
                type="button"
                className="button button-small"
                aria-label={text('adapt.allowOne', { setting: name })}
                onClick={() => void echo.learning.allowAdaptation(setting)}
              >
                {text('adapt.allow')}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** How often what each phrase does was wanted: what the question "Do it?" rests on. */
function PhraseTrusts() {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const { phraseTrust, phrases } = useEchoState();
  const nameOf = usePhraseName();
  const shown = phraseTrust.filter(({ phraseId }) => phrases.some(({ id }) => id === phraseId));
  if (shown.length === 0) return null;
  return (
    <div className="card">
      <h3>{text('trust.title')}</h3>
      <p className="quiet">{text('trust.hint')}</p>
      <ul>
        {shown.map(({ phraseId, wanted, unwanted }) => {
          const id = phraseId as PhraseId;
          return (
            <li key={phraseId} className="believed row-apart">
              <span>
                {text('trust.line', {
                  name: nameOf(id),
                  percent: formats.percent(wanted / Math.max(1e-9, wanted + unwanted)),
                  count: Math.round(wanted + unwanted),
                })}
              </span>
              <button
                type="button"
                className="button button-small"
                aria-label={text('trust.forgetOne', { name: nameOf(id) })}
                onClick={() => void echo.learning.forgetTrust(id)}
              >
                {text('beliefs.forget')}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
