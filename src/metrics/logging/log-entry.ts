import type { LogLevel } from '../../config/log-level';
import type { EpochMs } from '../../core/units';
import type { LogFields } from './log-redaction';

/** One line of the log, redacted. */
export interface LogEntry {
  readonly at: EpochMs;
  readonly level: LogLevel;
  readonly component: string;
  readonly message: string;
  readonly fields: LogFields;
}

/** Where entries go. Never throws: whoever logs has something else to do. */
export interface LogSink {
  write(entry: LogEntry): void;
  /** Writes what is held back for now. */
  flush(): void;
}
