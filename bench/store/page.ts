import type { Result } from '../../src/core/result';
import { LearningDataManager } from '../../src/vault/learning-data/learning-data-manager';
import { Vault } from '../../src/vault/vault';
import { observations, PAGE_ROWS, type Question, question } from './observations';
import { PlainStore } from './plain-store';

/** Both stores on an empty page, driven by the benchmark through `bench`. Every call times itself. */

const BATCH = 1_000;
/** Far more than upkeep takes at a time, which gives way to everybody else after every few rows. */
const ROWS_A_STEP = 500;

interface EncryptedStore {
  readonly name: string;
  readonly vault: Vault;
  /** Remembers nothing, so that every question goes to the store. */
  readonly cold: LearningDataManager;
  readonly warm: LearningDataManager;
}

let plain: PlainStore | undefined;
let encrypted: EncryptedStore | undefined;
let made = 0;

async function worked<T>(answer: Promise<Result<T, unknown>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(`the store answered ${JSON.stringify(result.error)}`);
  return result.value;
}

async function timed(job: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await job();
  return performance.now() - startedAt;
}

function opened<T>(store: T | undefined): T {
  if (store === undefined) throw new Error('open the stores first');
  return store;
}

type Kind = 'encrypted' | 'plain';

const bench = {
  /** New, empty stores. */
  async open(): Promise<void> {
    made += 1;
    plain = new PlainStore(`plain-${made}`);
    const name = `vault-${made}`;
    const vault = new Vault({ name });
    await worked(vault.create('convenience'));
    encrypted = {
      name,
      vault,
      cold: new LearningDataManager(vault, { cacheCapacity: 0 }),
      warm: new LearningDataManager(vault),
    };
    await plain.store([]);
  },
  async delete(): Promise<void> {
    await plain?.delete();
    if (encrypted !== undefined) await worked(encrypted.vault.destroy());
  },
  /** Stores observations `from` to `to` of `count`, 1,000 a call. Answers with milliseconds. */
  async store(kind: Kind, from: number, to: number, count: number, days?: number): Promise<number> {
    let tookMs = 0;
    for (let at = from; at < to; at += BATCH) {
      const data = observations(at, Math.min(to, at + BATCH), count, days);
      tookMs += await timed(() =>
        kind === 'plain' ? opened(plain).store(data) : worked(opened(encrypted).cold.storeLearningData(data)),
      );
    }
    return tookMs;
  },
  /** Everything, newest first, 1,000 a page, by a manager that remembers nothing yet. */
  async readAll(kind: Kind, rows: number): Promise<number> {
    let read = 0;
    const reader = new LearningDataManager(opened(encrypted).vault);
    const tookMs = await timed(async () => {
      if (kind === 'plain') {
        read = await opened(plain).readAll(BATCH);
        return;
      }
      let cursor: string | undefined;
      do {
        const page = await worked(
          reader.retrieveLearningData(cursor === undefined ? { limit: BATCH } : { limit: BATCH, cursor }),
        );
        read += page.rows.length;
        cursor = page.nextCursor;
      } while (cursor !== undefined);
    });
    if (read !== rows) throw new Error(`${read} of ${rows} rows were read`);
    return tookMs;
  },
  async single(kind: Kind, times: number): Promise<number[]> {
    const took: number[] = [];
    for (let at = 0; at < times; at += 1) {
      const data = observations(at, at + 1, times);
      took.push(
        await timed(() =>
          kind === 'plain'
            ? opened(plain).store(data)
            : worked(opened(encrypted).cold.storeLearningData(data)),
        ),
      );
    }
    return took;
  },
  /** A page of one person, kind and month, each question another one. */
  async ask(kind: Kind, times: number): Promise<{ readonly took: number[]; readonly rows: number }> {
    const took: number[] = [];
    let rows = 0;
    for (let at = 0; at < times; at += 1) {
      const asked = question();
      took.push(
        await timed(async () => {
          rows +=
            kind === 'plain' ? await opened(plain).ask(asked) : await answerOf(opened(encrypted).cold, asked);
        }),
      );
    }
    return { took, rows };
  },
  /** The second of two equal questions. */
  async askAgain(times: number): Promise<number[]> {
    const took: number[] = [];
    for (let at = 0; at < times; at += 1) {
      const asked = question();
      await answerOf(opened(encrypted).warm, asked);
      took.push(await timed(() => answerOf(opened(encrypted).warm, asked)));
    }
    return took;
  },
  /** From nothing in memory to an open vault that knows what is in it. */
  async openVault(passphrase?: string): Promise<number> {
    const later = new Vault({ name: opened(encrypted).name });
    return await timed(async () => {
      await worked(later.unlock(passphrase));
      await worked(later.status());
    });
  },
  async protect(passphrase: string): Promise<void> {
    await worked(opened(encrypted).vault.protect('passphrase', passphrase));
  },
  /** New data keys, and every row sealed anew under them. Answers with milliseconds and rows. */
  async rotate(): Promise<{ readonly tookMs: number; readonly resealed: number }> {
    const { vault } = opened(encrypted);
    let resealed = 0;
    const tookMs = await timed(async () => {
      await worked(vault.rotateKeys());
      for (let isMore = true; isMore; ) {
        const step = await worked(vault.rotationStep(ROWS_A_STEP));
        resealed += step.resealed;
        isMore = step.isMore;
      }
    });
    return { tookMs, resealed };
  },
  async statistics(): Promise<number> {
    return await timed(() => worked(opened(encrypted).cold.learningDataStatistics()));
  },
};

async function answerOf(manager: LearningDataManager, asked: Question): Promise<number> {
  const { userId, dataType, from, until } = asked;
  const page = await worked(
    manager.retrieveLearningData({ userId, dataTypes: [dataType], from, until, limit: PAGE_ROWS }),
  );
  return page.rows.length;
}

export type StoreBench = typeof bench;

Object.assign(globalThis, { bench });
