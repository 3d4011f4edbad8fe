import { existsSync } from 'node:fs';
import type { PhraseId, TakeId } from '../../src/core/ids';
import { shuffled } from '../../src/core/random';
import type { UtteranceFeatures } from '../../src/features/utterance-features';
import type { TakeEvidence } from '../../src/speech/teaching/error-curve';
import { planRecordings } from '../../src/speech/teaching/next-recording';
import { TemplateMatcher } from '../../src/speech/templates/template-matcher';
import { runWithLiveEventLoop } from '../live-event-loop';
import { option, printTable, type TidyRow, writeJsonIfAsked } from '../report';
import { Voices } from '../voices';
import { randomOf, type SpeakerClips, speakersOf } from './speaker-clips';
import { meanAndSpread } from './statistics';

/** Error before, and by how much one recording cuts it: a random one, the planned one, the best one, and as told. */
type Trial = {
  readonly [Name in 'error' | 'random' | 'planned' | 'best' | 'told']: number;
};

function meanOfTrials(trials: readonly Trial[]): Trial {
  const mean = (name: keyof Trial): number => meanAndSpread(trials.map((trial) => trial[name])).value;
  return {
    error: mean('error'),
    random: mean('random'),
    planned: mean('planned'),
    best: mean('best'),
    told: mean('told'),
  };
}

class Speaker {
  readonly #name: string;
  readonly #words: readonly string[];
  /** Word of every usable clip. */
  readonly #wordOf: readonly string[];
  readonly #distances: readonly Float64Array[];

