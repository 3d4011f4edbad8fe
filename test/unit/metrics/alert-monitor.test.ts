import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/config/configuration-profiles';
import { type Alert, AlertMonitor, type AlertRule } from '../../../src/metrics/alert-monitor';
import { learningAlertRules } from '../../../src/metrics/learning-alerts';
import { LearningSystemMetrics } from '../../../src/metrics/learning-system-metrics';
import { manualClock } from '../../support/manual-clock';

function watch(rule: Partial<AlertRule> = {}) {
  const clock = manualClock();
  const told: Alert[] = [];
  const measured: { value: number | undefined } = { value: 0 };
  const monitor = new AlertMonitor(
    [{ name: 'high', value: () => measured.value, raiseAbove: 10, clearBelow: 8, forMs: 3_000, ...rule }],
    clock,
    (alert) => told.push(alert),
  );
  /** One second, one value. */
  const see = (...values: (number | undefined)[]): void => {
    for (const value of values) {
      clock.nowMs += 1_000;
      measured.value = value;
      monitor.evaluate();
    }
  };
  return { monitor, told, see };
}

describe('AlertMonitor', () => {
  it('raises once, only after the value was too high all the time', () => {
    const { monitor, told, see } = watch();
    see(11, 11, 11, 10, 11, 11, 11);
    expect(told).toEqual([]);
    see(12, 13, 14);
    expect(told).toEqual([{ name: 'high', state: 'raised', value: 12, threshold: 10, at: 8_000 }]);
    expect(monitor.active).toEqual(told);
  });

  it('clears only below the lower threshold, and can be raised again after that', () => {
    const { monitor, told, see } = watch({ forMs: 0 });
    see(11, 9, 11, 9, 8.1);
    expect(told.map(({ state }) => state)).toEqual(['raised']);
    see(8);
    expect(told.at(-1)).toEqual({ name: 'high', state: 'cleared', value: 8, threshold: 8, at: 6_000 });
    expect(monitor.active).toEqual([]);
    see(9, 11);
    expect(told.map(({ state }) => state)).toEqual(['raised', 'cleared', 'raised']);
  });

  it('neither raises nor clears on what is not known', () => {
    const { told, see } = watch();
    see(11, 11, 11, undefined, 11, 11, 11);
    expect(told).toEqual([]);
    see(11, undefined, undefined);
    expect(told.map(({ state }) => state)).toEqual(['raised']);
  });

  it('refuses a rule that could never be cleared', () => {
    expect(() => watch({ clearBelow: 11 })).toThrow('can be cleared');
  });
});

describe('learningAlertRules', () => {
  it('watch what is really measured, with the thresholds of the configuration', () => {
    const clock = manualClock();
    const metrics = new LearningSystemMetrics(clock);
    const told: string[] = [];
    const monitor = new AlertMonitor(
      learningAlertRules(defaultConfiguration, metrics),
      clock,
      ({ name, state }) => told.push(`${name} ${state}`),
    );
    const pass = (seconds: number): void => {
      for (let second = 0; second < seconds; second += 1) {
        clock.nowMs += 1_000;
        monitor.evaluate();
      }
    };
    pass(120);
    expect(told).toEqual([]);
    for (let index = 0; index < 5; index += 1) metrics.recordLearningOperation('learn', 3, 'failed');
    metrics.updateSystemMetrics(1, 512 * 1_048_576);
    pass(62);
    expect(told).toEqual(['learning-fails raised', 'learning-is-slow raised', 'memory-is-short raised']);
    metrics.updateSystemMetrics(1, 1_000);
    for (let index = 0; index < 95; index += 1) metrics.recordLearningOperation('learn', 0.1, 'success');
    pass(1);
    expect(told.slice(3)).toEqual([
      'learning-fails cleared',
      'learning-is-slow cleared',
      'memory-is-short cleared',
    ]);
  });
});
