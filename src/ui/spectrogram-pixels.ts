import type { Spectrogram } from '../echo';
import type { Rgb } from './hooks/use-colours';

/**
 * A spectrogram as pixels, one a band and column, low bands at the bottom. Loudness runs through the colours from the
 * first, silence, to the last.
 */
export function spectrogramPixels(
  { bandCount, columnCount, bytes }: Spectrogram,
  colours: readonly Rgb[],
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * bandCount * columnCount);
  const ramp = Array.from({ length: 256 }, (_, level) => colourAt(level / 255, colours));
  for (let column = 0; column < columnCount; column += 1) {
    for (let band = 0; band < bandCount; band += 1) {
      const colour = ramp[bytes[column * bandCount + band] ?? 0] ?? [0, 0, 0];
      const row = bandCount - 1 - band;
      pixels.set([...colour, 255], 4 * (row * columnCount + column));
    }
  }
  return pixels;
}

function colourAt(share: number, colours: readonly Rgb[]): Rgb {
  const position = share * (colours.length - 1);
  const below = Math.min(Math.floor(position), Math.max(0, colours.length - 2));
  const [from = [0, 0, 0], to = from] = [colours[below], colours[below + 1]];
  const mix = (index: 0 | 1 | 2) => from[index] + (position - below) * (to[index] - from[index]);
  return [mix(0), mix(1), mix(2)];
}
