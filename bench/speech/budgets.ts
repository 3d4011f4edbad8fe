import { shuffled } from '../../src/core/random';
import { BUDGET_LIMITS, type FalseTriggerBudget } from '../../src/speech/recognition/false-trigger-budget';
import type { TidyRow } from '../report';
import type { Conditions, ContinuousSpeech } from './protocols';
import { enrolledOf } from './protocols';
import { drawTakes, randomOf } from './speaker-clips';
import { meanAndSpread } from './statistics';

const BUDGETS: readonly FalseTriggerBudget[] = ['hour', 'day', 'week'];
const K = 3;

/**
 * budget: half of a speaker's words are taught, as in open-set. What each false-trigger budget really lets in (other
 * people's running speech an hour, the speaker's own other words), beside what was asked for; and what it really
 * misses, beside what the app told the person it would.
 */
export async function runBudgets(
  { set, scorer, speakers, drawCount }: Conditions,
  continuous: ContinuousSpeech,
): Promise<TidyRow[]> {
  const values = new Map<string, number[]>();
  for (const speaker of speakers) {
    for (let draw = 0; draw < drawCount; draw += 1) {
      const random = randomOf(speaker.speaker, draw, K);
      const known = shuffled(speaker.words, random).slice(0, Math.ceil(speaker.words.length / 2));
      const { enrolled, tested } = drawTakes(speaker, known, K, random);
      if (tested.length === 0) continue;
      const { recognise, useBudget } = await scorer.enrol(enrolled.map(enrolledOf));
      if (useBudget === undefined) return [];
      const others = speaker.clips.flatMap(({ clip, features }) =>
        known.includes(clip.word) || features === undefined ? [] : [features],
      );
      for (const budget of BUDGETS) {
        const { ownWordsShare, perHour } = BUDGET_LIMITS[budget];
        const expectedMiss = useBudget(budget);
        const missed = tested.filter(({ clip, features }) => {
          const verdict = features && recognise(features);
          return verdict?.isAccepted !== true || verdict.word !== clip.word;
        });
        const letIn = others.filter((features) => recognise(features).isAccepted);
        const found: [string, number][] = [
          ['missShare', missed.length / tested.length],
          ['missShareExpected', expectedMiss],
          ['ownWordsAccepted', others.length === 0 ? 0 : letIn.length / others.length],
          ['ownWordsAsked', ownWordsShare],
        ];
        if (continuous.hours > 0) {
          const heard = continuous.utterances.filter((features) => recognise(features).isAccepted);
          found.push(['falsePerHour', heard.length / continuous.hours], ['falsePerHourAsked', perHour]);
        }
        for (const [metric, value] of found) {
          const key = `${budget} ${metric}`;
          values.set(key, [...(values.get(key) ?? []), value]);
        }
      }
    }
  }
  return [...values].map(([key, found]) => {
    const [budget = '', metric = ''] = key.split(' ');
    const row = { bench: 'speech', set, scorer: scorer.name, protocol: `budget ${budget}`, k: K, metric };
    return { ...row, ...meanAndSpread(found) };
  });
}
