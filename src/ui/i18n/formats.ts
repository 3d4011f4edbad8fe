import type { Language } from '../../echo';

export interface Formats {
  /** 14:05 */
  time(epochMs: number): string;
  /** 14:05:09 */
  clock(epochMs: number): string;
  /** 3 May, 14:05 */
  dateTime(epochMs: number): string;
  /** 3 May 2026 */
  date(epochMs: number): string;
  /** "5 minutes ago"; a date once it is older than a day. */
  ago(epochMs: number, nowMs: number): string;
  /** 1.2 sec */
  seconds(durationMs: number): string;
  /** 4:05, 1:02:03 */
  countdown(remainingMs: number): string;
  bytes(bytes: number): string;
  /** A share in [0, 1] as per cent. */
  percent(share: number): string;
  number(value: number, fractionDigits?: number): string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** Hours appear only where there are any. Rounds up, so that 0:00 means that it rings. */
export function formatCountdown(remainingMs: number): string {
  const total = Math.max(0, Math.ceil(remainingMs / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = twoDigits(total % 60);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}

export function createFormats(language: Language): Formats {
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' });
  const dateTime = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const date = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const seconds = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  });

  return {
    time: (epochMs) => time.format(epochMs),
    clock: (epochMs) => clock.format(epochMs),
    date: (epochMs) => date.format(epochMs),
    dateTime: (epochMs) => dateTime.format(epochMs),
    ago(epochMs, nowMs) {
      const elapsedMs = Math.max(0, nowMs - epochMs);
      if (elapsedMs < MINUTE_MS) return relative.format(0, 'second');
      if (elapsedMs < HOUR_MS) return relative.format(-Math.floor(elapsedMs / MINUTE_MS), 'minute');
      if (elapsedMs < DAY_MS) return relative.format(-Math.floor(elapsedMs / HOUR_MS), 'hour');
      return dateTime.format(epochMs);
    },
    // Nothing takes no time at all.
    seconds: (durationMs) => seconds.format(durationMs > 0 ? Math.max(durationMs / 1000, 0.1) : 0),
    countdown: formatCountdown,
    bytes(bytes) {
      const power = bytes < 1 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
      return new Intl.NumberFormat(language, {
        style: 'unit',
        unit: BYTE_UNITS[power] ?? 'byte',
        unitDisplay: 'short',
        maximumFractionDigits: power === 0 ? 0 : 1,
      }).format(bytes / 1000 ** power);
    },
    percent: (share) => percent.format(share),
    number: (value, fractionDigits = 0) =>
      value.toLocaleString(language, {
        minimumFractionDigits: fractionDigits,
        maximumFractionDigits: fractionDigits,
      }),
  };
}
