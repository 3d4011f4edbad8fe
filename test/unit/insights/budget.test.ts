import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  askableMetrics,
  budgetAt,
  CAPS,
  CLOCK_SLACK_MS,
  isForgettable,
  restUntilMs,
  type Spend,
} from '../../../src/insights/budget';
import { DAY_MS, epochOf } from '../../../src/insights/epoch';

const NOW = Date.UTC(2026, 0, 1);
const spend = (atMs: number, metric: Spend['metric'] = 'action-undone'): Spend => ({
  metric,
  epoch: epochOf(atMs),
  atMs,
});

describe('the budget', () => {
  it('is untouched before anything is spent', () => {
    expect(budgetAt([], NOW)).toEqual({
      windows: [
        { days: 1, most: 1, spent: 0 },
        { days: 30, most: 2, spent: 0 },
        { days: 365, most: 24, spent: 0 },
      ],
      nextAtMs: 0,
    });
  });

  it('holds its caps over every span of days, however greedily it is used', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 40 * 24 }), { minLength: 50, maxLength: 400 });
    fc.assert(
      fc.property(steps, (hours) => {
        const spends: Spend[] = [];
        let nowMs = NOW;
        for (const hour of hours) {
          nowMs += hour * 3_600_000;
          if (budgetAt(spends, nowMs).nextAtMs <= nowMs) spends.push(spend(nowMs));
        }
        for (const { days, most } of CAPS) {
          for (const { atMs } of spends) {
            const within = spends.filter((each) => each.atMs >= atMs && each.atMs < atMs + days * DAY_MS);
            expect(within.length).toBeLessThanOrEqual(most);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('says when the next may be made, and it may be then, and not a moment sooner', () => {
    const spends = [spend(NOW), spend(NOW + 4 * DAY_MS)];
    const { nextAtMs } = budgetAt(spends, NOW + 5 * DAY_MS);
    expect(nextAtMs).toBe(NOW + 30 * DAY_MS + CLOCK_SLACK_MS);
    expect(budgetAt(spends, nextAtMs - 1).windows[1]).toMatchObject({ spent: 2 });
    expect(budgetAt(spends, nextAtMs).windows[1]).toMatchObject({ spent: 1 });
  });

  it('gives nothing early to a clock that is up to two days ahead', () => {
    const spends = [spend(NOW)];
    expect(budgetAt(spends, NOW + DAY_MS - 1 + CLOCK_SLACK_MS).nextAtMs).toBeGreaterThan(NOW + DAY_MS);
  });

  it('counts what is written down as later than now: a clock that went back frees nothing', () => {
    const spends = [spend(NOW), spend(NOW + 3 * DAY_MS)];
    const { windows, nextAtMs } = budgetAt(spends, NOW - 90 * DAY_MS);
    expect(windows.map(({ spent }) => spent)).toEqual([2, 2, 2]);
    expect(nextAtMs).toBeGreaterThan(NOW);
  });
});

describe('the questions that are left', () => {
  const assigned = ['action-undone', 'phrases-taught'] as const;

  it('are those not answered within a year', () => {
    const year = 365 * DAY_MS + CLOCK_SLACK_MS;
    expect(askableMetrics(assigned, [spend(NOW - year + 1)], NOW)).toEqual(['phrases-taught']);
    expect(askableMetrics(assigned, [spend(NOW - year)], NOW)).toEqual(assigned);
  });

  it('are none once two were answered in the epoch, whichever they were', () => {
    const spends = [spend(NOW, 'compute-backend'), spend(NOW, 'interface-language')];
    expect(askableMetrics(assigned, spends, NOW)).toEqual([]);
  });
});

describe('an old report', () => {
  it('is forgotten only when no rule asks for it any more', () => {
    const year = 365 * DAY_MS + CLOCK_SLACK_MS;
    expect(isForgettable(spend(NOW), NOW + year - 1)).toBe(false);
    expect(isForgettable(spend(NOW), NOW + year)).toBe(true);
    expect(restUntilMs(NOW)).toBe(NOW + year);
  });
});
