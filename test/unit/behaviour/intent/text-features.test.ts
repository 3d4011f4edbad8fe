import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { hashOf, tableRowsOf, wordsOf } from '../../../../src/behaviour/intent/text-features';

// Whoever trains has Python; whoever works on the app need not.
const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('the features of a text', () => {
  it.each([
    ['Set a TIMER for 25 min!', ['set', 'a', 'timer', 'for', '00', 'min']],
    ['请关灯', ['请', '关', '灯']],
    ['ｆｕｌｌ　ｗｉｄｔｈ', ['full', 'width']],
    ['don’t stop', ["don't", 'stop']],
    ['включи свет', ['включи', 'свет']],
    ['  …  ', []],
  ])('are words, in any script: %s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('hash to 32 bits without a sign', () => {
    expect([hashOf(''), hashOf('tea'), hashOf('灯')]).toEqual(
      [hashOf(''), hashOf('tea'), hashOf('灯')].map((hash) => hash >>> 0),
    );
    expect(new Set(['tea', 'eat', 'ate'].map(hashOf)).size).toBe(3);
  });

  it('lie in the rows of the table that they were trained in', () => {
    expect(tableRowsOf('关灯')).toEqual([3_054, 107, 13_350, 11_093, 15_981]);
    expect(tableRowsOf('A cup, now').slice(0, 6)).toEqual([4_531, 5_336, 7_334, 9_474, 10_635, 9_432]);
  });

  it.skipIf(!hasPython)('lie in the same rows for the script that trains (python3)', () => {
    const texts = ['Set a TIMER for 25 min!', '请关灯 now', 'don’t stop', 'включи свет', 'naïve café'];
    const script =
      'import json,sys; from text_features import rows_of; print(json.dumps([rows_of(t) for t in json.loads(sys.argv[1])]))';
    const printed = execFileSync('python3', ['-B', '-c', script, JSON.stringify(texts)], {
      cwd: `${import.meta.dirname}/../../../../models/text/training`,
      encoding: 'utf8',
    });
    expect(texts.map(tableRowsOf)).toEqual(JSON.parse(printed));
  });
});
