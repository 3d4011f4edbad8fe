import type { Explanation } from '../../echo';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useText } from '../i18n/localisation';

const HALF = 22;

/** Bars under the pictures: how much each moment spoke for the phrase, and below the line against it. */
export function SegmentBars({
  explanation: { segments, winner, runnerUp, outcome },
  durationMs,
}: {
  readonly explanation: Explanation;
  readonly durationMs: number;
}) {
  const text = useText();
  const nameOf = usePhraseName();
  const most = Math.max(...segments.map(({ forWinner }) => Math.abs(forWinner)), Number.MIN_VALUE);
  const isBetweenTwo = runnerUp !== undefined && outcome !== 'unknown';
  return (
    <div className="why-bars">
      <span className="small quiet">
        {isBetweenTwo && winner !== undefined
          ? text('why.bars.for', { name: nameOf(winner.phraseId) })
          : text('why.bars.near')}
      </span>
      <svg
        className="why-bars-picture"
        aria-hidden="true"
        viewBox={`0 0 ${durationMs} ${2 * HALF}`}
        preserveAspectRatio="none"
      >
        {segments.map(({ fromMs, toMs, forWinner, isDeciding }) => {
          const height = (HALF * Math.abs(forWinner)) / most;
          return (
            <rect
              key={fromMs}
              className={isDeciding ? 'why-bar is-deciding' : 'why-bar'}
              x={fromMs + 0.004 * durationMs}
              y={forWinner > 0 ? HALF - height : HALF}
              width={Math.max(1, toMs - fromMs - 0.008 * durationMs)}
              height={height}
            />
          );
        })}
        <line
          className="why-bars-line"
          x1="0"
          x2={durationMs}
          y1={HALF}
          y2={HALF}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <span className="small quiet">
        {isBetweenTwo ? text('why.bars.for', { name: nameOf(runnerUp.phraseId) }) : text('why.bars.far')}
      </span>
    </div>
  );
}
