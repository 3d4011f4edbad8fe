import { describe, expect, test } from 'vitest';
import { Intake, type IntakeWatcher } from '../../../server/store/intake';
import type { Counting, IncomingBatch } from '../../../server/store/report-store';

const options = { mostWaiting: 10, mostInGroup: 4, patienceMs: 200 };
const quiet: IntakeWatcher = { committed: () => undefined, failed: () => undefined };
const batch = (id: string): IncomingBatch => ({ id, fingerprint: id, protocol: 1, reports: [] });
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index}`);

describe('group commit', () => {
  test('what arrives during a transaction shares the next one, and no group is too large', async () => {
    const groups: number[] = [];
    const intake = new Intake(
      async (batches) => {
        groups.push(batches.length);
        await new Promise((resolve) => setTimeout(resolve, 5));
        return batches.map((): Counting => 'counted');
      },
      quiet,
      options,
    );
    const answers = await Promise.all(ids(9).map((id) => intake.take(batch(id))));
    expect(answers).toEqual(ids(9).map(() => 'counted'));
    expect(groups).toEqual([4, 4, 1]);
  });

  test('nobody is answered before their transaction is', async () => {
    let commit: () => void = () => undefined;
    const intake = new Intake(
      async (batches) => {
        await new Promise<void>((resolve) => {
          commit = resolve;
        });
        return batches.map((): Counting => 'counted');
      },
      quiet,
      options,
    );
    let answered = false;
    const taken = intake.take(batch('a')).then(() => {
      answered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([answered, intake.pending]).toEqual([false, 1]);
    commit();
    await taken;
    await intake.drained();
    expect([answered, intake.pending]).toEqual([true, 0]);
  });

  test('each batch gets its own answer', async () => {
    const intake = new Intake(
      async (batches) => batches.map(({ id }): Counting => (id === '1' ? 'reused' : 'counted')),
      quiet,
      options,
    );
    const answers = await Promise.all(ids(3).map((id) => intake.take(batch(id))));
    expect(answers).toEqual(['counted', 'reused', 'counted']);
  });

  test('a transaction that fails is tried again, as the same group', async () => {
    let tries = 0;
    const failures: unknown[] = [];
    const intake = new Intake(
      async (batches) => {
        tries += 1;
        if (tries < 3) throw new Error('gone');
        return batches.map((): Counting => 'counted');
      },
      { ...quiet, failed: (error) => failures.push(error) },
      options,
    );
    expect(await intake.take(batch('a'))).toBe('counted');
    expect([tries, failures.length]).toEqual([3, 2]);
  });

  test('when patience ends it says that it does not know', async () => {
    const intake = new Intake(() => Promise.reject(new Error('gone')), quiet, options);
    expect(await intake.take(batch('a'))).toBe('unavailable');
    expect(intake.pending).toBe(0);
  });

  test('more than may wait are turned away at once', async () => {
    const intake = new Intake(() => Promise.reject(new Error('gone')), quiet, options);
    const answers = await Promise.all(ids(12).map((id) => intake.take(batch(id))));
    expect(answers.filter((answer) => answer === 'overloaded')).toHaveLength(2);
  });
});
