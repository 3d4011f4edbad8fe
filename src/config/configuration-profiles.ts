import type { Configuration, LearnerConfiguration } from './configuration';

export type ConfigurationProfile = 'development' | 'test' | 'production';

/** For a learner that nobody has configured, and for what is left out about one. */
export const defaultLearner: LearnerConfiguration = {
  enabled: true,
  learningMode: 'online',
  learningRate: 0.01,
  batchSize: 100,
  modelPath: '',
  parameters: {},
};

export const defaultConfiguration: Configuration = {
  learning: {
    debugMode: false,
    verboseLogging: false,
    fastIntervals: false,
    batchIntervalMinutes: 30,
    learners: {
      pattern: { ...defaultLearner },
      'next-action': { ...defaultLearner },
      preferences: { ...defaultLearner },
      'satisfaction-forest': { ...defaultLearner },
      'satisfaction-net': { ...defaultLearner },
      'text-intent': { ...defaultLearner },
      // After all others: while it trains, nothing else is learnt.
      'text-net': { ...defaultLearner },
    },
    dataManager: {
      cacheSize: 1_000,
      cacheTtlSeconds: 300,
      batchSize: 1_000,
      cleanupIntervalHours: 24,
      retentionDays: 365,
      encryptionEnabled: true,
    },
  },
  security: { keyRotationDays: 30, auditLogging: true },
  performance: { maxConcurrency: 10, importConcurrency: 5, memoryLimitMb: 512 },
  monitoring: {
    metricsEnabled: true,
    healthCheckIntervalSeconds: 30,
    alerts: { errorRate: 0.1, averageDurationMs: 2_000, memoryShare: 0.9, forSeconds: 60 },
  },
  logging: { level: 'info', format: 'text', sinks: ['file'], maxBytes: 65_536, backupCount: 3 },
};

const { learning, monitoring, performance } = defaultConfiguration;

/** Encryption is on in all of them: see `encryptionEnabled`. */
export const configurationProfiles: Readonly<Record<ConfigurationProfile, Configuration>> = {
  /** For whoever works on Echo: everything happens soon and is told. */
  development: {
    ...defaultConfiguration,
    learning: {
      ...learning,
      debugMode: true,
      verboseLogging: true,
      fastIntervals: true,
      learners: {
        ...learning.learners,
        pattern: { ...defaultLearner, learningRate: 0.1, batchSize: 10 },
      },
      dataManager: { ...learning.dataManager, cleanupIntervalHours: 1 },
    },
    logging: { ...defaultConfiguration.logging, level: 'debug', sinks: ['console', 'file'] },
  },
  /** For automated tests: fast and silent, with limits that a small test reaches. */
  test: {
    ...defaultConfiguration,
    learning: {
      ...learning,
      debugMode: true,
      fastIntervals: true,
      dataManager: { ...learning.dataManager, cacheSize: 50, cacheTtlSeconds: 60, batchSize: 100 },
    },
    monitoring: { ...monitoring, alerts: { ...monitoring.alerts, forSeconds: 1 } },
    logging: { ...defaultConfiguration.logging, level: 'warn', sinks: [], maxBytes: 4_096, backupCount: 2 },
  },
  production: {
    ...defaultConfiguration,
    learning: { ...learning, dataManager: { ...learning.dataManager, cacheSize: 5_000 } },
    performance: { ...performance, memoryLimitMb: 2_048 },
    logging: { ...defaultConfiguration.logging, format: 'json', maxBytes: 131_072, backupCount: 5 },
  },
};
