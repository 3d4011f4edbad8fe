import type { LogEntry, LogSink } from './log-entry';
import { formatEntry, type LogFormat } from './log-format';

export type ConsoleLike = Pick<Console, 'debug' | 'info' | 'warn' | 'error'>;

/** For whoever has the developer tools open. */
export class ConsoleSink implements LogSink {
  readonly #format: LogFormat;
  readonly #console: ConsoleLike;

  constructor(format: LogFormat, target: ConsoleLike = console) {
    this.#format = format;
    this.#console = target;
  }

  write(entry: LogEntry): void {
    this.#console[entry.level](formatEntry(entry, this.#format));
  }

  flush(): void {
    // The console holds nothing back.
  }
}
