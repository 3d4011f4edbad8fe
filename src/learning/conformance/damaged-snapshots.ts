import type { LearnerSnapshot } from '../learner';

interface Damaged {
  readonly snapshot: unknown;
  readonly description: string;
}

/** Damages of more members are no more telling, and take long for a large state. */
const MOST_MEMBERS = 60;

/** A snapshot in all the ways in which it must not be loaded. */
export function damagedSnapshots(whole: LearnerSnapshot): readonly Damaged[] {
  const { state, weights } = whole;
  const damaged: Damaged[] = [
    { snapshot: undefined, description: 'nothing' },
    { snapshot: null, description: 'null' },
    { snapshot: 'snapshot', description: 'a text' },
    { snapshot: [], description: 'a list' },
    { snapshot: {}, description: 'an empty object' },
    {
      snapshot: { ...whole, learnerType: `${whole.learnerType}-of-others` },
      description: 'another learner type',
    },
    { snapshot: { ...whole, version: whole.version + 1 }, description: 'a newer version' },
    { snapshot: { ...whole, version: 'one' }, description: 'a version that is a text' },
    { snapshot: { ...whole, state: undefined }, description: 'no state' },
    { snapshot: { ...whole, state: [state] }, description: 'a state that is a list' },
    ...damagedMembers(state, 'state').map(({ snapshot, description }) => ({
      snapshot: { ...whole, state: snapshot },
      description,
    })),
  ];
  if (weights === undefined) return damaged;
  return [
    ...damaged,
    { snapshot: { ...whole, weights: weights.slice(0, -1) }, description: 'weights cut short' },
    { snapshot: { ...whole, weights: 'weights' }, description: 'weights that are a text' },
    { snapshot: { ...whole, weights: undefined }, description: 'no weights' },
  ];
}

/** The value with one member, however deep, replaced by something of another type; once for each member. */
function damagedMembers(value: unknown, path: string): readonly Damaged[] {
  if (typeof value !== 'object' || value === null) return [];
  const damaged: Damaged[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (damaged.length >= MOST_MEMBERS) break;
    const where = `${path}.${name}`;
    const replaceBy = (replacement: unknown): unknown => {
      const copy: unknown = structuredClone(value);
      Object.assign(copy as object, { [name]: replacement });
      return copy;
    };
    if (member !== null) {
      const other = typeof member === 'string' ? { damaged: true } : 'damaged';
      damaged.push({ snapshot: replaceBy(other), description: `${where} of another type` });
    }
    if (typeof member === 'number')
      damaged.push({ snapshot: replaceBy(Number.NaN), description: `${where} that is not a number` });
    for (const inner of damagedMembers(member, where))
      damaged.push({ snapshot: replaceBy(inner.snapshot), description: inner.description });
  }
  return damaged.slice(0, MOST_MEMBERS);
}
