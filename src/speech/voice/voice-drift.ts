import { type PartOfDay, partsOfDay } from './part-of-day';
import { medianOf, rankDrop, robustDeviationOf } from './robust-statistics';
import type { VoiceCell, VoiceDay } from './voice-days';

/** Whether the voice is still the one that was enrolled. */
export type VoiceDrift =
  /** Too few days, or none at the same time of day, to compare. */
  | { readonly kind: 'too-few-days'; readonly days: number }
  | {
      readonly kind: 'steady' | 'moved';
      /** How much farther from the enrolled voice than in the first days, in mean distances within a day. */
      readonly movedBy: number;
      /** Margins of recent utterances are smaller than they were, more than chance explains. */
      readonly areMarginsWorse: boolean;
      /** The voice moved *and* recognition got worse for it: only then is a refresh worth asking for. */
      readonly wouldRefreshHelp: boolean;
      /** Set when the voice is another one at some time of day, every day: that is no trend. */
      readonly timeOfDay: { readonly part: PartOfDay; readonly differsBy: number } | undefined;
    };

const REFERENCE_DAYS = 10;
const RECENT_DAYS = 5;
const LEAST_REFERENCE_DAYS = 4;
const LEAST_RECENT_DAYS = 3;
/** Fewer utterances in a part of a day are chance. */
const LEAST_UTTERANCES = 3;
/** In mean distances within a day; less is a cold day, not another voice. */
const MOVED_BY = 0.3;
/** And in standard deviations of what the distance did from day to day before. */
const MOVED_DEVIATIONS = 3;
/** One-sided chance of about one in a hundred. */
const WORSE_DEVIATIONS = 2.33;
const LEAST_DAYS_WITH_PARTS = 3;

/** How far one part of one day is from the enrolled voice, on average over its utterances. */
interface Sighting {
  readonly day: number;
  readonly part: PartOfDay;
  readonly distance: number;
}

/**
 * Compares recent days with the first ones, each at the same time of day: a voice that is rough every morning is no
 * voice that changed because lately it was used in the morning.
 *
 * @param centroid of the enrolled voice, unit length
 */
export function measureDrift(days: readonly VoiceDay[], centroid: Float32Array): VoiceDrift {
  const told = [...days]
    .sort((a, b) => a.day - b.day)
    .map(({ day, cells }) => ({ day, cells: cells.filter(({ count }) => count >= LEAST_UTTERANCES) }))
    .filter(({ cells }) => cells.length > 0);
  const recent = told.slice(-RECENT_DAYS);
  const reference = told.slice(0, Math.min(REFERENCE_DAYS, told.length - recent.length));
  const earlier = sightingsOf(reference, centroid);
  const later = sightingsOf(recent, centroid);
  const differences = partsOfDay.flatMap((part) => {
    const [before, after] = [distancesAt(earlier, part), distancesAt(later, part)];
    return before.length < 2 || after.length < 2 ? [] : [medianOf(after) - medianOf(before)];
  });
  const areFew = reference.length < LEAST_REFERENCE_DAYS || recent.length < LEAST_RECENT_DAYS;
  if (areFew || differences.length === 0) return { kind: 'too-few-days', days: told.length };

  const spread = spreadWithin(told.flatMap(({ cells }) => cells));
  const difference = medianOf(differences);
  const dayToDay = Math.max(...partsOfDay.map((part) => deviationOf(distancesAt(earlier, part))));
  const hasMoved =
    difference > MOVED_BY * spread && difference > MOVED_DEVIATIONS * Math.max(dayToDay, 0.02 * spread);
  const areMarginsWorse = rankDrop(marginsOf(reference), marginsOf(recent)) > WORSE_DEVIATIONS;
  return {
    kind: hasMoved ? 'moved' : 'steady',
    movedBy: difference / spread,
    areMarginsWorse,
    wouldRefreshHelp: hasMoved && areMarginsWorse,
    timeOfDay: timeOfDayIn(sightingsOf(told, centroid), spread),
  };
}

function sightingsOf(days: readonly VoiceDay[], centroid: Float32Array): Sighting[] {
  return days.flatMap(({ day, cells }) =>
    cells.map(({ part, sum, count }) => {
      let dot = 0;
      for (const [index, value] of sum.entries()) dot += value * (centroid[index] ?? 0);
      // A mean over utterances does not depend on how many there are, as the distance of their centroid would.
      return { day, part, distance: 1 - dot / count };
    }),
  );
}

const distancesAt = (sightings: readonly Sighting[], part: PartOfDay): number[] =>
  sightings.filter((sighting) => sighting.part === part).map(({ distance }) => distance);

const deviationOf = (values: readonly number[]): number =>
  values.length < 2 ? 0 : robustDeviationOf(values);

const marginsOf = (days: readonly VoiceDay[]): number[] =>
  days.flatMap(({ cells }) => cells.flatMap(({ margins }) => margins));

/** Mean cosine distance of the utterances of a part of a day from their own centroid: 1 minus the length of their mean. */
function spreadWithin(cells: readonly VoiceCell[]): number {
  const spreads = cells.map(({ sum, count }) => {
    const length = Math.sqrt(sum.reduce((squares, value) => squares + value * value, 0));
    return (count - length) / (count - 1);
  });
  return Math.max(1e-4, medianOf(spreads));
}

/** The part of the day that differs most from the rest of the same days, if it does so every day. */
function timeOfDayIn(
  sightings: readonly Sighting[],
  spread: number,
): { readonly part: PartOfDay; readonly differsBy: number } | undefined {
  const differing = partsOfDay.flatMap((part) => {
    const differences = sightings
      .filter((sighting) => sighting.part === part)
      .flatMap(({ day, distance }) => {
        const others = sightings.filter((other) => other.day === day && other.part !== part);
        return others.length === 0 ? [] : [distance - medianOf(others.map((other) => other.distance))];
      });
    if (differences.length < LEAST_DAYS_WITH_PARTS) return [];
    const differsBy = medianOf(differences) / spread;
    const isUsual = differences.filter((each) => each > 0).length >= 0.8 * differences.length;
    return isUsual && differsBy > MOVED_BY ? [{ part, differsBy }] : [];
  });
  return differing.sort((a, b) => b.differsBy - a.differsBy)[0];
}
