import { existsSync } from 'node:fs';
import { defaultMatchingFrames } from '../../src/speech/templates/matching-frames';
import { RememberingMatcher } from '../../src/speech/templates/remembering-matcher';
import { TemplateMatcher } from '../../src/speech/templates/template-matcher';
import { defaultTimeWarping } from '../../src/speech/templates/time-warping';
import { runWithLiveEventLoop } from '../live-event-loop';
import { option, printTable, type TidyRow, writeJsonIfAsked } from '../report';
import { Voices } from '../voices';
import { templatesScorer } from './bench-scorer';
import { mixNoise, runFewShot } from './protocols';
import { speakersOf } from './speaker-clips';

/**
 * What each part of the matching is worth: the templates without it, on some speakers of every set.
 *
 *     npx tsx bench/speech/ablation.ts [--data DIR] [--speakers N] [--draws N] [--json FILE]
 */
const frames = defaultMatchingFrames;
const warping = defaultTimeWarping;
const variants: readonly [name: string, matcher: () => TemplateMatcher][] = [
  ['as it is', () => new TemplateMatcher()],
  ['narrow band (0.2)', () => new TemplateMatcher(frames, { ...warping, bandShare: 0.2 })],
  ['waiting is free (diagonal 2)', () => new TemplateMatcher(frames, { ...warping, diagonalWeight: 2 })],
  ['silence counts as much as speech', () => new TemplateMatcher({ ...frames, leastWeight: 1 })],
  ['no variance normalisation', () => new TemplateMatcher({ ...frames, varianceExponent: 0 })],
  ['full variance normalisation', () => new TemplateMatcher({ ...frames, varianceExponent: 1 })],
  ['derivatives not enlarged', () => new TemplateMatcher({ ...frames, deltaWeight: 1 })],
  ['both floors deep', () => new TemplateMatcher({ ...frames, shallowRange: frames.deepRange })],
  ['both floors shallow', () => new TemplateMatcher({ ...frames, deepRange: frames.shallowRange })],
];

await runWithLiveEventLoop(async () => {
  const data = option('data') ?? (existsSync('../shared/data') ? '../shared/data' : 'test/fixtures/voices');
  const voices = new Voices(data);
  const drawCount = Number(option('draws') ?? 2);
  const mostSpeakers = Number(option('speakers') ?? 4);
  const sets = ['arabic-commands', 'english-commands', 'mandarin-english-words', 'english-digits-8k'].filter(
    (set) => voices.clips.some((clip) => clip.set === set),
  );
  const noises: Float32Array[] = [];
  for (const clip of voices.clips.filter(({ set }) => set === 'noise'))
    noises.push(await voices.soundOf(clip));

  const rows: TidyRow[] = [];
  for (const set of sets) {
    const speakers = await speakersOf(voices, set, mostSpeakers);
    const noisy =
      noises.length > 0 ? { snrDb: 10, features: await mixNoise(speakers, noises, 10) } : undefined;
    for (const [variant, matcher] of variants) {
      const conditions = {
        set,
        scorer: templatesScorer(new RememberingMatcher(matcher())),
        speakers,
        drawCount,
      };
      for (const row of [
        ...(await runFewShot(conditions, 1)),
        ...(await runFewShot(conditions, 3)),
        ...(noisy === undefined ? [] : await runFewShot(conditions, 3, noisy)),
      ]) {
        rows.push({ ...row, variant });
      }
    }
  }

  const columns = [...new Set(rows.map(({ set, k, snrDb }) => columnOf(set, k, snrDb)))];
  printTable(
    variants.map(([variant]) => ({
      variant,
      ...Object.fromEntries(
        rows
          .filter((row) => row.variant === variant)
          .map(({ set, k, snrDb, value }) => [columnOf(set, k, snrDb), (100 * Number(value)).toFixed(1)]),
      ),
    })),
    ['variant', ...columns],
  );
  writeJsonIfAsked(rows);
  return 0;
});

function columnOf(set: unknown, k: unknown, snrDb: unknown): string {
  const name = String(set)
    .replace(/-(commands|words|english-words|8k)$/, '')
    .replace('english-digits', 'digits');
  return snrDb === undefined ? `${name} k=${k}` : `${name} ${snrDb} dB`;
}
