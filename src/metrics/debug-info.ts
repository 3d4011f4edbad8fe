import type { DataPrivacyLevel } from '../learning/data-privacy-level';
import type { LearningMode } from '../learning/learner';
import type { DebugDataSource } from './debug-source';
import { type LogFields, type LogRedaction, REDACTED } from './logging/log-redaction';
import type { MemoryReport } from './memory-report';
import type { LearnerState } from './monitored-learner';

/** A learner without what it knows of the person. */
export interface ExportedLearner {
  readonly learnerType: string;
  readonly mode: LearningMode;
  readonly isInitialized: boolean;
  readonly confidence: number | null;
  readonly samples: number;
  readonly lastLearntAt: string | null;
  readonly lastFailure: string | null;
  readonly snapshotBytes: number | null;
  /** Figures and known words; everything else is marked. */
  readonly insights: LogFields;
}

/**
 * What somebody can pass on when they report a problem: plain JSON, with nothing in it that the person said, taught or
 * named. `null` is what is not known.
 */
export interface DebugInfo {
  readonly format: 1;
  readonly timestamp: string;
  readonly systemStatus: {
    readonly activeLearners: number;
    readonly isStoreReadable: boolean;
    readonly storeFailure: string | null;
    readonly learners: readonly ExportedLearner[];
    readonly raisedAlerts: readonly {
      readonly name: string;
      readonly value: number;
      readonly threshold: number;
    }[];
    readonly memory: {
      readonly usedBytes: number | null;
      readonly heapBytes: number | null;
      readonly tensors: number | null;
      readonly tensorBytes: number | null;
      readonly storageUsedBytes: number | null;
      readonly storageQuotaBytes: number | null;
      readonly logBytes: number | null;
      readonly cacheEntries: number | null;
      readonly cacheHitRate: number | null;
    };
  };
  readonly performanceMetrics: {
    /** Time that the figures below are about. */
    readonly coveredMs: number;
    readonly operations: number;
    readonly averageResponseTimeMs: number | null;
    readonly throughputPerSecond: number;
    readonly errorRate: number | null;
    readonly operationsSinceStart: Readonly<Record<'success' | 'failed' | 'aborted', number>>;
  };
  /** `null` while the store cannot be read. */
  readonly dataStatistics: {
    readonly totalRecords: number;
    readonly uniqueUsers: number;
    readonly averageQuality: number;
    /** Days (UTC), not moments. */
    readonly oldestDay: string | null;
    readonly newestDay: string | null;
    readonly dataTypes: Readonly<Record<string, number>>;
    readonly privacyLevels: Readonly<Record<DataPrivacyLevel, number>>;
  } | null;
}

type Statistics = Extract<
  Awaited<ReturnType<DebugDataSource['learningDataStatistics']>>,
  { readonly ok: true }
>['value'];

export function exportedLearner(state: LearnerState, redaction: LogRedaction): ExportedLearner {
  return {
    learnerType: nameOf(state.learnerType, redaction),
    mode: state.mode,
    isInitialized: state.isInitialized,
    confidence: state.confidence ?? null,
    samples: state.samples,
    lastLearntAt: state.lastLearntAt === undefined ? null : dayOf(state.lastLearntAt),
    lastFailure: state.lastFailure ?? null,
    snapshotBytes: state.snapshotBytes ?? null,
    insights: redaction.fields(state.insights),
  };
}

export function exportedMemory(report: MemoryReport): DebugInfo['systemStatus']['memory'] {
  return {
    usedBytes: report.usedBytes ?? null,
    heapBytes: report.heapBytes ?? null,
    tensors: report.tensors?.tensors ?? null,
    tensorBytes: report.tensors?.bytes ?? null,
    storageUsedBytes: report.storage?.usedBytes ?? null,
    storageQuotaBytes: report.storage?.quotaBytes ?? null,
    logBytes: report.logBytes ?? null,
    cacheEntries: report.cache?.entries ?? null,
    cacheHitRate: report.cache?.hitRate ?? null,
  };
}

export function exportedStatistics(
  statistics: Statistics,
  redaction: LogRedaction,
): NonNullable<DebugInfo['dataStatistics']> {
  const dataTypes: Record<string, number> = {};
  // A third party may name its data as it likes: what is no known word is counted together.
  for (const [name, count] of Object.entries(statistics.byType)) {
    const shown = nameOf(name, redaction);
    dataTypes[shown] = (dataTypes[shown] ?? 0) + count;
  }
  const { oldestAt, newestAt } = statistics;
  return {
    totalRecords: statistics.records,
    uniqueUsers: statistics.users,
    averageQuality: statistics.averageQuality,
    oldestDay: oldestAt === undefined ? null : dayOf(oldestAt),
    newestDay: newestAt === undefined ? null : dayOf(newestAt),
    dataTypes,
    privacyLevels: statistics.byPrivacyLevel,
  };
}

function nameOf(text: string, redaction: LogRedaction): string {
  return redaction.isHarmless(text) ? text : REDACTED;
}

const dayOf = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);
