import '../styles/voice-section.css';

const WIDTH = 320;
const MIDDLE = 24;
const EDGE = 12;
/** A fifth of an octave to either side, so that a dot outside the band has somewhere to be. */
const ROOM = 2 ** 0.2;

/** The person's own range as a band, and the last thing they said as a dot. The words beside it say the same. */
export function VoiceRange({
  rangeHz: [low, high],
  dotHz,
}: {
  readonly rangeHz: readonly [low: number, high: number];
  readonly dotHz: number | undefined;
}) {
  // Pitch is heard by ratios.
  const least = Math.log(Math.min(low, dotHz ?? low) / ROOM);
  const most = Math.log(Math.max(high, dotHz ?? high) * ROOM);
  const at = (hz: number): number => EDGE + ((WIDTH - 2 * EDGE) * (Math.log(hz) - least)) / (most - least);
  return (
    <svg className="voice-range" viewBox={`0 0 ${WIDTH} ${2 * MIDDLE}`} aria-hidden="true" focusable="false">
      <line className="voice-axis" x1={EDGE} x2={WIDTH - EDGE} y1={MIDDLE} y2={MIDDLE} />
      <rect
        className="voice-band"
        x={at(low)}
        y={MIDDLE - 12}
        width={Math.max(4, at(high) - at(low))}
        height={24}
        rx={8}
      />
      {dotHz !== undefined && <circle className="voice-dot" cx={at(dotHz)} cy={MIDDLE} r={7} />}
    </svg>
  );
}
