import * as v from 'valibot';
import { isJsonObject, type JsonObject } from '../core/json';
import { err, ok, type Result } from '../core/result';
import { LogLevelSchema } from './log-level';

/*
 * The message of every check is what was expected, in words: `ConfigError.expected` takes it as it is.
 */

function wholeNumber(least: number, most: number) {
  const expected = `a whole number from ${least} to ${most}`;
  return v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(least, expected),
    v.maxValue(most, expected),
  );
}

function fraction(least: number, most: number) {
  const expected = `a number from ${least} to ${most}`;
  return v.pipe(
    v.number(expected),
    v.finite(expected),
    v.minValue(least, expected),
    v.maxValue(most, expected),
  );
}

function oneOf<const Options extends readonly string[]>(options: Options) {
  return v.picklist(options, `one of ${options.map((option) => `"${option}"`).join(', ')}`);
}

function group<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, ({ expected }) =>
    expected === 'never' ? 'no setting of this name' : expected === 'Object' ? 'an object' : 'a value',
  );
}

const flag = v.boolean('true or false');

const LEARNER_NAME = /^[a-z][a-z0-9_-]{0,63}$/;
/** Names that are members of every object: a record with such a key is not the record it looks like. */
const RESERVED_NAMES: readonly string[] = ['constructor', 'prototype'];

export const isLearnerName = (name: string): boolean =>
  LEARNER_NAME.test(name) && !RESERVED_NAMES.includes(name);

/** Beside the app and nowhere else: no scheme, no host, no way up. */
const LOCAL_PATH = /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;

/** How one learner is set up; `parameters` are its own, passed on as they are. */
export const LearnerConfigurationSchema = group({
  enabled: flag,
  learningMode: oneOf(['online', 'batch']),
  learningRate: fraction(0.000_001, 1),
  /** Observations that are learnt from together. */
  batchSize: wholeNumber(1, 10_000),
  /** Where its files lie, relative to the app; empty for a learner that needs none. */
  modelPath: v.pipe(
    v.string('a path relative to the app'),
    v.check((path) => path === '' || LOCAL_PATH.test(path), 'a path relative to the app'),
  ),
  parameters: v.custom<JsonObject>(isJsonObject, 'a plain JSON object with finite numbers'),
});

/**
 * How the learning system runs: what a builder or an operator tunes. What a person chooses about the app is in
 * `Settings`.
 */
export const ConfigurationSchema = group({
  learning: group({
    /** Shows the debugger and what the learners know of themselves. */
    debugMode: flag,
    /** Logs at level `debug`, whatever `logging.level` says. */
    verboseLogging: flag,
    /** Everything that happens at intervals happens sixty times as often (`intervalsOf`). */
    fastIntervals: flag,
    /** Time between two rounds of batch learning. */
    batchIntervalMinutes: wholeNumber(1, 1_440),
    learners: v.record(
      v.pipe(
        v.string(),
        v.check(isLearnerName, 'a name of lower-case letters, digits, "-" and "_", a letter first'),
      ),
      LearnerConfigurationSchema,
      'an object',
    ),
    dataManager: group({
      /** Opened records that are kept in memory. */
      cacheSize: wholeNumber(0, 100_000),
      cacheTtlSeconds: wholeNumber(1, 86_400),
      /** Records that are read or written together. */
      batchSize: wholeNumber(1, 10_000),
      cleanupIntervalHours: wholeNumber(1, 168),
      /** Learning data that is older is deleted. */
      retentionDays: wholeNumber(1, 3_650),
      /**
       * Always true. The vault has no unencrypted mode, in no profile: a development switch that writes plain rows
       * is one copied file away from production, and rows written under it would stay plain. `LearningDebugger` shows
       * what one would look for in plain rows. The setting exists so that a configuration that asks for plain rows is
       * refused, and not ignored.
       */
      encryptionEnabled: v.literal(true, 'true: the vault has no unencrypted mode'),
    }),
  }),
  security: group({
    /** Age at which a data key is replaced. */
    keyRotationDays: wholeNumber(1, 365),
    auditLogging: flag,
  }),
  performance: group({
    /** Learning operations at the same time. */
    maxConcurrency: wholeNumber(1, 64),
    /** Audio files that are read at the same time. */
    importConcurrency: wholeNumber(1, 16),
    /** Above it learners are asked to release what they do not need. */
    memoryLimitMb: wholeNumber(64, 16_384),
  }),
  monitoring: group({
    metricsEnabled: flag,
    healthCheckIntervalSeconds: wholeNumber(1, 3_600),
    /** Thresholds at which an alert is raised. */
    alerts: group({
      /** Share of failed learning operations. */
      errorRate: fraction(0, 1),
      averageDurationMs: wholeNumber(1, 600_000),
      /** Share of `performance.memoryLimitMb` in use. */
      memoryShare: fraction(0.1, 1),
      /** How long a threshold has to be exceeded before anybody is told. */
      forSeconds: wholeNumber(0, 3_600),
    }),
  }),
  logging: group({
    level: LogLevelSchema,
    format: oneOf(['text', 'json']),
    sinks: v.pipe(
      v.array(oneOf(['console', 'file']), 'a list of "console" and "file"'),
      v.check((sinks) => new Set(sinks).size === sinks.length, 'a list in which nothing is twice'),
    ),
    /** Size of one segment of the log file. With ten backups all of it fits into `localStorage`. */
    maxBytes: wholeNumber(4_096, 262_144),
    /** Full segments that are kept beside the one being written. */
    backupCount: wholeNumber(0, 10),
  }),
});

export type Configuration = v.InferOutput<typeof ConfigurationSchema>;
export type LearnerConfiguration = v.InferOutput<typeof LearnerConfigurationSchema>;

export type ConfigError =
  /** Correct the value at `path`. */
  | {
      readonly kind: 'bad-config';
      readonly path: string;
      readonly expected: string;
      /** The kind of value there was, such as `number`; never the value itself. */
      readonly got: string;
    }
  /** The operator's policy sets a limit: `limit` is the most it allows. */
  | { readonly kind: 'forbidden-by-policy'; readonly path: string; readonly limit: unknown }
  /** The browser would not store it; nothing changed. */
  | { readonly kind: 'not-stored'; readonly detail: string };

type BadConfig = Extract<ConfigError, { kind: 'bad-config' }>;

/** Every value of it is checked; the error is about the first that is wrong. */
export function parseConfiguration(value: unknown): Result<Configuration, BadConfig> {
  const parsed = v.safeParse(ConfigurationSchema, value);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  // Lists are set as a whole: what is wrong with an item is wrong with the list.
  const keys = (issue.path ?? []).map(({ key }) => key).filter((key) => typeof key === 'string');
  return err({
    kind: 'bad-config',
    path: keys.length === 0 ? '(root)' : keys.join('.'),
    expected: issue.message,
    got: kindOfValue(issue.path?.at(-1)?.value ?? issue.input),
  });
}

function kindOfValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return value === undefined ? 'nothing' : typeof value;
}
