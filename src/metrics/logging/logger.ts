import { isLoggedAt, type LogLevel } from '../../config/log-level';
import type { Clock } from '../../core/clock';
import type { EpochMs } from '../../core/units';
import type { LearnerLogger } from '../../learning/learner';
import type { LogEntry, LogSink } from './log-entry';
import { LogRedaction } from './log-redaction';
import { RepeatLimit } from './repeat-limit';

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly sinks: readonly LogSink[];
  readonly clock: Clock;
  readonly redaction?: LogRedaction;
  readonly repeatLimit?: RepeatLimit;
}

/**
 * The log of one thread. Every line is redacted before it reaches a sink (`LogRedaction`), and a line that repeats is
 * held back and counted (`RepeatLimit`).
 *
 * @example
 * const logger = new Logger({ level: 'info', sinks: [new ConsoleSink('text')], clock: systemClock });
 * logger.component('learner.pattern').info('learnt from a batch', { samples: 20 });
 * // 2026-01-01T00:00:00.000Z INFO  learner.pattern: learnt from a batch samples=20
 */
export class Logger {
  level: LogLevel;
  #sinks: readonly LogSink[];
  readonly #clock: Clock;
  readonly #redaction: LogRedaction;
  readonly #repeats: RepeatLimit;

  constructor(options: LoggerOptions) {
    this.level = options.level;
    this.#sinks = options.sinks;
    this.#clock = options.clock;
    this.#redaction = options.redaction ?? new LogRedaction();
    this.#repeats = options.repeatLimit ?? new RepeatLimit();
  }

  /** A logger for one part of the system. Keep it; it follows the level as it changes. */
  component(name: string): LearnerLogger {
    const component = this.#redaction.message(name);
    const at = (level: LogLevel): LearnerLogger[LogLevel] => {
      return (message, fields = {}) => this.#write(level, component, message, fields);
    };
    return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  }

  /** From now on entries go here; what is held back still goes to the sinks there were. */
  redirect(sinks: readonly LogSink[]): void {
    this.flush();
    this.#sinks = sinks;
  }

  /** An entry of another thread's logger, which sent it in place of writing it. */
  receive({ at, level, component, message, fields }: LogEntry): void {
    this.#write(level, this.#redaction.message(component), message, fields, at);
  }

  /** Writes everything that is held back: before the page goes away, and before the log is downloaded. */
  flush(): void {
    for (const entry of this.#repeats.drain()) for (const sink of this.#sinks) sink.write(entry);
    for (const sink of this.#sinks) sink.flush();
  }

  #write(
    level: LogLevel,
    component: string,
    message: string,
    fields: Readonly<Record<string, unknown>>,
    at: EpochMs = this.#clock.now(),
  ): void {
    if (!isLoggedAt(level, this.level)) return;
    const entry = {
      at,
      level,
      component,
      message: this.#redaction.message(message),
      fields: this.#redaction.fields(fields),
    };
    for (const due of this.#repeats.admit(entry)) for (const sink of this.#sinks) sink.write(due);
  }
}
