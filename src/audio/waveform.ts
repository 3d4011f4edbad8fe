/** Bars in a waveform thumbnail: enough to know a take by its shape, too few to hear it. */
export const WAVEFORM_BARS = 64;

/** Largest magnitude in each of `WAVEFORM_BARS` slices, scaled so that the loudest bar is 1. */
export function waveformOf(samples: Float32Array): number[] {
  const bars = Array.from({ length: WAVEFORM_BARS }, (_, bar) => {
    const start = Math.floor((bar * samples.length) / WAVEFORM_BARS);
    const end = Math.floor(((bar + 1) * samples.length) / WAVEFORM_BARS);
    let peak = 0;
    for (let index = start; index < end; index += 1)
      peak = Math.max(peak, Math.abs(samples[index] as number));
    return peak;
  });
  const loudest = Math.max(...bars);
  return loudest === 0 ? bars : bars.map((bar) => Math.round((bar / loudest) * 1000) / 1000);
}
