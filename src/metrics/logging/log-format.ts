import type { LogEntry } from './log-entry';

export type LogFormat = 'text' | 'json';

/** One line without its line break. An entry is redacted, so nothing in it can break a line. */
export function formatEntry(entry: LogEntry, format: LogFormat): string {
  const { at, level, component, message, fields } = entry;
  const time = new Date(at).toISOString();
  if (format === 'json') return JSON.stringify({ time, level, component, message, fields });
  const values = Object.entries(fields).map(([name, value]) => ` ${name}=${value}`);
  return `${time} ${level.toUpperCase().padEnd(5)} ${component}: ${message}${values.join('')}`;
}
