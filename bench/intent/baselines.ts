import type { IntentExample } from '../../src/behaviour/intent/intent-model';
import { wordsOf } from '../../src/behaviour/intent/text-features';

/** Names an intent for a text, with how sure it is: higher is surer, on a scale of its own. */
export type Classifier = (text: string) => { readonly intent: string; readonly score: number };

type Counts = ReadonlyMap<string, number>;

/** The intent of the most similar example, by the cosine of plain counts of 1 to 4 characters. */
export function mostSimilarExample(examples: readonly IntentExample[]): Classifier {
  const known = examples.map(({ text, intent }) => ({ intent, counts: unit(characterCounts(text)) }));
  return (text) => best(unit(characterCounts(text)), known);
}

/** The intent with the nearest centroid of word counts. */
export function nearestCentroid(examples: readonly IntentExample[]): Classifier {
  const sums = new Map<string, Map<string, number>>();
  for (const { text, intent } of examples) {
    const sum = sums.get(intent) ?? new Map<string, number>();
    for (const [word, share] of unit(wordCounts(text))) sum.set(word, (sum.get(word) ?? 0) + share);
    sums.set(intent, sum);
  }
  const known = [...sums].map(([intent, sum]) => ({ intent, counts: unit(sum) }));
  return (text) => best(unit(wordCounts(text)), known);
}

function best(
  counts: Counts,
  known: readonly { readonly intent: string; readonly counts: Counts }[],
): { readonly intent: string; readonly score: number } {
  let found = { intent: '', score: Number.NEGATIVE_INFINITY };
  for (const { intent, counts: other } of known) {
    let score = 0;
    for (const [feature, value] of counts) score += value * (other.get(feature) ?? 0);
    if (score > found.score) found = { intent, score };
  }
  return found;
}

function characterCounts(text: string): Counts {
  const plain = ` ${text.toLowerCase()} `;
  const counts = new Map<string, number>();
  for (const size of [1, 2, 3, 4])
    for (let at = 0; at + size <= plain.length; at += 1) count(counts, plain.slice(at, at + size));
  return counts;
}

function wordCounts(text: string): Counts {
  const counts = new Map<string, number>();
  for (const word of wordsOf(text)) count(counts, word);
  return counts;
}

const count = (counts: Map<string, number>, feature: string): void =>
  void counts.set(feature, (counts.get(feature) ?? 0) + 1);

function unit(counts: Counts): Counts {
  const norm = Math.sqrt([...counts.values()].reduce((sum, value) => sum + value * value, 0));
  return new Map([...counts].map(([feature, value]) => [feature, value / norm]));
}
