import type { FrameSequence } from '../../features/utterance-features';
import { COMPARED_FRAME_MS } from './compared-frames';

/** A picture of a sound: a byte a band, column after column from the lowest band up, 0 quiet, 255 loudest. */
export interface Spectrogram {
  readonly bandCount: number;
  readonly columnCount: number;
  readonly columnMs: number;
  readonly bytes: Uint8Array;
}

/** More columns than a screen has room for say nothing. */
const MOST_COLUMNS = 300;
export const FRAME_MS = 10;
/** Natural log units below the loudest band, 39 dB, that are still drawn: speech without the room. */
const DRAWN_RANGE = 9;

/** Log-mel energies as bytes. Frames are averaged in groups until they fit. */
export function spectrogramOf(logMel: FrameSequence, mostColumns = MOST_COLUMNS): Spectrogram {
  const { frameCount, dimensions: bandCount, data } = logMel;
  const group = Math.max(1, Math.ceil(frameCount / mostColumns));
  const columnCount = Math.ceil(frameCount / group);
  const bytes = new Uint8Array(columnCount * bandCount);
  let loudest = Number.NEGATIVE_INFINITY;
  for (const value of data) if (value > loudest) loudest = value;
  for (let column = 0; column < columnCount; column += 1) {
    const first = column * group;
    const last = Math.min(frameCount, first + group);
    for (let band = 0; band < bandCount; band += 1) {
      let sum = 0;
      for (let frame = first; frame < last; frame += 1) sum += data[frame * bandCount + band] as number;
      const below = loudest - sum / (last - first);
      bytes[column * bandCount + band] = Math.round(255 * Math.max(0, 1 - below / DRAWN_RANGE));
    }
  }
  return { bandCount, columnCount, columnMs: group * FRAME_MS, bytes };
}

/** The same picture with another column in every place, such as the ones an alignment asks for. */
export function pickColumns(picture: Spectrogram, columns: ArrayLike<number>, columnMs: number): Spectrogram {
  const { bandCount, bytes: from } = picture;
  const bytes = new Uint8Array(columns.length * bandCount);
  for (let column = 0; column < columns.length; column += 1) {
    const start = (columns[column] as number) * bandCount;
    bytes.set(from.subarray(start, start + bandCount), column * bandCount);
  }
  return { bandCount, columnCount: columns.length, columnMs, bytes };
}

/**
 * For every column of a picture the column of another one that an alignment lays beside it.
 *
 * @param partners for every compared frame of the one the compared frame of the other
 */
export function columnsBeside(partners: Float32Array, picture: Spectrogram, other: Spectrogram): Uint16Array {
  return Uint16Array.from({ length: picture.columnCount }, (_, column) => {
    const at = ((column + 0.5) * picture.columnMs) / COMPARED_FRAME_MS - 0.5;
    const below = Math.max(0, Math.min(partners.length - 1, Math.floor(at)));
    const above = Math.min(partners.length - 1, below + 1);
    const share = Math.max(0, Math.min(1, at - below));
    const partner = (1 - share) * (partners[below] ?? 0) + share * (partners[above] ?? 0);
    const beside = Math.floor(((partner + 0.5) * COMPARED_FRAME_MS) / other.columnMs);
    return Math.max(0, Math.min(other.columnCount - 1, beside));
  });
}
