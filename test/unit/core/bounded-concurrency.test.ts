import { describe, expect, it } from 'vitest';
import { mapBounded } from '../../../src/core/bounded-concurrency';
import { pause } from '../../../src/core/pause';
import { Turns } from '../../../src/core/turns';

describe('mapBounded', () => {
  it('answers in order, however long each takes', async () => {
    const outcomes = await mapBounded([3, 1, 2], 2, async (turns) => {
      for (let turn = 0; turn < turns; turn += 1) await pause();
      return turns * 10;
    });
    expect(outcomes).toEqual([30, 10, 20]);
  });

  it('begins nothing after a failure, waits for what runs, and throws the first', async () => {
    const ended: number[] = [];
    await expect(
      mapBounded([0, 1, 2, 3, 4], 2, async (n) => {
        if (n === 0) throw new Error('first');
        await pause();
        ended.push(n);
      }),
    ).rejects.toThrow('first');
    expect(ended).toEqual([1]);
  });
});

describe('Turns', () => {
  it('runs one at a time in the order asked, and goes on after a failure', async () => {
    const turns = new Turns();
    const log: string[] = [];
    const take = (name: string): Promise<void> =>
      turns.take(async () => {
        log.push(`begin ${name}`);
        await pause();
        log.push(`end ${name}`);
        if (name === 'a') throw new Error('a');
      });
    const [first, second] = await Promise.allSettled([take('a'), take('b')]);
    expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled']);
    expect(log).toEqual(['begin a', 'end a', 'begin b', 'end b']);
  });
});
