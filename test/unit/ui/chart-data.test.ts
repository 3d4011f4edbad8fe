import { describe, expect, it } from 'vitest';
import { toCsv, toJson } from '../../../src/ui/charts/chart-data';

const data = {
  name: 'x',
  head: ['Name', 'Times'],
  rows: [
    ['tea, "green"', 3],
    ['=HYPERLINK("https://elsewhere.example")', 0.5],
    ['早上好', 1],
  ],
} as const;

describe('figures that somebody takes along', () => {
  it('are CSV that spreadsheets read, in which no phrase is a formula', () => {
    expect(toCsv(data).split('\r\n')).toEqual([
      'Name,Times',
      '"tea, ""green""",3',
      `"'=HYPERLINK(""https://elsewhere.example"")",0.5`,
      '早上好,1',
    ]);
  });

  it('are JSON, one object a row', () => {
    expect(JSON.parse(toJson(data))[2]).toEqual({ Name: '早上好', Times: 1 });
  });
});
