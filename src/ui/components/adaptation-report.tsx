import { useState } from 'react';
import { useEcho, useEchoState } from '../echo-context';
import { useLocalisation } from '../i18n/localisation';

/** What Echo changed about itself, and the way back. */
export function AdaptationReport() {
  const echo = useEcho();
  const { text, formats } = useLocalisation();
  const { adaptations } = useEchoState();
  const [problem, setProblem] = useState<string>();

  async function revert(id: string) {
    const reverted = await echo.learning.revertAdaptation(id);
    setProblem(reverted.ok ? undefined : text('developer.failed', { kind: reverted.error.kind }));
  }

  return (
    <section className="card">
      <h2>{text('developer.adaptations')}</h2>
      {adaptations.length === 0 && <p>{text('developer.adaptations.none')}</p>}
      <ul className="stack">
        {adaptations.map((one) => (
          <li key={one.id} className="row-apart">
            <span>
              <time className="figures quiet">{formats.clock(one.at)}</time>{' '}
              {text('developer.adaptations.line', {
                strategy: one.strategy,
                action: one.action.kind,
                applicability: formats.number(one.applicability, 2),
                impact: formats.number(one.action.expectedImpact, 2),
                state: one.state.kind,
              })}
            </span>
            {one.state.kind === 'reverted' || one.state.kind === 'overruled' ? (
              <span className="chip">{text('developer.adaptations.reverted')}</span>
            ) : (
              <button
                type="button"
                className="button button-small"
                aria-label={text('developer.adaptations.revert', { strategy: one.strategy })}
                onClick={() => void revert(one.id)}
              >
                {text('answer.undo')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <div role="status">{problem !== undefined && <p className="problem">{problem}</p>}</div>
    </section>
  );
}
