import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '../../../../src/core/units';
import type { LogEntry } from '../../../../src/metrics/logging/log-entry';
import { RotatingLog, type RotatingLogOptions } from '../../../../src/metrics/logging/rotating-log';
import { memoryStorage } from '../../config/memory-storage';

const entry = (number: number, message = 'learnt from a batch'): LogEntry => ({
  at: epochMs(number),
  level: 'info',
  component: 'learner',
  message,
  fields: { number },
});

function open(options: Partial<RotatingLogOptions> = {}) {
  const storage = memoryStorage();
  const settings = { storage, format: 'text' as const, maxBytes: 4_096, backupCount: 2, ...options };
  return { storage, log: new RotatingLog(settings) };
}

const numbersIn = (text: string): number[] =>
  [...text.matchAll(/number=(\d+)$/gm)].map(([, digits]) => Number(digits));

const counting = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

function storedBytes(entries: ReadonlyMap<string, string>): number {
  let bytes = 0;
  for (const [key, text] of entries) if (key !== 'claude-echo.log') bytes += Buffer.byteLength(text);
  return bytes;
}

describe('RotatingLog', () => {
  it('never takes more than its segments, and keeps the newest lines in order without a gap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4_096, max: 9_000 }),
        fc.integer({ min: 0, max: 10 }),
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 300 }),
        (maxBytes, backupCount, lengths) => {
          const { log, storage } = open({ maxBytes, backupCount });
          lengths.forEach((length, index) => {
            log.write(entry(index, 'ü'.repeat(length)));
            expect(storedBytes(storage.entries)).toBeLessThanOrEqual(maxBytes * (backupCount + 1));
          });
          log.flush();
          const numbers = numbersIn(log.text());
          expect(numbers).toEqual(counting(numbers[0] ?? 0, lengths.length - 1));
          expect(log.report()).toMatchObject({ bytes: storedBytes(storage.entries), lostLines: 0 });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('goes on where the last visit ended', () => {
    const { log, storage } = open();
    for (const number of counting(0, 9)) log.write(entry(number));
    log.flush();
    const again = open({ storage }).log;
    again.write(entry(10));
    expect(numbersIn(again.text())).toEqual(counting(0, 10));
  });

  it('gives up segments that are no longer allowed', () => {
    const { log, storage } = open({ backupCount: 4 });
    for (const number of counting(0, 999)) log.write(entry(number));
    log.flush();
    const fewer = open({ storage, backupCount: 1 }).log;
    fewer.write(entry(1_000));
    fewer.flush();
    expect(storedBytes(storage.entries)).toBeLessThanOrEqual(2 * 4_096);
    expect(numbersIn(fewer.text()).at(-1)).toBe(1_000);
  });

  it('has the lines of both of two tabs', () => {
    const { log, storage } = open();
    const other = open({ storage }).log;
    for (const number of counting(0, 19)) {
      (number % 2 === 0 ? log : other).write(entry(number));
      (number % 2 === 0 ? log : other).flush();
    }
    expect(numbersIn(log.text())).toEqual(counting(0, 19));
  });

  it('writes an error at once, and other lines together', () => {
    const { log, storage } = open();
    const stored = () => numbersIn(storage.entries.get('claude-echo.log.0') ?? '');
    for (const number of counting(0, 18)) log.write(entry(number));
    expect(stored()).toEqual([]);
    log.write({ ...entry(19), level: 'error' });
    expect(stored()).toEqual(counting(0, 19));
    // What was written no longer counts as waiting.
    for (const number of counting(20, 38)) log.write(entry(number));
    expect(stored()).toEqual(counting(0, 19));
    expect(numbersIn(log.text())).toEqual(counting(0, 38));
  });

  it('never throws when storage is full: it gives up its oldest lines, then waits in memory', () => {
    const { log, storage } = open({ backupCount: 5 });
    storage.capacity = 6_000;
    for (const number of counting(0, 999)) log.write(entry(number));
    log.flush();
    const kept = numbersIn(log.text());
    expect(kept.at(-1)).toBe(999);
    expect(kept).toEqual(counting(kept[0] ?? 0, 999));
    storage.capacity = 0;
    for (const number of counting(1_000, 1_999)) log.write(entry(number));
    expect(log.report().lostLines).toBeGreaterThan(0);
    expect(numbersIn(log.text()).at(-1)).toBe(1_999);
    storage.capacity = 20_000;
    log.write(entry(2_000));
    log.flush();
    expect(numbersIn(open({ storage }).log.text()).slice(-2)).toEqual([1_999, 2_000]);
  });

  it('goes on in memory where storage refuses everything', () => {
    const refuse = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    const log = new RotatingLog({
      storage: { getItem: refuse, setItem: refuse, removeItem: refuse },
      format: 'text',
      maxBytes: 4_096,
      backupCount: 1,
    });
    for (const number of counting(0, 199)) log.write(entry(number));
    log.flush();
    expect(numbersIn(log.text()).at(-1)).toBe(199);
    expect(log.report().bytes).toBeLessThanOrEqual(4_096);
    log.clear();
    expect(log.text()).toBe('');
  });

  it('stays within its places when its index is lost again and again', () => {
    const { log, storage } = open({ backupCount: 10 });
    for (const number of counting(0, 2_999)) {
      if (number % 500 === 0) storage.setItem('claude-echo.log', '{');
      log.write(entry(number));
    }
    expect(storedBytes(storage.entries)).toBeLessThanOrEqual(11 * 4_096);
    log.clear();
    expect(storage.entries.size).toBe(0);
  });

  it('downloads as one file of its format', async () => {
    const { log } = open({ format: 'json' });
    for (const number of counting(0, 99)) log.write(entry(number));
    const blob = log.blob();
    expect(blob.type).toBe('application/x-ndjson;charset=utf-8');
    const lines = (await blob.text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).fields.number)).toEqual(counting(100 - lines.length, 99));
  });
});
