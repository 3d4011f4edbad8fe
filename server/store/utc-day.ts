import type { EpochMs } from '../../src/core/units';

const DAY_MS = 86_400_000;

/** The calendar day in UTC: `2026-07-01`. */
export const utcDay = (at: EpochMs): string => new Date(at).toISOString().slice(0, 10);

/** @param day `2026-07-01` */
export const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);
