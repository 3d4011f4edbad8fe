import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Somebody did something at some time. */
export interface LoggedEvent {
  readonly atMs: number;
  readonly action: string;
}

/** What several people did under the same circumstances; each is learnt about apart from the others. */
export interface EventLog {
  readonly name: string;
  /** By person, each in order of time. */
  readonly people: readonly (readonly LoggedEvent[])[];
}

/** A log cannot be read, in words for whoever started the benchmark. */
export class EventLogError extends Error {
  override readonly name = 'EventLogError';
}

/**
 * Every `.tsv` file of a folder: lines of `user<TAB>time<TAB>action`. The time is that on the wall where it happened,
 * as ISO 8601 with a `Z`, so that the hour of the day means the same wherever the benchmark runs.
 *
 * @throws EventLogError
 */
export function readEventLogs(directory: string): readonly EventLog[] {
  const files = listLogs(directory);
  if (files.length === 0)
    throw new EventLogError(`No event logs in ${directory}: there is no .tsv file in it.`);
  return files.map((file) => readEventLog(join(directory, file)));
}

function listLogs(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
      .filter((file) => file.endsWith('.tsv'))
      .sort();
  } catch {
    throw new EventLogError(`${directory} is no folder that can be read.`);
  }
}

function readEventLog(path: string): EventLog {
  const byPerson = new Map<string, LoggedEvent[]>();
  const lines = readFileSync(path, 'utf8').split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [user, time, action] = line.split('\t');
    const atMs = Date.parse(time ?? '');
    if (user === undefined || action === undefined || action === '' || Number.isNaN(atMs))
      throw new EventLogError(`${path}:${index + 1} is not user, time and action between tabs.`);
    const events = byPerson.get(user) ?? [];
    events.push({ atMs, action });
    byPerson.set(user, events);
  }
  const people = [...byPerson.values()].map((events) => events.toSorted((a, b) => a.atMs - b.atMs));
  return { name: basename(path, '.tsv'), people };
}
