import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../src/core/random';
import { SAMPLE_RATE_HZ } from '../src/core/units';
import { colouredNoise } from './shape-sound';
import { requireSpeechTools, type SyntheticSpeaker, synthesiseTake, writeFlac } from './synthesise';

/**
 * Makes the synthetic voices for tests and for `bench:speech --data test/fixtures/voices`: a folder
 * `voices/` with a `manifest.tsv` of `path set speaker word take session`, paths relative to the manifest.
 */
const OUTPUT = join(import.meta.dirname, '..', 'test', 'fixtures', 'voices', 'voices');

const TAKES_PER_WORD = 5;
const CONTINUOUS_SECONDS = 15;
const NOISE_SECONDS = 5;

const words = ['lights', 'music', 'timer', 'window', 'higher', 'lower', 'stop', 'home'];

const speakers: Readonly<Record<string, SyntheticSpeaker>> = {
  sy00: { voice: 'en-us+m3', wordsPerMinute: 165, pitch: 42 },
  sy01: { voice: 'en-gb-scotland+steph', wordsPerMinute: 150, pitch: 58 },
};

const commandVariation = {
  wordsPerMinute: 24,
  pitch: 8,
  wobble: 0.015,
  levelDb: [-35, -25],
  noiseDb: [-78, -64],
  marginMs: [100, 220],
} as const;

const readers: Readonly<Record<string, { speaker: SyntheticSpeaker; text: string }>> = {
  sy02: {
    speaker: { voice: 'en-gb+m7', wordsPerMinute: 170, pitch: 38 },
    text: `The ferry left a little after seven, when the harbour was still grey and the gulls had not yet
      begun their quarrel. Nobody on deck spoke. A woman in a green coat counted her parcels twice, found one
      too many, and laughed so loudly that the captain turned round. Behind us the town grew small, then
      smaller, until only the chimney of the old mill could be told apart from the hill.`,
  },
  sy03: {
    speaker: { voice: 'en-us+anika', wordsPerMinute: 165, pitch: 55 },
    text: `My grandfather kept bees, and he talked to them every evening as one talks to neighbours over a
      fence. He told them about the weather, about the price of sugar, and about whichever of us had been
      rude at dinner. When he was ill, my sister took the chair beside the hives and read the newspaper
      aloud, because somebody, she said, ought to keep them informed.`,
  },
};

const readingVariation = {
  wordsPerMinute: 0,
  pitch: 0,
  wobble: 0.015,
  levelDb: [-33, -33],
  noiseDb: [-80, -80],
  marginMs: [150, 250],
} as const;

requireSpeechTools();
rmSync(OUTPUT, { recursive: true, force: true });

const manifest = ['path\tset\tspeaker\tword\ttake\tsession'];
let seed = 1;

function addClip(path: string, samples: Float32Array, columns: readonly (string | number)[]): void {
  writeFlac(join(OUTPUT, path), samples);
  manifest.push([path, ...columns].join('\t'));
  seed += 1;
}

for (const [id, speaker] of Object.entries(speakers)) {
  for (const word of words) {
    for (let take = 0; take < TAKES_PER_WORD; take += 1) {
      const path = `synthetic-commands/${id}/${word}-${String(take).padStart(2, '0')}.flac`;
      const samples = synthesiseTake(word, speaker, commandVariation, seed);
      addClip(path, samples, ['synthetic-commands', id, word, take, 1]);
    }
  }
}

for (const [id, { speaker, text }] of Object.entries(readers)) {
  const whole = synthesiseTake(text.replace(/\s+/g, ' '), speaker, readingVariation, seed);
  const samples = whole.subarray(0, CONTINUOUS_SECONDS * SAMPLE_RATE_HZ);
  addClip(`continuous-speech/${id}-0000.flac`, samples, ['continuous-speech', id, '-', '0000', 1]);
}

for (const colour of ['pink', 'brown'] as const) {
  const samples = colouredNoise(colour, NOISE_SECONDS * SAMPLE_RATE_HZ, -44, seededRandom(seed));
  addClip(`noise/${colour}-noise.flac`, samples, ['noise', '-', '-', 0, 1]);
}

writeFileSync(join(OUTPUT, 'manifest.tsv'), `${manifest.join('\n')}\n`);
console.log(`${manifest.length - 1} clips in ${OUTPUT}`);
