import type { Random } from '../../core/random';
import type { LearningData } from '../learning-data';

export interface MalformedCall {
  /** Passed as `data`, although its type is none that `learn` takes. */
  readonly data: LearningData[];
  readonly description: string;
}

const REQUIRED = [
  'id',
  'userId',
  'agentId',
  'dataType',
  'content',
  'privacyLevel',
  'qualityScore',
  'createdAt',
] as const;

/** Nothing here fits any required member. */
const junk: readonly [string, () => unknown][] = [
  ['undefined', () => undefined],
  ['null', () => null],
  ['true', () => true],
  ['an empty text', () => ''],
  ['-1', () => -1],
  ['not a number', () => Number.NaN],
  ['infinity', () => Number.POSITIVE_INFINITY],
  ['a list', () => []],
  ['a function', () => () => 1],
  ['a symbol', () => Symbol('junk')],
  ['a big integer', () => 1n],
  ['an invalid date', () => new Date(Number.NaN)],
  ['a map', () => new Map()],
];

/** Each would be a member of `content`, which holds plain JSON only. */
const nonJson: readonly [string, () => unknown][] = [
  ['not a number', () => Number.NaN],
  ['infinity', () => Number.NEGATIVE_INFINITY],
  ['undefined', () => undefined],
  ['a function', () => () => 1],
  ['a date', () => new Date(0)],
  ['bytes', () => new Uint8Array(2)],
  ['a big integer', () => 1n],
  ['something that contains itself', circular],
  ['something nested very deeply', () => nested(10_000)],
];

const notLists: readonly [string, () => unknown][] = [
  ['undefined', () => undefined],
  ['null', () => null],
  ['a number', () => 5],
  ['a text', () => 'data'],
  ['something like a list', () => ({ length: 1, 0: {} })],
  ['a list with holes', () => new Array(3)],
  ['a list of lists', () => [[]]],
];

/** Calls with something wrong in them, drawn from `random`: the same for the same seed. */
export function* malformedCalls(
  samples: () => LearningData[],
  cases: number,
  random: Random,
): Generator<MalformedCall> {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  for (const [description, make] of notLists) yield call(make(), `data that is ${description}`);
  for (let made = notLists.length; made < cases; made += 1) {
    const data: unknown[] = samples();
    const at = Math.floor(random() * data.length);
    const good = data[at] as LearningData;
    const member = pick(REQUIRED);
    const [name, make] = pick(junk);
    const [contentName, makeContent] = pick(nonJson);
    const [bad, description] = pick<() => readonly [unknown, string]>([
      () => [make(), `${name} among the data`],
      () => [{ ...good, [member]: make() }, `${member} that is ${name}`],
      () => [without(good, member), `data without ${member}`],
      () => [withThrowing(good, member), `data whose ${member} cannot be read`],
      () => [
        { ...good, content: { ...good.content, extra: makeContent() } },
        `content that holds ${contentName}`,
      ],
    ])();
    data[at] = bad;
    yield call(data, description);
  }
}

function call(data: unknown, description: string): MalformedCall {
  // The point of it: at run time nothing keeps a caller from passing this.
  return { data: data as LearningData[], description };
}

function without(data: LearningData, member: keyof LearningData): unknown {
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== member));
}

function withThrowing(data: LearningData, member: keyof LearningData): unknown {
  return Object.defineProperty({ ...data }, member, {
    enumerable: true,
    get: () => {
      throw new Error('unreadable');
    },
  });
}

function circular(): unknown {
  const loop: { self?: unknown } = {};
  loop.self = loop;
  return loop;
}

function nested(depth: number): unknown {
  let value: unknown = {};
  for (let level = 0; level < depth; level += 1) value = { value };
  return value;
}
