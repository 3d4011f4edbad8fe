import { useId } from 'react';
import type { TakeId, UtteranceId } from '../../core/ids';
import type { ComparedTake, Explanation, SegmentSay, Spectrogram } from '../../echo';
import { useEcho, useEchoState } from '../echo-context';
import { usePhraseName } from '../hooks/use-phrase-name';
import { useLocalisation } from '../i18n/localisation';
import { takeNumber } from '../take-name';
import { Icon } from './icon';
import { SegmentBars } from './segment-bars';
import { SpectrogramPicture } from './spectrogram-picture';

/** What was said over the recordings it was compared with, on the same time, with the moments that decided. */
export function ExplanationFigure({
  explanation,
  id,
}: {
  readonly explanation: Explanation;
  readonly id: UtteranceId;
}) {
  const { text, formats } = useLocalisation();
  const captionId = useId();
  const { utterance, winner, runnerUp, segments, outcome } = explanation;
  const durationMs = utterance.columnCount * utterance.columnMs;
  const nameOf = usePhraseName();
  const mark = () => {
    if (outcome === 'unknown') return text('why.different');
    const isDecided = outcome === 'accepted' && explanation.summary.kind !== 'not-by-these';
    if (isDecided || winner === undefined) return text('why.decided');
    return text('why.bars.for', { name: nameOf(winner.phraseId) });
  };
  return (
    <figure className="why-figure" aria-labelledby={captionId}>
      <Track
        id={id}
        what={text('why.said')}
        picture={utterance}
        segments={segments}
        mark={segments.some(({ isDeciding }) => isDeciding) ? mark() : ''}
      />
      {winner !== undefined && <TakeTrack take={winner} segments={segments} tone="accent" />}
      {runnerUp !== undefined && <TakeTrack take={runnerUp} segments={segments} tone="grey" />}
      {segments.length > 0 && <SegmentBars explanation={explanation} durationMs={durationMs} />}
      <div className="why-axis small quiet figures" aria-hidden="true">
        <span>{formats.seconds(0)}</span>
        <span>{formats.seconds(durationMs)}</span>
      </div>
      <figcaption id={captionId} className="hint">
        {text('why.figure')}
      </figcaption>
    </figure>
  );
}

function TakeTrack({
  take,
  segments,
  tone,
}: {
  readonly take: ComparedTake;
  readonly segments: readonly SegmentSay[];
  readonly tone: 'accent' | 'grey';
}) {
  const { text } = useLocalisation();
  const nameOf = usePhraseName();
  const phrase = useEchoState().phrases.find((one) => one.id === take.phraseId);
  const number = takeNumber(phrase, take.takeId);
  return (
    <Track
      id={take.takeId}
      what={text('why.take', { name: nameOf(take.phraseId), number })}
      picture={take.aligned}
      segments={segments}
      tone={tone}
    />
  );
}

function Track({
  id,
  what,
  picture,
  segments,
  tone = 'accent',
  mark = '',
}: {
  readonly id: TakeId | UtteranceId;
  readonly what: string;
  readonly picture: Spectrogram;
  readonly segments: readonly SegmentSay[];
  readonly tone?: 'accent' | 'grey';
  /** What the frames in the pictures say. */
  readonly mark?: string;
}) {
  const echo = useEcho();
  const { text } = useLocalisation();
  const isPlaying = useEchoState().playing === id;
  const durationMs = picture.columnCount * picture.columnMs;
  const share = (ms: number) => `${(100 * Math.min(ms, durationMs)) / durationMs}%`;
  return (
    <div className="why-track">
      <div className="why-track-head">
        <button
          type="button"
          className="why-play"
          aria-label={text(isPlaying ? 'common.stopPlaying' : 'common.play', { what })}
          onClick={() => void echo.play(id)}
        >
          <Icon name={isPlaying ? 'stop' : 'play'} size={16} />
          <span className="small">{what}</span>
        </button>
        {mark !== '' && <span className="why-mark small">{mark}</span>}
      </div>
      <div className="why-picture">
        <SpectrogramPicture picture={picture} tone={tone} />
        {stretchesOf(segments).map(({ fromMs, toMs, isDeciding }) => (
          <span
            key={fromMs}
            className={isDeciding ? 'why-segment is-deciding' : 'why-segment'}
            style={{ insetInlineStart: share(fromMs), inlineSize: share(toMs - fromMs) }}
          />
        ))}
      </div>
    </div>
  );
}

/** Neighbours that did the same, as one. */
function stretchesOf(segments: readonly SegmentSay[]): Pick<SegmentSay, 'fromMs' | 'toMs' | 'isDeciding'>[] {
  const stretches: { fromMs: number; toMs: number; isDeciding: boolean }[] = [];
  for (const { fromMs, toMs, isDeciding } of segments) {
    const last = stretches.at(-1);
    if (last?.isDeciding === isDeciding) last.toMs = toMs;
    else stretches.push({ fromMs, toMs, isDeciding });
  }
  return stretches;
}
