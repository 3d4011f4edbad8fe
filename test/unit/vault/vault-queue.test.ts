import { describe, expect, it } from 'vitest';
import { VaultQueue } from '../../../src/vault/vault-queue';

/** Jobs that note when they start and end; each takes a few turns of the event loop. */
function journal() {
  const lines: string[] = [];
  const job = (name: string) => async () => {
    lines.push(`${name} starts`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    lines.push(`${name} ends`);
    return name;
  };
  return { lines, job };
}

describe('VaultQueue', () => {
  it('runs readers together, and a change alone between what came before and after', async () => {
    const queue = new VaultQueue();
    const { lines, job } = journal();
    await Promise.all([
      queue.read(job('a')),
      queue.read(job('b')),
      queue.alone(job('change')),
      queue.read(job('c')),
    ]);
    expect(lines).toEqual([
      'a starts',
      'b starts',
      'a ends',
      'b ends',
      'change starts',
      'change ends',
      'c starts',
      'c ends',
    ]);
  });

  it('runs changes one by one, in order', async () => {
    const queue = new VaultQueue();
    const { lines, job } = journal();
    const names = await Promise.all(['1', '2', '3'].map((name) => queue.alone(job(name))));
    expect(names).toEqual(['1', '2', '3']);
    expect(lines).toEqual(['1 starts', '1 ends', '2 starts', '2 ends', '3 starts', '3 ends']);
  });

  it('goes on after a job that failed, and tells only its own caller', async () => {
    const queue = new VaultQueue();
    const broken = () => Promise.reject(new Error('broken'));
    const answers = await Promise.allSettled([
      queue.read(broken),
      queue.alone(broken),
      queue.read(async () => 'read'),
      queue.alone(async () => 'changed'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
  });
});
