import * as v from 'valibot';

/** From the most talkative to the most silent. */
export const LogLevelSchema = v.picklist(
  ['debug', 'info', 'warn', 'error'],
  'one of "debug", "info", "warn", "error"',
);

export type LogLevel = v.InferOutput<typeof LogLevelSchema>;

const severity: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Whether something of this level is to be written where `threshold` is set. */
export function isLoggedAt(level: LogLevel, threshold: LogLevel): boolean {
  return severity[level] >= severity[threshold];
}

/** The one that writes less. */
export function quieterLevel(one: LogLevel, other: LogLevel): LogLevel {
  return severity[one] >= severity[other] ? one : other;
}
