import fc from 'fast-check';
import type { Configuration, LearnerConfiguration } from '../../../src/config/configuration';
import { defaultConfiguration } from '../../../src/config/configuration-profiles';
import type { OperatorPolicy } from '../../../src/config/policy';

const flag = fc.boolean();
const level = fc.constantFrom('debug', 'info', 'warn', 'error');
const share = fc.double({ min: 0.1, max: 1, noNaN: true });

export const anyLearnerName = fc
  .stringMatching(/^[a-z][a-z0-9_-]{0,12}$/)
  .filter((name) => name !== 'constructor');

const anyLearner: fc.Arbitrary<LearnerConfiguration> = fc.record({
  enabled: flag,
  learningMode: fc.constantFrom('online', 'batch'),
  learningRate: fc.double({ min: 0.000_001, max: 1, noNaN: true }),
  batchSize: fc.integer({ min: 1, max: 10_000 }),
  modelPath: fc.constantFrom('', 'models/encoder', 'models/a.json'),
  parameters: fc.dictionary(
    fc.string().filter((name) => name !== '__proto__'),
    fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null)),
    { noNullPrototype: true },
  ),
});

/** They can be configured, and not removed. */
const builtInLearners = fc.record(
  Object.fromEntries(Object.keys(defaultConfiguration.learning.learners).map((name) => [name, anyLearner])),
);

export const anyConfiguration: fc.Arbitrary<Configuration> = fc.record({
  learning: fc.record({
    debugMode: flag,
    verboseLogging: flag,
    fastIntervals: flag,
    batchIntervalMinutes: fc.integer({ min: 1, max: 1_440 }),
    learners: fc
      .dictionary(anyLearnerName, anyLearner, { maxKeys: 3, noNullPrototype: true })
      .chain((learners) => builtInLearners.map((builtIn) => ({ ...learners, ...builtIn }))),
    dataManager: fc.record({
      cacheSize: fc.integer({ min: 0, max: 100_000 }),
      cacheTtlSeconds: fc.integer({ min: 1, max: 86_400 }),
      batchSize: fc.integer({ min: 1, max: 10_000 }),
      cleanupIntervalHours: fc.integer({ min: 1, max: 168 }),
      retentionDays: fc.integer({ min: 1, max: 3_650 }),
      encryptionEnabled: fc.constant(true as const),
    }),
  }),
  security: fc.record({ keyRotationDays: fc.integer({ min: 1, max: 365 }), auditLogging: flag }),
  performance: fc.record({
    maxConcurrency: fc.integer({ min: 1, max: 64 }),
    importConcurrency: fc.integer({ min: 1, max: 16 }),
    memoryLimitMb: fc.integer({ min: 64, max: 16_384 }),
  }),
  monitoring: fc.record({
    metricsEnabled: flag,
    healthCheckIntervalSeconds: fc.integer({ min: 1, max: 3_600 }),
    alerts: fc.record({
      errorRate: share,
      averageDurationMs: fc.integer({ min: 1, max: 600_000 }),
      memoryShare: share,
      forSeconds: fc.integer({ min: 0, max: 3_600 }),
    }),
  }),
  logging: fc.record({
    level,
    format: fc.constantFrom('text', 'json'),
    sinks: fc.subarray<'console' | 'file'>(['console', 'file']),
    maxBytes: fc.integer({ min: 4_096, max: 262_144 }),
    backupCount: fc.integer({ min: 0, max: 10 }),
  }),
});

export const anyPolicy: fc.Arbitrary<OperatorPolicy> = fc
  .record({
    requirePassphrase: flag,
    allowPlugins: flag,
    logLevel: level,
    days: fc.option(fc.integer({ min: 1, max: 3_650 })),
    webhookOrigins: fc.subarray(['https://a.example', 'https://b.example']),
    learnerOrigins: fc.subarray(['https://b.example', 'https://c.example']),
    endpoint: fc.constantFrom(undefined, 'https://b.example', 'https://c.example'),
    folder: fc.constantFrom(undefined, 'models/all-MiniLM-L6-v2/', '/models/m/'),
  })
  .map(({ days, endpoint, folder, ...rest }) => ({
    format: 1 as const,
    ...rest,
    ...(days === null ? {} : { retentionDaysMaximum: days }),
    ...(endpoint === undefined ? {} : { syncEndpoint: endpoint }),
    ...(folder === undefined ? {} : { textModel: folder }),
  }));
