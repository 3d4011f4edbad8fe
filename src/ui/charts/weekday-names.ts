import type { Language } from '../../echo';

/** The names of the days in the language, from Sunday. */
export function weekdayNames(language: Language, width: 'short' | 'long'): readonly string[] {
  const names = new Intl.DateTimeFormat(language, { weekday: width, timeZone: 'UTC' });
  // 4 January 1970 was a Sunday.
  return Array.from({ length: 7 }, (_, day) => names.format(Date.UTC(1970, 0, 4 + day)));
}

/** A local date such as `2026-05-03`, in words. */
export function dayName(language: Language, day: string): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
