import type { TakeId } from '../../core/ids';
import { meanOf, medianOf } from '../voice/robust-statistics';
import { inOrder, medoidOf, type PronouncedTake, type TakeDistance } from './phrase-medoid';

/** One way of saying a phrase. */
export interface Variant {
  readonly medoid: TakeId;
  readonly takes: readonly TakeId[];
}

export interface VariantSplit {
  /** One unless the takes fall apart clearly; then two or three, the one with most takes first. */
  readonly variants: readonly Variant[];
  /** A take that no other resembles: misspoken, cut off, or of another phrase. */
  readonly oddTake: TakeId | undefined;
}

const MOST_VARIANTS = 3;
/** A way of saying something was meant if it was said twice. */
const LEAST_TAKES = 2;
/**
 * Mean silhouette (Rousseeuw, 1987) of takes that fall apart: between their groups lies twice what lies within. Takes of one
 * word reach it by chance in 1 to 6 of 100 cases, two words filed under one phrase in 57 to 69 (decision 11).
 */
const LEAST_SILHOUETTE = 0.5;
/** And no take may lie between two groups. */
const LEAST_OWN_SILHOUETTE = 0.1;
/** Another group has to explain clearly more. */
const LEAST_GAIN = 0.1;
const LEAST_TAKES_FOR_ODD = 5;
/** Farther from its nearest neighbour than the others are from each other, by this factor: 1 to 6 of 100 by chance. */
const ODD_FACTOR = 1.75;

/**
 * Whether a phrase is said in more than one way, and whether one take is odd, by the distances between its takes alone: what
 * spread is usual for this person and phrase is in them. A function of the set of takes.
 */
export function splitVariants(takes: readonly PronouncedTake[], distance: TakeDistance): VariantSplit {
  const oddTake = oddTakeOf(takes, distance);
  const rest = inOrder(takes).filter((take) => take !== oddTake);
  let best = { groups: [rest] as readonly (readonly PronouncedTake[])[], silhouette: 0 };
  for (let count = 2; count <= MOST_VARIANTS && rest.length >= count * LEAST_TAKES; count += 1) {
    const split = bestSplit(rest, count, distance);
    const needed = count === 2 ? LEAST_SILHOUETTE : Math.max(LEAST_SILHOUETTE, best.silhouette + LEAST_GAIN);
    if (split !== undefined && split.silhouette >= needed) best = split;
  }
  const variants = best.groups.flatMap((group): Variant[] => {
    const medoid = medoidOf(group, distance);
    return medoid === undefined ? [] : [{ medoid: medoid.takeId, takes: group.map(({ takeId }) => takeId) }];
  });
  variants.sort((a, b) => b.takes.length - a.takes.length || (a.medoid < b.medoid ? -1 : 1));
  return { variants, oddTake: oddTake?.takeId };
}

function oddTakeOf(takes: readonly PronouncedTake[], distance: TakeDistance): PronouncedTake | undefined {
  if (takes.length < LEAST_TAKES_FOR_ODD) return undefined;
  const ordered = inOrder(takes);
  const nearest = ordered.map((take) =>
    Math.min(...ordered.flatMap((other) => (other === take ? [] : [distance(take, other)]))),
  );
  const farthest = nearest.indexOf(Math.max(...nearest));
  const others = ordered.filter((_, index) => index !== farthest);
  const between = others.flatMap((one, index) =>
    others.slice(index + 1).map((other) => distance(one, other)),
  );
  return (nearest[farthest] as number) > ODD_FACTOR * medianOf(between) ? ordered[farthest] : undefined;
}

/** Tries every choice of medoids: a phrase has ten takes at most. */
function bestSplit(
  takes: readonly PronouncedTake[],
  count: number,
  distance: TakeDistance,
): { groups: readonly (readonly PronouncedTake[])[]; silhouette: number } | undefined {
  let best: { groups: readonly (readonly PronouncedTake[])[]; silhouette: number } | undefined;
  for (const medoids of choicesOf(takes, count)) {
    const groups = medoids.map((medoid) =>
      takes.filter((take) => {
        const [nearest] = [...medoids].sort((a, b) => from(a, take) - from(b, take));
        return nearest === medoid;
      }),
    );
    if (groups.some((group) => group.length < LEAST_TAKES)) continue;
    const silhouettes = takes.map((take) => silhouetteOf(take, groups, distance));
    if (Math.min(...silhouettes) < LEAST_OWN_SILHOUETTE) continue;
    const silhouette = meanOf(silhouettes);
    if (best === undefined || silhouette > best.silhouette) best = { groups, silhouette };
  }
  return best;

  function from(medoid: PronouncedTake, take: PronouncedTake): number {
    return medoid === take ? -1 : distance(medoid, take);
  }
}

function silhouetteOf(
  take: PronouncedTake,
  groups: readonly (readonly PronouncedTake[])[],
  distance: TakeDistance,
): number {
  const toOwn: number[] = [];
  const toOthers: number[] = [];
  for (const group of groups) {
    const distances = group.flatMap((other) => (other === take ? [] : [distance(take, other)]));
    (group.includes(take) ? toOwn : toOthers).push(meanOf(distances));
  }
  const [within = 0, between] = [toOwn[0], Math.min(...toOthers)];
  return (between - within) / Math.max(between, within, Number.MIN_VALUE);
}

function* choicesOf<T>(items: readonly T[], count: number, from = 0): Generator<T[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (let index = from; index <= items.length - count; index += 1)
    for (const rest of choicesOf(items, count - 1, index + 1)) yield [items[index] as T, ...rest];
}
