import * as v from 'valibot';
import { type PlainStorage, readJson, writeJson } from '../../config/stored-json';
import { assert } from '../../core/assert';
import type { LogEntry, LogSink } from './log-entry';
import { formatEntry, type LogFormat } from './log-format';

const INDEX_KEY = 'claude-echo.log';
const FORMAT = 1;

/** Segments take turns in this many places, so that even a lost index cannot leave more than these behind. */
const PLACES = 11;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Numbers of the oldest segment and of the one being written. */
const IndexSchema = v.pipe(
  v.object({ format: v.literal(FORMAT), first: count, last: count }),
  v.check(({ first, last }) => first <= last && last - first < PLACES),
);

type Index = v.InferOutput<typeof IndexSchema>;

export interface RotatingLogOptions {
  readonly storage: PlainStorage;
  readonly format: LogFormat;
  /** Size of one segment, in bytes of UTF-8. */
  readonly maxBytes: number;
  /** Full segments that are kept beside the one being written. */
  readonly backupCount: number;
}

export interface LogReport {
  /** UTF-8, in storage and in memory. */
  readonly bytes: number;
  readonly segments: number;
  /** Lines that neither storage nor memory had room for since this log was opened. */
  readonly lostLines: number;
}

/** Lines go to storage together, because storage on a page is written as a whole and at once. */
const FLUSH_BYTES = 2_048;

const encoder = new TextEncoder();
const bytesOf = (text: string): number => encoder.encode(text).length;

/**
 * The log file of a page: segments in plain storage, the oldest dropped when there are too many, so that it never
 * takes more than `maxBytes` × (`backupCount` + 1), and half a segment more while storage refuses to take it. It never
 * throws: when storage is full it gives up its own oldest segments, and at last keeps the newest lines in memory.
 *
 * Each write reads what is stored first, so that two tabs that log at once both get their lines in.
 */
export class RotatingLog implements LogSink {
  readonly #storage: PlainStorage;
  readonly #format: LogFormat;
  readonly #maxBytes: number;
  readonly #backupCount: number;
  /** Not in storage yet, each with its line break. */
  #pending: string[] = [];
  #pendingBytes = 0;
  #lostLines = 0;

  constructor(options: RotatingLogOptions) {
    assert(options.backupCount < PLACES, 'more backups than places', options.backupCount);
    this.#storage = options.storage;
    this.#format = options.format;
    this.#maxBytes = options.maxBytes;
    this.#backupCount = options.backupCount;
  }

  write(entry: LogEntry): void {
    const line = `${fitting(formatEntry(entry, this.#format), this.#maxBytes - 1)}\n`;
    this.#pending.push(line);
    this.#pendingBytes += bytesOf(line);
    if (this.#pendingBytes >= Math.min(FLUSH_BYTES, this.#maxBytes / 2) || entry.level === 'error')
      this.flush();
  }

  flush(): void {
    while (this.#pending.length > 0 && this.#storeNext());
    this.#boundPending();
  }

  /** Everything, oldest line first. */
  text(): string {
    const { first, last } = this.#index();
    const segments: string[] = [];
    for (let number = first; number <= last; number += 1) segments.push(this.#segment(number));
    return [...segments, ...this.#pending].join('');
  }

  blob(): Blob {
    const type = this.#format === 'json' ? 'application/x-ndjson' : 'text/plain';
    return new Blob([this.text()], { type: `${type};charset=utf-8` });
  }

  report(): LogReport {
    const { first, last } = this.#index();
    return { bytes: bytesOf(this.text()), segments: last - first + 1, lostLines: this.#lostLines };
  }

  /** Forgets every line. */
  clear(): void {
    for (let place = 0; place < PLACES; place += 1) this.#remove(segmentKey(place));
    this.#remove(INDEX_KEY);
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  /** Stores as many pending lines as go into one segment. False when storage takes nothing any more. */
  #storeNext(): boolean {
    let { first, last } = this.#index();
    let text = this.#segment(last);
    const room = this.#maxBytes - bytesOf(text);
    let { taken, bytes } = this.#linesWithin(room);
    if (taken === 0) {
      last += 1;
      text = '';
      ({ taken, bytes } = this.#linesWithin(this.#maxBytes));
    }
    // Not only when a segment is full: fewer may be allowed than at the last visit.
    for (; last - first > this.#backupCount; first += 1) this.#remove(segmentKey(first));
    const grown = text + this.#pending.slice(0, taken).join('');
    // The index first: a segment it names and that is not there reads as empty, but one it does not name is lost.
    while (!this.#put({ format: FORMAT, first, last }, grown)) {
      if (first === last) return false;
      this.#remove(segmentKey(first));
      first += 1;
    }
    this.#pending.splice(0, taken);
    this.#pendingBytes -= bytes;
    return true;
  }

  #linesWithin(room: number): { taken: number; bytes: number } {
    let taken = 0;
    let bytes = 0;
    for (const line of this.#pending) {
      const more = bytesOf(line);
      if (bytes + more > room) break;
      bytes += more;
      taken += 1;
    }
    return { taken, bytes };
  }

  /** What storage did not take waits in memory, the newest half segment of it. */
  #boundPending(): void {
    while (this.#pendingBytes > this.#maxBytes / 2 && this.#pending.length > 1) {
      this.#pendingBytes -= bytesOf(this.#pending.shift() ?? '');
      this.#lostLines += 1;
    }
  }

  #index(): Index {
    const stored = this.#attempt(() => readJson(this.#storage, INDEX_KEY));
    const parsed = v.safeParse(IndexSchema, stored);
    return parsed.success ? parsed.output : { format: FORMAT, first: 0, last: 0 };
  }

  #segment(number: number): string {
    return this.#attempt(() => this.#storage.getItem(segmentKey(number))) ?? '';
  }

  #put(index: Index, text: string): boolean {
    const isStored = this.#attempt(() => {
      writeJson(this.#storage, INDEX_KEY, index);
      this.#storage.setItem(segmentKey(index.last), text);
      return true;
    });
    return isStored === true;
  }

  #remove(key: string): void {
    this.#attempt(() => this.#storage.removeItem(key));
  }

  /** Storage throws when it is full, and in some private windows whatever one asks; a log goes on without it. */
  #attempt<T>(use: () => T): T | undefined {
    try {
      return use();
    } catch {
      return undefined;
    }
  }
}

const segmentKey = (number: number): string => `${INDEX_KEY}.${number % PLACES}`;

/** The beginning of a line, as far as it fits. */
function fitting(line: string, maxBytes: number): string {
  if (bytesOf(line) <= maxBytes) return line;
  // Three bytes are the most that one UTF-16 code unit becomes.
  return line.slice(0, Math.floor(maxBytes / 3));
}
