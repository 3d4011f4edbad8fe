import { seededRandom } from '../../src/core/random';
import { HIGHEST_PITCH_HZ, LOWEST_PITCH_HZ, trackPitch } from '../../src/speech/voice/pitch-tracker';
import { pulseTrain } from '../../test/support/pulse-train';
import { mixed, noise, tone, vowel } from '../../test/support/signals';
import { percentile, printTable, type TidyRow, writeJsonIfAsked } from '../report';

/**
 * The pitch tracker on signals whose pitch is known: 24 pitches from 62 to 490 Hz. `gross` is the share of voiced frames more
 * than 20 % off, `octave` more than half an octave, `missed` the share of frames without a pitch; `cents` is the median
 * error of the others. The last row has the noise alone: `missed` is then what it should be.
 *
 *     npx tsx bench/speech/pitch.ts [--json FILE]
 */
const SECONDS = 0.5;
const LEVEL_DB = -20;
const pitches = Array.from({ length: 24 }, (_, n) => 62 * (490 / 62) ** (n / 23));
const signals: Readonly<Record<string, (pitchHz: number) => Float32Array>> = {
  sine: (pitchHz) => tone(SECONDS, pitchHz, LEVEL_DB),
  pulses: (pitchHz) => pulseTrain(SECONDS, pitchHz, LEVEL_DB),
  'vowel, first formant high': (pitchHz) => vowel(SECONDS, pitchHz, [750, 1_300], LEVEL_DB),
  'vowel, formant on the second harmonic': (pitchHz) =>
    vowel(SECONDS, pitchHz, [2 * pitchHz, 2_300], LEVEL_DB),
};

const rows: TidyRow[] = [];
for (const [signal, make] of Object.entries(signals))
  for (const noiseDb of [undefined, 20, 10, 5]) {
    const tracks = pitches.map((pitchHz, index) => {
      const clean = make(pitchHz);
      const samples =
        noiseDb === undefined
          ? clean
          : mixed(clean, noise(SECONDS, LEVEL_DB - noiseDb, seededRandom(index + 1)));
      return { pitchHz, frequenciesHz: Array.from(trackPitch(samples).frequenciesHz) };
    });
    rows.push({ bench: 'pitch', signal, signalToNoiseDb: noiseDb ?? 'clean', ...errorsOf(tracks) });
  }
const alone = trackPitch(noise(5, LEVEL_DB, seededRandom(9))).frequenciesHz;
rows.push({
  bench: 'pitch',
  signal: 'noise alone',
  signalToNoiseDb: '–',
  missed: (100 * Array.from(alone).filter((frequency) => frequency === 0).length) / alone.length,
});
console.log(`${LOWEST_PITCH_HZ} to ${HIGHEST_PITCH_HZ} Hz; shares in per cent`);
printTable(rows, ['signal', 'signalToNoiseDb', 'gross', 'octave', 'missed', 'cents']);
writeJsonIfAsked(rows);

function errorsOf(tracks: readonly { pitchHz: number; frequenciesHz: readonly number[] }[]): TidyRow {
  const frames = tracks.flatMap(({ pitchHz, frequenciesHz }) =>
    frequenciesHz.map((frequency) => (frequency === 0 ? undefined : 1_200 * Math.log2(frequency / pitchHz))),
  );
  const cents = frames.flatMap((each) => (each === undefined ? [] : [Math.abs(each)]));
  const share = (beyond: number): number =>
    (100 * cents.filter((each) => each > beyond).length) / cents.length;
  return {
    gross: share(1_200 * Math.log2(1.2)),
    octave: share(600),
    missed: (100 * (frames.length - cents.length)) / frames.length,
    cents: percentile(
      cents.filter((each) => each <= 1_200 * Math.log2(1.2)),
      0.5,
    ),
  };
}