  constructor({ speaker, words, clips }: SpeakerClips) {
    const matcher = new TemplateMatcher();
    const usable = clips.filter(({ features }) => features !== undefined);
    const views = usable.map(({ features }) => matcher.viewOf(features as UtteranceFeatures));
    this.#name = speaker;
    this.#words = words;
    this.#wordOf = usable.map(({ clip }) => clip.word);
    this.#distances = views.map(() => new Float64Array(views.length));
    for (const [one, view] of views.entries())
      for (let other = 0; other < one; other += 1) {
        const distance = matcher.fine(view, views[other] as typeof view);
        (this.#distances[one] as Float64Array)[other] = distance;
        (this.#distances[other] as Float64Array)[one] = distance;
      }
  }

  play(k: number, draw: number): Trial | undefined {
    const random = randomOf(this.#name, draw, k);
    const enrolled = new Map<string, readonly number[]>();
    const spare: number[] = [];
    for (const word of this.#words) {
      const takes = shuffled(this.#clipsOf(word), random);
      if (takes.length < k + 2) continue;
      enrolled.set(word, takes.slice(0, k));
      spare.push(...takes.slice(k));
    }
    if (enrolled.size < 4) return undefined;
    const drops = new Map<string, number>();
    for (const [word, takes] of enrolled) {
      const ofWord = spare.flatMap((added) => {
        if (this.#wordOf[added] !== word) return [];
        const tested = spare.filter((clip) => clip !== added);
        const after = new Map(enrolled).set(word, [...takes, added]);
        return [this.#errorOf(enrolled, tested) - this.#errorOf(after, tested)];
      });
      drops.set(word, meanAndSpread(ofWord).value);
    }
    const [plan] = planRecordings(this.#evidenceOf(enrolled));
    if (plan === undefined) return undefined;
    const values = [...drops.values()];
    return {
      error: 100 * this.#errorOf(enrolled, spare),
      random: 100 * meanAndSpread(values).value,
      planned: 100 * (drops.get(plan.phraseId) ?? 0),
      best: 100 * Math.max(...values),
      told: 100 * plan.expectedErrorDrop,
    };
  }

  #clipsOf(word: string): number[] {
    return this.#wordOf.flatMap((each, clip) => (each === word ? [clip] : []));
  }

  #errorOf(enrolled: ReadonlyMap<string, readonly number[]>, tested: readonly number[]): number {
    const wrong = tested.filter((clip) => {
      let best: { word: string; distance: number } | undefined;
      for (const [word, distance] of this.#toWords(clip, enrolled))
        if (best === undefined || distance < best.distance) best = { word, distance };
      return best?.word !== this.#wordOf[clip];
    });
    return wrong.length / tested.length;
  }

  /** The rule of `TemplateScorer`, without its coarse search. */
  #toWords(clip: number, enrolled: ReadonlyMap<string, readonly number[]>): Map<string, number> {
    const distances = this.#distances[clip] as Float64Array;
    const toWords = new Map<string, number>();
    for (const [word, takes] of enrolled) {
      let first = Number.POSITIVE_INFINITY;
      let second = Number.POSITIVE_INFINITY;
      for (const take of takes) {
        if (take === clip) continue;
        const distance = distances[take] as number;
        if (distance < first) [first, second] = [distance, first];
        else if (distance < second) second = distance;
      }
      const isAlone = !Number.isFinite(second);
      toWords.set(word, isAlone ? first : 0.7 * first + 0.3 * Math.min(second, 1.5 * first));
    }
    return toWords;
  }

  #evidenceOf(enrolled: ReadonlyMap<string, readonly number[]>): TakeEvidence[] {
    return [...enrolled].flatMap(([word, takes]) =>
      takes.map((take) => {
        const rivals = this.#toWords(take, enrolled);
        rivals.delete(word);
        return {
          takeId: String(take).padStart(6, '0') as TakeId,
          phraseId: word as PhraseId,
          ownDistances: takes
            .filter((other) => other !== take)
            .map((other) => (this.#distances[take] as Float64Array)[other] as number),
          rivals: rivals as Map<PhraseId, number>,
        };
      }),
    );
  }
}

/**
 * Does recording the phrase that the planner asks for help more than recording another? From `k` takes of every word, every
 * word in turn gets one of its other takes, each of them in turn, and everything else is tested: so what a random recording
 * is worth, and the best one, are known without drawing. Points are of the error in per cent; means over speakers.
 *
 *     npx tsx bench/speech/planner.ts [--data DIR] [--set NAME] [--speakers N] [--draws N] [--json FILE]
 */
await runWithLiveEventLoop(async () => {
  const data = option('data') ?? (existsSync('../shared/data') ? '../shared/data' : 'test/fixtures/voices');
  const voices = new Voices(data);
  const drawCount = Number(option('draws') ?? 6);
  const most = Number(option('speakers') ?? 20);
  const asked = option('set');
  const sets = [...new Set(voices.clips.map(({ set }) => set))].filter((set) =>
    asked === undefined ? /commands|words|digits/.test(set) : set === asked,
  );
  const rows: TidyRow[] = [];
  for (const set of sets) {
    const speakers = (await speakersOf(voices, set, most)).map((speaker) => new Speaker(speaker));
    for (const k of [1, 2, 3]) {
      const bySpeaker = speakers.flatMap((speaker) => {
        const trials = Array.from({ length: drawCount }, (_, draw) => speaker.play(k, draw)).flatMap(
          (trial) => trial ?? [],
        );
        return trials.length === 0 ? [] : [meanOfTrials(trials)];
      });
      if (bySpeaker.length === 0) continue;
      const mean = meanOfTrials(bySpeaker);
      const { spread } = meanAndSpread(bySpeaker.map(({ planned, random }) => planned - random));
      const leadStandardError = spread / Math.sqrt(bySpeaker.length);
      rows.push({ bench: 'planner', set, k, ...mean, lead: mean.planned - mean.random, leadStandardError });
      console.log(JSON.stringify(rows.at(-1)));
    }
  }
  printTable(rows, ['set', 'k', 'error', 'random', 'planned', 'best', 'told', 'lead', 'leadStandardError']);
  writeJsonIfAsked(rows);
  return 0;
});
