import type { TakeId } from '../../core/ids';
import type { Exemplar } from '../recognition/scorer';
import { align } from './alignment';
import { type ComparedFrames, comparedFramesOf } from './compared-frames';
import { columnsBeside, pickColumns, type Spectrogram, spectrogramOf } from './spectrogram';

/** One recording of a phrase, laid out on the time of the one that is most like all others. */
export interface TakeStrip {
  readonly takeId: TakeId;
  readonly strip: Spectrogram;
}

/** Wide enough for a small picture. */
const STRIP_COLUMNS = 120;

/** All recordings of a phrase over each other, moment by moment. */
export function stripsOf(examples: readonly Exemplar[]): readonly TakeStrip[] {
  const frames = comparedFramesOf(examples.map(({ features }) => features));
  const pictures = examples.map(({ features }) => spectrogramOf(features.logMel, STRIP_COLUMNS));
  const middle = mostTypical(frames);
  const picture = pictures[middle];
  const own = frames[middle];
  if (picture === undefined || own === undefined) return [];
  return examples.map(({ takeId }, index) => {
    const other = pictures[index] as Spectrogram;
    const columns = columnsBeside(align(own, frames[index] as ComparedFrames).partners, picture, other);
    return { takeId, strip: pickColumns(other, columns, picture.columnMs) };
  });
}

function mostTypical(frames: readonly ComparedFrames[]): number {
  const sums = frames.map((one) =>
    frames.reduce((sum, other) => sum + (other === one ? 0 : align(one, other).distance), 0),
  );
  return sums.indexOf(Math.min(...sums));
}
