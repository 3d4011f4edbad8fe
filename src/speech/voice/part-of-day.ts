import type { EpochMs } from '../../core/units';

export const partsOfDay = ['night', 'morning', 'afternoon', 'evening'] as const;
export type PartOfDay = (typeof partsOfDay)[number];

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** @param utcOffsetMinutes of local time, positive to the east of Greenwich */
export function partOfDayAt(at: EpochMs, utcOffsetMinutes: number): PartOfDay {
  const hour = Math.floor((localMs(at, utcOffsetMinutes) % DAY_MS) / HOUR_MS);
  if (hour < 5 || hour >= 23) return 'night';
  if (hour < 12) return 'morning';
  return hour < 17 ? 'afternoon' : 'evening';
}

/** Days since 1970 in local time. */
export const localDayAt = (at: EpochMs, utcOffsetMinutes: number): number =>
  Math.floor(localMs(at, utcOffsetMinutes) / DAY_MS);

const localMs = (at: EpochMs, utcOffsetMinutes: number): number => at + utcOffsetMinutes * 60_000;
