import type { ReactNode } from 'react';
import type { Explanation } from '../../echo';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useLocalisation } from '../i18n/localisation';
import { DataTable } from './data-table';
import { FigureList } from './figure-list';

/** The same in figures, for whoever wants to see where an answer comes from. */
export function ExplanationFigures({ explanation }: { readonly explanation: Explanation }) {
  const { text, formats } = useLocalisation();
  const nameOf = usePhraseName();
  const { winnerThen, runnerUpThen, segments, margin, outcome, runnerUp } = explanation;
  if (winnerThen === undefined) return null;
  const name = nameOf(winnerThen.phraseId);
  const figures: (readonly [string, ReactNode])[] = [
    [text('why.figures.confidence', { name }), formats.percent(winnerThen.confidence)],
    [text('why.figures.distance', { name }), formats.number(winnerThen.distance, 1)],
    [text('why.figures.threshold'), formats.number(winnerThen.threshold, 1)],
  ];
  if (runnerUpThen !== undefined && margin !== undefined) {
    const other = nameOf(runnerUpThen.phraseId);
    figures.push([text('why.figures.distance', { name: other }), formats.number(runnerUpThen.distance, 1)]);
    figures.push([text('why.figures.margin', { name: other }), formats.number(1 + margin, 1)]);
  }
  const spoken = segments.reduce((sum, { forWinner }) => sum + Math.abs(forWinner), 0);
  const other =
    runnerUp === undefined || outcome === 'unknown'
      ? undefined
      : text('why.bars.for', { name: nameOf(runnerUp.phraseId) });
  return (
    <details className="why-figures">
      <summary className="label">{text('why.figures')}</summary>
      <div className="stack">
        <FigureList figures={figures} />
        <p className="hint">{text('why.figures.hint')}</p>
        {segments.length > 0 && (
          <DataTable
            label={text('why.table')}
            head={[text('why.table.when'), text('why.table.spoke'), text('why.table.weight')]}
            rows={segments.map(({ fromMs, toMs, forWinner, isDeciding }) => ({
              key: String(fromMs),
              cells: [
                text('why.table.span', {
                  from: formats.number(fromMs / 1000, 2),
                  to: formats.number(toMs / 1000, 2),
                }),
                forWinner >= 0
                  ? text('why.bars.for', { name })
                  : (other ?? text('why.table.against', { name })),
                <span key="share" className={isDeciding ? 'why-share is-deciding figures' : 'figures'}>
                  {formats.percent(spoken > 0 ? Math.abs(forWinner) / spoken : 0)}
                  {isDeciding && ` · ${text('why.decided')}`}
                </span>,
              ],
            }))}
          />
        )}
      </div>
    </details>
  );
}
