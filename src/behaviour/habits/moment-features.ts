import * as v from 'valibot';
import type { HabitMoment } from './habit-moment';
import type { SparseFeatures } from './log-linear';

const MINUTES_A_DAY = 1_440;
const HARMONICS = 3;
const PART_HOURS = 3;
/** Parts of three hours that a day has, from midnight. */
export const PARTS_A_DAY = 24 / PART_HOURS;
const MINUTE_MS = 60_000;
/** A pause is shorter than the first of these, in minutes, than the second …, or longer than all. */
const PAUSES_MINUTES = [0.25, 1, 5, 20, 90, 360];
/** How many lengths of a pause are told apart, none included. */
export const PAUSE_LENGTHS = PAUSES_MINUTES.length + 2;
export const APP_STATES = ['idle', 'timer-running', 'hands-free'] as const;

/** A `HabitMoment` that was stored. */
export const MomentSchema = v.strictObject({
  atMs: v.pipe(v.number(), v.safeInteger()),
  minuteOfDay: v.pipe(v.number(), v.minValue(0), v.ltValue(MINUTES_A_DAY)),
  weekday: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(6)),
  appState: v.picklist(APP_STATES),
});

const HARMONICS_FROM = 1;
const PARTS_FROM = HARMONICS_FROM + 2 * HARMONICS;
const WEEKEND = PARTS_FROM + PARTS_A_DAY;
const PAUSES_FROM = WEEKEND + 1;
const STATES_FROM = PAUSES_FROM + PAUSE_LENGTHS;
const ACTIONS_FROM = STATES_FROM + APP_STATES.length;

/** How many features there are, for so many actions. */
export const featureCount = (actions: number): number => ACTIONS_FROM + 2 * actions;

/** The features that say that the action was done last, or before that. */
export const featuresOfAction = (slot: number, actions: number): readonly [number, number] => [
  ACTIONS_FROM + slot,
  ACTIONS_FROM + actions + slot,
];

export const partOfDay = ({ minuteOfDay }: HabitMoment): number =>
  Math.floor(minuteOfDay / 60 / PART_HOURS) % PARTS_A_DAY;

export const isWeekend = ({ weekday }: HabitMoment): boolean => weekday === 0 || weekday === 6;

/** 0 when nothing was done before, else 1 for the shortest to 7 for the longest. */
export function pauseLength({ atMs }: HabitMoment, lastAtMs: number | undefined): number {
  if (lastAtMs === undefined) return 0;
  const minutes = (atMs - lastAtMs) / MINUTE_MS;
  const found = PAUSES_MINUTES.findIndex((most) => minutes < most);
  return 1 + (found < 0 ? PAUSES_MINUTES.length : found);
}

/**
 * @param lastAtMs when the last action was, in epoch milliseconds
 * @param last slots of what was done last and before that, where there are such
 * @param actions how many slots there may be
 */
export function momentFeatures(
  moment: HabitMoment,
  lastAtMs: number | undefined,
  [last, beforeLast]: readonly (number | undefined)[],
  actions: number,
): SparseFeatures {
  const indices = [0, PARTS_FROM + partOfDay(moment), PAUSES_FROM + pauseLength(moment, lastAtMs)];
  indices.push(STATES_FROM + APP_STATES.indexOf(moment.appState));
  if (isWeekend(moment)) indices.push(WEEKEND);
  if (last !== undefined) indices.push(ACTIONS_FROM + last);
  if (beforeLast !== undefined) indices.push(ACTIONS_FROM + actions + beforeLast);
  const values = indices.map(() => 1);
  const angle = (2 * Math.PI * moment.minuteOfDay) / MINUTES_A_DAY;
  for (let harmonic = 0; harmonic < HARMONICS; harmonic += 1) {
    const at = HARMONICS_FROM + 2 * harmonic;
    indices.push(at, at + 1);
    values.push(Math.cos((harmonic + 1) * angle), Math.sin((harmonic + 1) * angle));
  }
  return { indices, values };
}
