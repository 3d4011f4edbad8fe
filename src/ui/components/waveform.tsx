import '../styles/recordings.css';
import { useMemo } from 'react';
import type { TakeId, UtteranceId } from '../../core/ids';
import { useEcho, useEchoState } from '../echo-context';
import { useText } from '../i18n/localisation';
import { waveformPath } from '../waveform-path';
import { Icon } from './icon';

/** A small drawing of a recording. Says nothing to screen readers: whatever holds it has words. */
export function Waveform({
  peaks,
  bars = 40,
}: {
  readonly peaks: readonly number[];
  readonly bars?: number;
}) {
  const path = useMemo(() => waveformPath(peaks, bars), [peaks, bars]);
  return (
    <svg className="waveform" aria-hidden="true" viewBox={`0 0 ${bars * 3} 24`} preserveAspectRatio="none">
      <path d={path} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** A recording that plays on a tap, and stops on the next. */
export function PlayableWaveform({
  id,
  peaks,
  what,
  bars = 40,
}: {
  readonly id: TakeId | UtteranceId;
  readonly peaks: readonly number[];
  /** What is heard, as in "Play recording 2". */
  readonly what: string;
  readonly bars?: number;
}) {
  const echo = useEcho();
  const text = useText();
  const isPlaying = useEchoState().playing === id;
  return (
    <button
      type="button"
      className={isPlaying ? 'playable is-playing' : 'playable'}
      aria-label={text(isPlaying ? 'common.stopPlaying' : 'common.play', { what })}
      onClick={() => void echo.play(id)}
    >
      <Icon name={isPlaying ? 'stop' : 'play'} size={18} />
      <Waveform peaks={peaks} bars={bars} />
    </button>
  );
}
