import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SampleClip } from '../src/agents/echo-state';
import { requireSpeechTools, type SyntheticSpeaker, synthesiseTake, writeFlac } from './synthesise';

/**
 * Makes the built-in sample voices in `public/samples`, so that somebody without a microphone can teach
 * and try at once. The clips are committed; run this after changing what is said.
 */
const OUTPUT = join(import.meta.dirname, '..', 'public', 'samples');

const TEACH_CLIPS = 3;
const SAY_CLIPS = 1;

const variation = {
  wordsPerMinute: 20,
  pitch: 7,
  wobble: 0.012,
  levelDb: [-25.5, -20.5],
  noiseDb: [-78, -70],
  marginMs: [210, 280],
} as const;

interface SampleVoice {
  /** As shown on the page. */
  readonly name: string;
  readonly language: string;
  readonly speaker: SyntheticSpeaker;
  readonly phrases: readonly {
    readonly slug: string;
    readonly text: string;
    /** What espeak-ng is given where that differs from the text. */
    readonly spelling?: string;
  }[];
}

const voices: readonly SampleVoice[] = [
  {
    name: 'Rowan',
    language: 'en',
    speaker: { voice: 'en-gb+m3', wordsPerMinute: 160, pitch: 45 },
    phrases: [
      { slug: 'good-morning', text: 'good morning' },
      { slug: 'tea-timer', text: 'tea timer' },
      { slug: 'lights-out', text: 'lights out' },
    ],
  },
  {
    name: '小雨',
    language: 'zh-CN',
    // Pinyin, not characters: espeak-ng's `cmn` voice spells out the pinyin of characters in English letters,
    // and pauses between characters.
    speaker: { voice: 'cmn-latn-pinyin+steph', wordsPerMinute: 165, pitch: 52 },
    phrases: [
      { slug: 'zaoshang-hao', text: '早上好', spelling: 'zao3shang4hao3' },
      { slug: 'pao-cha', text: '泡茶', spelling: 'pao4cha2' },
      { slug: 'ji-yixia', text: '记一下', spelling: 'ji4yi2xia4' },
    ],
  },
];

requireSpeechTools();
rmSync(OUTPUT, { recursive: true, force: true });
mkdirSync(OUTPUT, { recursive: true });

const clips: SampleClip[] = [];
let seed = 1;
for (const { name, language, speaker, phrases } of voices) {
  for (const { slug, text, spelling = text } of phrases) {
    for (let clip = 0; clip < TEACH_CLIPS + SAY_CLIPS; clip += 1) {
      const use = clip < TEACH_CLIPS ? 'teach' : 'say';
      const number = clip < TEACH_CLIPS ? clip + 1 : clip - TEACH_CLIPS + 1;
      const id = `${language.toLowerCase()}-${slug}-${use}-${number}`;
      writeFlac(join(OUTPUT, `${id}.flac`), synthesiseTake(spelling, speaker, variation, seed));
      clips.push({ id, voice: name, phrase: text, language, url: `samples/${id}.flac`, use });
      seed += 1;
    }
  }
}
writeFileSync(join(OUTPUT, 'samples.json'), `${JSON.stringify(clips, null, 2)}\n`);
console.log(`${clips.length} clips in ${OUTPUT}`);
