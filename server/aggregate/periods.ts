export const periodKinds = ['week', 'month', 'quarter'] as const;
export type PeriodKind = (typeof periodKinds)[number];

export interface Period {
  /** First and last day, UTC: `2026-07-01`. */
  readonly from: string;
  readonly to: string;
}

const iso = (date: Date): string => date.toISOString().slice(0, 10);

/**
 * The week (Monday to Sunday), calendar month or quarter that a day is in.
 *
 * @param day `2026-07-01`
 */
export function periodOf(day: string, kind: PeriodKind): Period {
  const date = new Date(`${day}T00:00:00Z`);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  if (kind === 'week') {
    const monday = date.getUTCDate() - ((date.getUTCDay() + 6) % 7);
    return {
      from: iso(new Date(Date.UTC(year, month, monday))),
      to: iso(new Date(Date.UTC(year, month, monday + 6))),
    };
  }
  const first = kind === 'month' ? month : month - (month % 3);
  const months = kind === 'month' ? 1 : 3;
  return {
    from: iso(new Date(Date.UTC(year, first, 1))),
    to: iso(new Date(Date.UTC(year, first + months, 0))),
  };
}

/** The last `count` periods up to the one that today is in, oldest first. */
export function lastPeriods(today: string, kind: PeriodKind, count: number): readonly Period[] {
  const periods: Period[] = [];
  let day = today;
  while (periods.length < count) {
    const period = periodOf(day, kind);
    periods.unshift(period);
    day = iso(new Date(Date.parse(period.from) - 1));
  }
  return periods;
}
