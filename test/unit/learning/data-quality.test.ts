import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json';
import { assessDataQuality } from '../../../src/learning/data-quality';

const NOW_MS = 1_750_000_000_000;
const assess = (content: JsonObject, rest: { createdAt?: number; sessionId?: string | undefined } = {}) =>
  assessDataQuality({ content, createdAt: NOW_MS, sessionId: 'morning', ...rest }, NOW_MS);

const anyContent = fc
  .dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 })
  .map((content) => content as JsonObject);

describe('the quality of an observation', () => {
  it('is 1 when everything says something, holds, and has a session', () => {
    expect(assess({ action: 'speak', confidence: 0.9, decisionMs: 12, tags: ['a'] })).toEqual({
      completeness: 1,
      validity: 1,
      attribution: 1,
      score: 1,
    });
  });

  it('is completeness times validity times attribution, all of them in [0, 1]', () => {
    fc.assert(
      fc.property(anyContent, fc.option(fc.string(), { nil: undefined }), (content, sessionId) => {
        const quality = assess(content, { sessionId });
        const { completeness, validity, attribution, score } = quality;
        expect(score).toBe(completeness * validity * attribution);
        for (const factor of [completeness, validity, attribution]) {
          expect(factor).toBeGreaterThanOrEqual(0);
          expect(factor).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('is 0 for an observation of nothing', () => {
    expect(assess({}).score).toBe(0);
    expect(assess({ action: null, note: '  ', tags: [], context: {} }).score).toBe(0);
  });

  it('falls with every value that says nothing, wherever it is', () => {
    expect(assess({ action: 'speak', result: null }).completeness).toBe(1 / 2);
    expect(assess({ action: 'speak', context: { hour: 7, place: '', with: [] } }).completeness).toBe(1 / 2);
    expect(assess({ zero: 0, no: false }).completeness).toBe(1);
  });

  it('falls with every number that its name does not allow', () => {
    expect(assess({ confidence: 1.2 }).validity).toBe(1 / 2);
    expect(assess({ confidence: 0.2, successRate: -1, decisionMs: -5 }).validity).toBe(2 / 4);
    expect(assess({ latenciesMs: [1, -1, 2] }).validity).toBe(3 / 4);
    expect(assess({ count: 3, rateOfSpeech: 170, level: -12 }).validity).toBe(1);
  });

  it('falls when it is said to have happened in the future, beyond what clocks differ by', () => {
    expect(assess({ action: 'speak' }, { createdAt: NOW_MS + 300_000 }).validity).toBe(1);
    expect(assess({ action: 'speak' }, { createdAt: NOW_MS + 300_001 }).validity).toBe(0);
  });

  it('is a tenth lower when nobody knows the session', () => {
    expect(assess({ action: 'speak' }, { sessionId: undefined }).score).toBe(0.9);
  });
});
