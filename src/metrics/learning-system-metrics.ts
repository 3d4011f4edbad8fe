import type { Clock } from '../core/clock';
import { Counter } from './counter';
import { Gauge } from './gauge';
import { Histogram } from './histogram';
import { MetricRegistry } from './metric-registry';
import { OperationWindow } from './operation-window';

export const operationTypes = ['initialize', 'learn', 'predict', 'save', 'load', 'analyse', 'adapt'] as const;
export type OperationType = (typeof operationTypes)[number];

/** `aborted`: nobody waited for it any more; neither a success nor a failure. */
export const operationStatuses = ['success', 'failed', 'aborted'] as const;
export type OperationStatus = (typeof operationStatuses)[number];

const DURATION_BOUNDS_SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What is measured of learning, all of it on this device. */
export class LearningSystemMetrics {
  readonly registry = new MetricRegistry();
  readonly operations = this.registry.register(
    new Counter('learning_operations_total', 'Learning operations by kind and how they ended.', {
      operation_type: operationTypes,
      status: operationStatuses,
    }),
  );
  readonly durations = this.registry.register(
    new Histogram(
      'learning_duration_seconds',
      'Time that learning operations took.',
      { operation_type: operationTypes },
      DURATION_BOUNDS_SECONDS,
    ),
  );
  readonly activeLearners = this.registry.register(
    new Gauge('active_learners', 'Learners that are initialized and not shut down.', 0),
  );
  readonly memoryUsage = this.registry.register(
    new Gauge('memory_usage_bytes', 'Memory in use as far as the browser tells; absent where it does not.'),
  );
  /** The same operations over the last five minutes. */
  readonly recent: OperationWindow;

  constructor(clock: Clock) {
    this.recent = new OperationWindow(clock);
  }

  recordLearningOperation(type: OperationType, durationSeconds: number, status: OperationStatus): void {
    this.operations.increment({ operation_type: type, status });
    this.durations.observe({ operation_type: type }, durationSeconds);
    this.recent.record(durationSeconds, status);
  }

  /** @param memoryUsageBytes `undefined` where the browser does not tell */
  updateSystemMetrics(activeLearners: number, memoryUsageBytes: number | undefined): void {
    this.activeLearners.set(activeLearners);
    this.memoryUsage.set(memoryUsageBytes);
  }

  /** Operations since the start, by how they ended. */
  totals(): Readonly<Record<OperationStatus, number>> {
    const totals = { success: 0, failed: 0, aborted: 0 };
    for (const type of operationTypes)
      for (const status of operationStatuses)
        totals[status] += this.operations.value({ operation_type: type, status });
    return totals;
  }
}
