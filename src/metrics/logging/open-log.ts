import type { Configuration } from '../../config/configuration';
import { effectiveLogLevel } from '../../config/policy-restriction';
import type { PlainStorage } from '../../config/stored-json';
import type { Clock } from '../../core/clock';
import { type ConsoleLike, ConsoleSink } from './console-sink';
import type { LogSink } from './log-entry';
import { LogRedaction } from './log-redaction';
import { Logger } from './logger';
import { RotatingLog } from './rotating-log';

export interface OpenLogOptions {
  readonly configuration: Configuration;
  readonly storage: PlainStorage;
  readonly clock: Clock;
  /** Words that code chose, such as the types of registered learners. */
  readonly ownWords?: readonly string[];
  readonly console?: ConsoleLike;
}

/** The log of a page as it is configured, and its file. */
export class OpenLog {
  readonly logger: Logger;
  /** There even while nothing is written to it: what an earlier visit wrote can be downloaded and cleared. */
  file: RotatingLog;
  readonly #options: OpenLogOptions;

  constructor(options: OpenLogOptions) {
    const { configuration, clock, ownWords } = options;
    this.#options = options;
    this.file = this.#open(configuration);
    this.logger = new Logger({
      level: effectiveLogLevel(configuration),
      sinks: this.#sinks(configuration),
      clock,
      redaction: new LogRedaction(ownWords),
    });
  }

  /** Goes on as another configuration says, and keeps what is written. */
  adopt(configuration: Configuration): void {
    this.logger.flush();
    this.file = this.#open(configuration);
    this.logger.level = effectiveLogLevel(configuration);
    this.logger.redirect(this.#sinks(configuration));
  }

  #open({ logging }: Configuration): RotatingLog {
    const { format, maxBytes, backupCount } = logging;
    return new RotatingLog({ storage: this.#options.storage, format, maxBytes, backupCount });
  }

  #sinks({ logging }: Configuration): readonly LogSink[] {
    return logging.sinks.map((sink) =>
      sink === 'file' ? this.file : new ConsoleSink(logging.format, this.#options.console),
    );
  }
}
