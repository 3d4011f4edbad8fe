/** The loudest of each group of peaks, so that a thumbnail of `count` bars hides no syllable. */
export function resamplePeaks(peaks: readonly number[], count: number): number[] {
  if (peaks.length === 0) return new Array<number>(count).fill(0);
  return Array.from({ length: count }, (_, bar) => {
    const first = Math.floor((bar * peaks.length) / count);
    const last = Math.max(first + 1, Math.floor(((bar + 1) * peaks.length) / count));
    return Math.max(...peaks.slice(first, last));
  });
}

/**
 * Upright bars around a middle line as one SVG path, 3 units a bar, 24 units high.
 * Peaks are scaled to the loudest: a thumbnail shows the shape of speech, not its volume.
 */
export function waveformPath(peaks: readonly number[], bars: number): string {
  const resampled = resamplePeaks(peaks, bars);
  const loudest = Math.max(0.02, ...resampled);
  return resampled
    .map((peak, bar) => {
      const half = Math.max(0.75, (peak / loudest) * 11);
      return `M${bar * 3 + 1.5} ${(12 - half).toFixed(2)}V${(12 + half).toFixed(2)}`;
    })
    .join('');
}
