import type { Explanation } from '../../echo';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useText } from '../i18n/localisation';

/** Of the highest bar. */
const HEIGHT = 26;

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
  const says = segments.map(({ forWinner }) => forWinner);
  const scale = HEIGHT / Math.max(...says.map(Math.abs), Number.MIN_VALUE);
  const [above, below] = [scale * Math.max(0, ...says), scale * Math.max(0, ...says.map((say) => -say))];
  const isBetweenTwo = runnerUp !== undefined && outcome !== 'unknown';
  return (
    <div className="why-bars">
      {above > 1 && (
        <span className="small quiet">
          {isBetweenTwo && winner !== undefined
            ? text('why.bars.for', { name: nameOf(winner.phraseId) })
            : text('why.bars.near')}
        </span>
      )}
      <svg
        className="why-bars-picture"
        aria-hidden="true"
        style={{ blockSize: above + below + 2 }}
        viewBox={`0 -1 ${durationMs} ${above + below + 2}`}
        preserveAspectRatio="none"
      >
        {segments.map(({ fromMs, toMs, forWinner, isDeciding }) => (
          <rect
            key={fromMs}
            className={isDeciding ? 'why-bar is-deciding' : 'why-bar'}
            x={fromMs + 0.004 * durationMs}
            y={above - scale * Math.max(0, forWinner)}
            width={Math.max(1, toMs - fromMs - 0.008 * durationMs)}
            height={scale * Math.abs(forWinner)}
          />
        ))}
        <line
          className="why-bars-line"
          x1="0"
          x2={durationMs}
          y1={above}
          y2={above}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      {below > 1 && (
        <span className="small quiet">
          {isBetweenTwo ? text('why.bars.for', { name: nameOf(runnerUp.phraseId) }) : text('why.bars.far')}
        </span>
      )}
    </div>
  );
}
