import { describe, expect, it } from 'vitest';
import { recentOperationsIn } from '../../../src/ui/debug-info';

describe('recentOperationsIn', () => {
  it('reads the figures, and what is not known stays unknown', () => {
    const performanceMetrics = {
      coveredMs: 60_000,
      operations: 6,
      averageResponseTimeMs: null,
      throughputPerSecond: 0.1,
      errorRate: 0.5,
    };
    expect(recentOperationsIn(JSON.stringify({ performanceMetrics }))).toEqual(performanceMetrics);
  });

  it.each(['{}', 'null', '{"performanceMetrics":{"operations":"6"}}'])('finds none in %s', (exported) => {
    expect(recentOperationsIn(exported)).toBeUndefined();
  });
});
