import { existsSync } from 'node:fs';
import { Endpointer } from '../../src/audio/endpointing';
import { innerPausesMs, LearntPause, PauseWatch } from '../../src/audio/learnt-pause';
import { findSpeechSpan } from '../../src/audio/speech-span';
import type { Random } from '../../src/core/random';
import { SAMPLE_RATE_HZ, sampleIndex } from '../../src/core/units';
import { runWithLiveEventLoop } from '../live-event-loop';
import { option, printTable, type TidyRow, writeJsonIfAsked } from '../report';
import { Voices } from '../voices';
import { randomOf, type SpeakerClips, speakersOf } from './speaker-clips';
import { meanAndSpread } from './statistics';

/**
 * How often somebody who pauses between two words is cut off, and how long they wait for the answer, with a hangover
 * of 300 ms and with a learnt one. One real word of a speaker, or two with a pause between them, in a quiet room; pauses
 * are log-normal, words with a silence in them are left out. A cut-off counts as evidence when the first half was no phrase, which here it never is.
 *
 *     npx tsx bench/speech/learnt-pause.ts [--data DIR] [--speakers N] [--utterances N] [--json FILE]
 */
const START_MS = 300;
const SPREAD = 0.35;
const ROOM_DB = -65;
const LONGEST_CLOSURE_MS = 120;
const speeds = [
  { speed: 'one word', medianMs: 0 },
  { speed: 'fast', medianMs: 90 },
  { speed: 'usual', medianMs: 200 },
  { speed: 'slow', medianMs: 450 },
  { speed: 'very slow', medianMs: 800 },
] as const;

interface Outcome {
  readonly wasCutOff: boolean;
  readonly waitMs: number;
}

await runWithLiveEventLoop(async () => {
  const data = option('data') ?? (existsSync('../shared/data') ? '../shared/data' : 'test/fixtures/voices');
  const voices = new Voices(data);
  const utterances = Number(option('utterances') ?? 120);
  const speakerCount = Number(option('speakers') ?? 3);
  const sets = [...new Set(voices.clips.map(({ set }) => set))].filter((set) =>
    /arabic-commands|mandarin-english-words|synthetic/.test(set),
  );
  const speakers: SpeakerClips[] = [];
  for (const set of sets) speakers.push(...(await speakersOf(voices, set, speakerCount)));

  const rows: TidyRow[] = [];
  for (const { speed, medianMs } of speeds)
    for (const hangover of ['fixed', 'learnt'] as const) {
      const first: number[] = [];
      const last: number[] = [];
      const waits: number[] = [];
      for (const speaker of speakers) {
        const outcomes = talk(speaker, medianMs, utterances, hangover === 'learnt');
        first.push(cutOffShare(outcomes.slice(0, utterances / 4)));
        last.push(cutOffShare(outcomes.slice(-utterances / 2)));
        waits.push(meanAndSpread(outcomes.slice(-utterances / 2).map(({ waitMs }) => waitMs)).value);
      }
      rows.push({
        bench: 'learnt-pause',
        speed,
        medianMs,
        hangover,
        cutOffFirstQuarter: 100 * meanAndSpread(first).value,
        cutOffLastHalf: 100 * meanAndSpread(last).value,
        waitMsLastHalf: meanAndSpread(waits).value,
      });
    }
  printTable(rows, [
    'speed',
    'medianMs',
    'hangover',
    'cutOffFirstQuarter',
    'cutOffLastHalf',
    'waitMsLastHalf',
  ]);
  writeJsonIfAsked(rows);
  return 0;
});

function cutOffShare(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ wasCutOff }) => wasCutOff).length / outcomes.length;
}

function talk(speaker: SpeakerClips, medianMs: number, utterances: number, isLearnt: boolean): Outcome[] {
  const random = randomOf(speaker.speaker, 1, medianMs);
  const words = speaker.clips.flatMap(({ samples }) => {
    const span = findSpeechSpan(samples);
    if (span === undefined) return [];
    // With a breath or a click apart from the word the pauses would not be the ones drawn.
    const isOnePiece = innerPausesMs(samples).every((pauseMs) => pauseMs <= LONGEST_CLOSURE_MS);
    return isOnePiece ? [samples.subarray(span.firstSpeechFrame * 160, span.endSpeechFrame * 160)] : [];
  });
  const pause = new LearntPause(START_MS);
  const endpointer = new Endpointer({ hangoverMs: pause.hangoverMs, maximumMs: 8_000 });
  const watch = new PauseWatch();
  let position = 0;
  return Array.from({ length: utterances }, () => {
    const pauseMs = medianMs * Math.exp(SPREAD * gaussian(random));
    const wordOf = (): Float32Array => words[Math.floor(random() * words.length)] as Float32Array;
    const said = medianMs === 0 ? [wordOf()] : [wordOf(), pauseMs, wordOf()];
    const samples = inRoom([1_800, ...said, 1_700], random);
    const heard = watch.push(endpointer.push({ start: sampleIndex(position), samples }));
    position += samples.length;
    const waitMs = isLearnt ? pause.hangoverMs : START_MS;
    const wasCutOff = heard.length > 1;
    if (isLearnt) {
      for (const { resumedAfterMs, pausesMs } of heard)
        if (resumedAfterMs !== undefined) pause.observeCutOff(resumedAfterMs);
        else if (!wasCutOff) pause.observeUtterance(pausesMs);
      endpointer.configure({ hangoverMs: pause.hangoverMs, maximumMs: 8_000 });
    }
    return { wasCutOff, waitMs };
  });
}

/** @param parts sound, or milliseconds of silence */
function inRoom(parts: readonly (Float32Array | number)[], random: Random): Float32Array {
  const sounds = parts.map((part) =>
    typeof part === 'number' ? new Float32Array(Math.round((part / 1_000) * SAMPLE_RATE_HZ)) : part,
  );
  const samples = new Float32Array(sounds.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const sound of sounds) {
    samples.set(sound, offset);
    offset += sound.length;
  }
  const scale = 10 ** (ROOM_DB / 20) * Math.sqrt(3);
  return samples.map((sample) => sample + scale * (2 * random() - 1));
}

function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
