import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IntentExample } from '../../src/behaviour/intent/intent-model';
import type { Random } from '../../src/core/random';

export interface IntentDataset {
  readonly name: string;
  readonly train: readonly IntentExample[];
  readonly test: readonly IntentExample[];
  /** Texts that none of the intents is meant by. */
  readonly outOfScope: readonly string[];
}

/** CLINC150 with out-of-scope queries (Larson et al. 2019, CC BY 3.0): `data_full.json` of clinc/oos-eval. */
export function readClinc(folder: string): IntentDataset {
  const file = JSON.parse(readFileSync(join(folder, 'clinc', 'data', 'data_full.json'), 'utf8')) as Record<
    'train' | 'test' | 'oos_test',
    readonly (readonly [string, string])[]
  >;
  const examples = (split: 'train' | 'test'): readonly IntentExample[] =>
    file[split].map(([text, intent]) => ({ text, intent }));
  return {
    name: 'CLINC150',
    train: examples('train'),
    test: examples('test'),
    outOfScope: file.oos_test.map(([text]) => text),
  };
}

/** BANKING77 (Casanueva et al. 2020, CC BY 4.0): `train.csv` and `test.csv` of PolyAI-LDN/task-specific-datasets. */
export function readBanking(folder: string): IntentDataset {
  const read = (split: string): readonly IntentExample[] =>
    csvRows(readFileSync(join(folder, 'banking', 'banking_data', `${split}.csv`), 'utf8'))
      .slice(1)
      .flatMap(([text, intent]) => (text === undefined || intent === undefined ? [] : [{ text, intent }]));
  return { name: 'BANKING77', train: read('train'), test: read('test'), outOfScope: [] };
}

/** `perIntent` examples of each intent, drawn without replacement; all of them when there are fewer. */
export function drawExamples(
  examples: readonly IntentExample[],
  perIntent: number,
  random: Random,
): readonly IntentExample[] {
  const groups = new Map<string, IntentExample[]>();
  for (const example of examples)
    groups.set(example.intent, [...(groups.get(example.intent) ?? []), example]);
  return [...groups.values()].flatMap((group) => {
    const left = [...group];
    return Array.from(
      { length: Math.min(perIntent, group.length) },
      () => left.splice(Math.floor(random() * left.length), 1)[0],
    ).filter((example) => example !== undefined);
  });
}

function csvRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}
