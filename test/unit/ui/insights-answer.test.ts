import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random';
import { metricBuckets, metricIds } from '../../../src/insights/protocol/metrics';
import { en } from '../../../src/ui/i18n/en';
import { createFormats } from '../../../src/ui/i18n/formats';
import { createText } from '../../../src/ui/i18n/localisation';
import { zhCn } from '../../../src/ui/i18n/zh-cn';
import { answerText } from '../../../src/ui/insights-answer';
import { CROWD, estimateYes, tossCrowd } from '../../../src/ui/tossed-crowd';

const languages = [
  { language: 'en', text: createText(en, 'en'), formats: createFormats('en') },
  { language: 'zh-CN', text: createText(zhCn, 'zh-CN'), formats: createFormats('zh-CN') },
] as const;

describe('the answers in words', () => {
  it.each(metricIds)('of %s differ from each other, in both languages', (metric) => {
    for (const localisation of languages) {
      const words = metricBuckets[metric].map((bucket) => answerText(localisation, metric, bucket));
      expect(new Set(words).size).toBe(words.length);
      expect(words.filter((word) => word.trim() === '' || word.includes('NaN'))).toEqual([]);
    }
  });

  it('say what the numbers mean', () => {
    const [english] = languages;
    const inWords = (metric: (typeof metricIds)[number], bucket: string) =>
      answerText(english, metric, bucket);
    expect(inWords('phrases-taught', '3-5')).toBe('3 to 5');
    expect(inWords('corrections-needed', 'to-20-percent')).toBe('Up to 20% of the time');
    expect(inWords('not-recognised', 'over-40-percent')).toBe('More than 40% of the time');
    expect(inWords('takes-per-phrase', '1')).toBe('1 recording');
  });
});

describe('the picture of a hundred people', () => {
  it('has as many for whom it is yes as were asked for, and lets nobody’s place tell', () => {
    const crowd = tossCrowd(30, 0.731, seededRandom(1));
    expect(crowd).toHaveLength(CROWD);
    expect(crowd.filter(({ isYes }) => isYes)).toHaveLength(30);
    expect(crowd.slice(0, 30).every(({ isYes }) => isYes)).toBe(false);
  });

  it('works back to the truth on average', () => {
    const random = seededRandom(2);
    const estimates = Array.from({ length: 400 }, () => estimateYes(tossCrowd(60, 0.731, random), 0.731));
    const mean = estimates.reduce((sum, each) => sum + each, 0) / estimates.length;
    expect(Math.abs(mean - 60)).toBeLessThan(2);
  });

  it('never estimates fewer than nobody or more than everybody', () => {
    const all = (saysYes: boolean) => Array.from({ length: CROWD }, () => ({ isYes: true, saysYes }));
    expect(estimateYes(all(true), 0.731)).toBe(CROWD);
    expect(estimateYes(all(false), 0.731)).toBe(0);
  });
});
