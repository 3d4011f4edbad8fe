import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId, type UserId } from '../../../../src/core/ids';
import type { JsonObject } from '../../../../src/core/json';
import { epochMs, monotonicMs } from '../../../../src/core/units';
import { ConsoleSink } from '../../../../src/metrics/logging/console-sink';
import type { LogEntry, LogSink } from '../../../../src/metrics/logging/log-entry';
import { formatEntry } from '../../../../src/metrics/logging/log-format';
import { LogRedaction } from '../../../../src/metrics/logging/log-redaction';
import { Logger } from '../../../../src/metrics/logging/logger';

function open(level: 'debug' | 'info' | 'warn' | 'error' = 'debug') {
  const entries: LogEntry[] = [];
  const sink: LogSink = { write: (entry) => void entries.push(entry), flush: () => undefined };
  const time = { nowMs: 0 };
  const clock = { now: () => epochMs(time.nowMs), monotonic: () => monotonicMs(time.nowMs) };
  return { entries, time, logger: new Logger({ level, sinks: [sink], clock }) };
}

describe('Logger', () => {
  it('writes what is at its level or above, also after the level changed', () => {
    const { entries, logger } = open('warn');
    const log = logger.component('learner.pattern');
    log.info('learnt');
    log.warn('failed');
    logger.level = 'debug';
    log.debug('retried');
    expect(entries.map(({ level, component, message }) => [level, component, message])).toEqual([
      ['warn', 'learner.pattern', 'failed'],
      ['debug', 'learner.pattern', 'retried'],
    ]);
  });

  it('lets a repeated message through a few times, then counts it until the window is over', () => {
    const { entries, logger, time } = open();
    const log = logger.component('vault');
    for (let second = 0; second < 59; second += 1) {
      time.nowMs = second * 1_000;
      log.warn('refused', { second });
    }
    log.warn('retried');
    expect(entries.map(({ message }) => message)).toEqual([...Array(5).fill('refused'), 'retried']);
    time.nowMs = 60_000;
    log.warn('refused');
    expect(entries.slice(-2).map(({ fields }) => fields)).toEqual([{ second: 58, repeats: 54 }, {}]);
    for (let again = 0; again < 10; again += 1) log.warn('refused');
    logger.flush();
    expect(entries.at(-1)?.fields).toEqual({ repeats: 6 });
  });

  it('writes what another thread’s logger sent, at the time it has, without another change', () => {
    const there = open();
    there.time.nowMs = 7_000;
    there.logger.component('worker').warn('failed Lichter aus', { rows: ['Ada'], cause: { a: 1 }, Ada: 3 });
    const here = open('warn');
    for (const entry of there.entries) here.logger.receive(entry);
    here.logger.receive({ ...(there.entries[0] as LogEntry), level: 'info' });
    expect(here.entries).toEqual(there.entries);
  });

  it('goes to other sinks when it is told to, and loses nothing', () => {
    const { entries, logger } = open();
    const log = logger.component('vault');
    for (let again = 0; again < 7; again += 1) log.warn('refused');
    const elsewhere: LogEntry[] = [];
    logger.redirect([{ write: (entry) => void elsewhere.push(entry), flush: () => undefined }]);
    log.warn('locked');
    expect(entries.at(-1)?.fields).toEqual({ repeats: 2 });
    expect(elsewhere.map(({ message }) => message)).toEqual(['locked']);
  });

  it('keeps a bounded memory of messages', () => {
    const { entries, logger } = open();
    const names = ['learner', 'vault', 'cache', 'queue', 'policy', 'worker', 'schema', 'tensor'];
    for (const one of names)
      for (const other of names)
        for (const third of names) logger.component(`${one}.${other}.${third}`).info('failed');
    expect(new Set(entries.map(({ component }) => component)).size).toBe(names.length ** 3);
  });
});

describe('the formats', () => {
  const entry: LogEntry = {
    at: epochMs(Date.UTC(2026, 0, 2, 3, 4, 5, 6)),
    level: 'warn',
    component: 'learner.pattern',
    message: 'too little data',
    fields: { needed: 20, got: 3, isInitialized: true },
  };

  it('is one readable line as text', () => {
    expect(formatEntry(entry, 'text')).toBe(
      '2026-01-02T03:04:05.006Z WARN  learner.pattern: too little data needed=20 got=3 isInitialized=true',
    );
  });

  it('is one object as JSON', () => {
    expect(JSON.parse(formatEntry(entry, 'json'))).toEqual({
      time: '2026-01-02T03:04:05.006Z',
      level: 'warn',
      component: 'learner.pattern',
      message: 'too little data',
      fields: { needed: 20, got: 3, isInitialized: true },
    });
  });

  it('reaches the console at its own level', () => {
    const calls: string[] = [];
    const note = (level: string) => (line: string) => void calls.push(`${level} ${line.slice(25, 29)}`);
    const sink = new ConsoleSink('text', {
      debug: note('debug'),
      info: note('info'),
      warn: note('warn'),
      error: note('error'),
    });
    for (const level of ['debug', 'info', 'warn', 'error'] as const) sink.write({ ...entry, level });
    expect(calls).toEqual(['debug DEBU', 'info INFO', 'warn WARN', 'error ERRO']);
  });
});

describe('LogRedaction', () => {
  const redaction = new LogRedaction(['next-action']);

  it('lets through numbers, booleans, ids and its own words, in any joining', () => {
    const id = newId<UserId>();
    const fields = {
      samples: 3,
      learningRate: 0.1,
      isInitialized: true,
      cause: 'too-little-data',
      id,
      none: null,
    };
    expect(redaction.fields(fields)).toEqual(fields);
    expect(redaction.message('learner next-action: snapshot refused.')).toBe(
      'learner next-action snapshot refused',
    );
  });

  it('puts one mark for words it does not know, whatever stands around them', () => {
    expect(redaction.message('could not learn from "Lichter aus" in batch')).toBe(
      'could not learn from [text] in batch',
    );
    expect(redaction.message('failed\nERROR forged: line')).toBe('failed [text]');
    expect(
      redaction.fields({
        name: 'Ada Lovelace',
        phrase: '灯',
        'lights out': 4,
        rows: ['Ada'],
        cause: { a: 1 },
      }),
    ).toEqual({
      field1: '[text]',
      field2: '[text]',
      field3: 4,
      rows: '[list of 1]',
      cause: '[object of 1]',
    });
  });

  it('does not let a word through because of the words it is joined to', () => {
    expect(redaction.message('learner.ada failed-lovelace')).toBe('[text]');
    expect(redaction.fields({ cause: 'failed-ada', adaLearner: 1 })).toEqual({ cause: '[text]', field2: 1 });
  });

  it('lets no word of a person through, wherever a learner puts it', () => {
    // Letters that none of the log's own words has in this order.
    const words = fc
      .array(fc.stringMatching(/^[a-zäé灯]{2,12}$/), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.map((part) => `${part}qx`).join(' '));
    const joined = (text: string, by: string): string => text.replaceAll(' ', by);
    fc.assert(
      fc.property(words, (said) => {
        const { entries, logger } = open();
        const fields: JsonObject = {
          cause: said,
          [said]: 1,
          [joined(said, '-')]: joined(said, '-'),
          rows: [said],
          state: { [said]: said },
        };
        logger.component(joined(said, '.')).error(`failed ${said}`, fields);
        logger.component('learner').error(said, { kind: joined(said, '_') });
        for (const format of ['text', 'json'] as const) {
          const text = entries.map((entry) => formatEntry(entry, format)).join('\n');
          for (const word of said.split(' ')) expect(text).not.toContain(word);
        }
      }),
    );
  });
});
