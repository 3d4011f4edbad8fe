import type { PhraseId, TakeId } from '../../core/ids';
import type { Exemplar } from '../recognition/scorer';
import type { Matcher } from '../templates/template-matcher';
import { type Consistency, consistencyOf, mean, median, pairsWithin } from './consistency';
import { type Place, placesFor } from './scaling';
import { type TakeDistances, takeDistances } from './take-distances';

export type Outlier =
  /** It sounds more like another phrase than like its own. */
  | { readonly kind: 'like-another'; readonly phraseId: PhraseId }
  /** It sounds unlike the other recordings of its phrase. */
  | { readonly kind: 'apart' };

export interface MappedTake {
  readonly takeId: TakeId;
  readonly phraseId: PhraseId;
  /** From 0 to 1, and from 0 to the `height` of the map, on the same scale. */
  readonly x: number;
  readonly y: number;
  readonly outlier: Outlier | undefined;
}

export interface MappedPhrase {
  readonly phraseId: PhraseId;
  readonly takeCount: number;
  /** `undefined` with one recording. */
  readonly consistency: Consistency | undefined;
}

/** Two phrases whose recordings lie among each other. */
export interface MapClash {
  readonly phraseIds: readonly [PhraseId, PhraseId];
  /** Share of their recordings that lie nearer to one of the other phrase, (0, 1]. */
  readonly mingled: number;
}

/** All recordings that teach, near each other where they sound alike. */
export interface TakeMap {
  readonly takes: readonly MappedTake[];
  /** In the order in which they were taught. */
  readonly phrases: readonly MappedPhrase[];
  /** Most mingled first. */
  readonly clashes: readonly MapClash[];
  /** Of the map whose width is 1. */
  readonly height: number;
}

/** A recording is apart when it is this many times as far from its phrase as the others are from each other. */
const APART_TIMES = 1.7;
/** And this share of the way to other phrases: the odd one of recordings that hardly differ does no harm. */
const APART_SHARE = 0.55;
/** With fewer recordings nobody can say which of them is the odd one. */
const LEAST_FOR_APART = 3;
const CLASH_FROM = 1 / 3;

/** Deterministic: the same recordings give the same map. Lets events in while it works. */
export async function mapTakes(examples: readonly Exemplar[], matcher?: Matcher): Promise<TakeMap> {
  const distances = await takeDistances(
    examples.map(({ features }) => features),
    matcher,
  );
  const groups = new Map<PhraseId, number[]>();
  for (const [index, { phraseId }] of examples.entries()) {
    groups.set(phraseId, [...(groups.get(phraseId) ?? []), index]);
  }
  const { places, height } = framed(placesFor(distances.count, distances.between));
  const typicalOther = typicalDistanceApart(groups, distances);
  return {
    takes: examples.map(({ takeId, phraseId }, index) => ({
      takeId,
      phraseId,
      ...(places[index] as Place),
      outlier: outlierOf(index, phraseId, groups, { distances, typicalOther }),
    })),
    phrases: [...groups].map(([phraseId, takes]) => ({
      phraseId,
      takeCount: takes.length,
      consistency: consistencyOf(takes, distances, typicalOther),
    })),
    clashes: clashesOf(groups, distances),
    height,
  };
}

/** Moved and scaled, both ways alike, so that everything just fits. */
function framed(places: readonly Place[]): { readonly places: readonly Place[]; readonly height: number } {
  const xs = places.map(({ x }) => x);
  const ys = places.map(({ y }) => y);
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)];
  const width = Math.max(...xs) - left;
  if (!(width > 0)) return { places: places.map(() => ({ x: 0.5, y: 0 })), height: 0 };
  return {
    places: places.map(({ x, y }) => ({ x: (x - left) / width, y: (y - bottom) / width })),
    height: (Math.max(...ys) - bottom) / width,
  };
}

function typicalDistanceApart(
  groups: ReadonlyMap<PhraseId, readonly number[]>,
  distances: TakeDistances,
): number {
  const phraseOf = new Map([...groups].flatMap(([phraseId, takes]) => takes.map((take) => [take, phraseId])));
  const apart = pairsWithin([...phraseOf.keys()])
    .filter(([a, b]) => phraseOf.get(a) !== phraseOf.get(b))
    .map(([a, b]) => distances.between(a, b));
  return median(apart) ?? distances.typicalOther;
}

function outlierOf(
  take: number,
  phraseId: PhraseId,
  groups: ReadonlyMap<PhraseId, readonly number[]>,
  { distances, typicalOther }: { readonly distances: TakeDistances; readonly typicalOther: number },
): Outlier | undefined {
  const siblings = (groups.get(phraseId) ?? []).filter((other) => other !== take);
  // With nothing of its own to compare with it may be anywhere.
  if (siblings.length === 0) return undefined;
  const toOwn = meanDistance(take, siblings, distances);
  let nearest: { readonly phraseId: PhraseId; readonly distance: number } | undefined;
  for (const [other, takes] of groups) {
    if (other === phraseId) continue;
    const distance = meanDistance(take, takes, distances);
    if (distance < (nearest?.distance ?? toOwn)) nearest = { phraseId: other, distance };
  }
  if (nearest !== undefined) return { kind: 'like-another', phraseId: nearest.phraseId };
  return toOwn > APART_SHARE * typicalOther && isApart(take, siblings, distances)
    ? { kind: 'apart' }
    : undefined;
}

function isApart(take: number, siblings: readonly number[], distances: TakeDistances): boolean {
  if (siblings.length + 1 < LEAST_FOR_APART) return false;
  const spread = median(pairsWithin(siblings).map(([a, b]) => distances.between(a, b))) ?? 0;
  return spread > 0 && meanDistance(take, siblings, distances) > APART_TIMES * spread;
}

const meanDistance = (take: number, others: readonly number[], distances: TakeDistances): number =>
  mean(others.map((other) => distances.between(take, other)));

function clashesOf(
  groups: ReadonlyMap<PhraseId, readonly number[]>,
  distances: TakeDistances,
): readonly MapClash[] {
  const within = [...groups.values()].flatMap((takes) =>
    pairsWithin(takes).map(([a, b]) => distances.between(a, b)),
  );
  // A phrase with one recording is compared with how evenly this person speaks otherwise.
  const typicalOwn = median(within) ?? distances.typicalOwn;
  const nearest = (take: number, others: readonly number[]): number =>
    others.reduce(
      (least, other) => (other === take ? least : Math.min(least, distances.between(take, other))),
      Number.POSITIVE_INFINITY,
    );
  const found: MapClash[] = [];
  for (const [first, second] of pairsOf([...groups.keys()])) {
    const [one, other] = [groups.get(first) ?? [], groups.get(second) ?? []];
    const strays = (takes: readonly number[], others: readonly number[]): number =>
      takes.filter((take) => {
        const own = takes.length > 1 ? nearest(take, takes) : typicalOwn;
        return nearest(take, others) < own;
      }).length;
    const mingled = (strays(one, other) + strays(other, one)) / (one.length + other.length);
    if (mingled >= CLASH_FROM) found.push({ phraseIds: [first, second], mingled });
  }
  return found.sort((a, b) => b.mingled - a.mingled);
}

function pairsOf<T>(items: readonly T[]): (readonly [T, T])[] {
  return items.flatMap((a, index) => items.slice(index + 1).map((b) => [a, b] as const));
}
