import '../styles/explaining.css';
import { useEffect, useRef } from 'react';
import type { Spectrogram } from '../../echo';
import { useColours } from '../hooks/use-colours';
import { spectrogramPixels } from '../spectrogram-pixels';

const TONES = {
  accent: ['--raised', '--accent-line', '--accent-strong'],
  grey: ['--raised', '--outline', '--ink'],
  danger: ['--raised', '--danger-soft', '--danger'],
} as const;

/** A sound as a picture: time across, low to high. Says nothing to screen readers: whatever holds it has words. */
export function SpectrogramPicture({
  picture,
  tone = 'accent',
}: {
  readonly picture: Spectrogram;
  readonly tone?: keyof typeof TONES;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useColours(TONES[tone]);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined || picture.columnCount === 0) return;
    const pixels = spectrogramPixels(picture, colours);
    context.putImageData(new ImageData(pixels, picture.columnCount, picture.bandCount), 0, 0);
  }, [picture, colours]);

  return (
    <canvas
      ref={canvas}
      className="spectrogram"
      width={Math.max(1, picture.columnCount)}
      height={picture.bandCount}
    />
  );
}
