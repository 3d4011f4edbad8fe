import { useRef } from 'react';
import type { ListeningState } from '../../echo';
import { RIM_RADIUS, STILL_RIM, useLiveRim } from '../hooks/use-live-rim';
import { isListening, type Talking } from '../hooks/use-talking';
import { useText } from '../i18n/localisation';
import { Icon } from './icon';

const CIRCUMFERENCE = 2 * Math.PI * RIM_RADIUS;

/**
 * The one big button. Its rim draws the live level around itself; when speech ends it closes, and the
 * confidence of what was recognised fills it.
 */
export function VoiceRing({
  listening,
  talking,
  confidence,
}: {
  readonly listening: ListeningState;
  readonly talking: Talking;
  /** Of the answer on show, in [0, 1]; `undefined` when there is none. */
  readonly confidence: number | undefined;
}) {
  const text = useText();
  const rim = useRef<SVGPathElement>(null);
  useLiveRim(rim, listening.kind === 'waiting' || listening.kind === 'hearing');

  const isHold = talking.mode === 'hold';
  const listens = isListening(listening);
  const idle = text(isHold ? 'talk.ring.hold' : 'talk.ring.handsFree');
  const words = listening.kind === 'off' ? idle : text(`talk.state.${listening.kind}`);
  const action = listens ? text(isHold ? 'talk.ring.finish' : 'talk.ring.stop') : idle;

  return (
    <button
      type="button"
      className="ring"
      data-talk-ring
      data-state={listening.kind}
      aria-label={words === action ? words : text('talk.ring.label', { state: words, action })}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        talking.press();
      }}
      onPointerUp={talking.letGo}
      onPointerCancel={talking.letGo}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        if (!event.repeat) talking.toggle();
      }}
      onClick={(event) => {
        // Screen readers and switch devices click without a pointer.
        if (event.detail === 0) talking.toggle();
      }}
    >
      <svg aria-hidden="true" className="ring-picture" viewBox="-120 -120 240 240">
        <circle className="ring-body" r="82" />
        <circle className="ring-track" r={RIM_RADIUS} />
        <path ref={rim} className="ring-rim" d={STILL_RIM} />
        <circle
          className="ring-sweep"
          r={RIM_RADIUS}
          strokeDasharray={`${CIRCUMFERENCE / 4} ${CIRCUMFERENCE}`}
        />
        {confidence !== undefined && !listens && listening.kind !== 'deciding' && (
          <circle
            className="ring-confidence"
            r={RIM_RADIUS}
            strokeDasharray={`${confidence * CIRCUMFERENCE} ${CIRCUMFERENCE}`}
            transform="rotate(-90)"
          />
        )}
      </svg>
      <span className="ring-words">
        <Icon
          name={listening.kind === 'failed' ? 'warning' : listens && !isHold ? 'stop' : 'talk'}
          size={44}
        />
        <span>{words}</span>
      </span>
    </button>
  );
}
