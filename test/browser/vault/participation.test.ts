import { afterEach, describe, expect, it } from 'vitest';
import { epochMs, monotonicMs } from '../../../src/core/units';
import type { MetricValues } from '../../../src/insights/draft-report';
import type { ParticipationView } from '../../../src/insights/participation-view';
import { metricIds } from '../../../src/insights/protocol/metrics';
import { uploadReports } from '../../../src/insights/upload-reports';
import { Upkeep } from '../../../src/vault/maintenance/upkeep';
import { ledgerDatabaseName } from '../../../src/vault/participation/ledger-rows';
import { Participation } from '../../../src/vault/participation/participation';
import { openServiceWorkerOutbox } from '../../../src/vault/participation/service-worker-outbox';
import { Vault } from '../../../src/vault/vault';
import { putRaw, rawRows } from './raw-store';
import { failed, freshVault, NOON_MS, worked } from './sample-rows';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ENDPOINT = 'https://insights.example.org';
const values = Object.fromEntries(metricIds.map((metric) => [metric, 1])) as MetricValues;
const source = { values, endpoint: ENDPOINT };

const open: Vault[] = [];

afterEach(async () => {
  for (const vault of open.splice(0)) await vault.close();
});

type Known = Extract<ParticipationView, { readonly questions: unknown }>;

/** A vault whose clock stands still until a test moves it, and whoever owns it. */
async function device() {
  const time = { nowMs: NOON_MS, wrongMs: 0 };
  const clock = {
    now: () => epochMs(time.nowMs + time.wrongMs),
    monotonic: () => monotonicMs(time.nowMs - NOON_MS),
  };
  const { vault, name } = freshVault({ clock });
  await worked(vault.create('convenience'));

  /** As after the browser was killed: nothing is left but what is on the disk. */
  async function starts() {
    const opened = new Vault({ name, clock });
    open.push(opened);
    await worked(opened.unlock());
    const upkeep = new Upkeep(opened, clock, () => undefined);
    const participation = new Participation(opened, name, () => upkeep.look());
    const view = async (): Promise<Known> => {
      const seen = await worked(participation.view(source));
      if (!('questions' in seen)) throw new Error(`the view is ${seen.kind}`);
      return seen;
    };
    /** Days go by with a look at the clock every eight hours; makes whatever may be made. */
    const lives = async (days: number): Promise<number> => {
      let made = 0;
      for (let hours = 0; hours < days * 24; hours += 8) {
        time.nowMs += 8 * HOUR_MS;
        if (await worked(participation.makeReport(source))) made += 1;
      }
      return made;
    };
    return { vault: opened, participation, view, lives };
  }
  await vault.close();
  return { name, time, starts };
}

const databases = async (): Promise<readonly (string | undefined)[]> =>
  (await indexedDB.databases()).map(({ name }) => name);

describe('without taking part', () => {
  it('nothing is made, nothing is stored, and looking changes neither', async () => {
    const { name, starts } = await device();
    const { participation, view } = await starts();
    expect((await view()).kind).toBe('off');
    expect(await worked(participation.makeReport(source))).toBe(false);
    expect(await worked(participation.due(ENDPOINT))).toEqual([]);
    expect(await databases()).not.toContain(ledgerDatabaseName(name));
  });

  it('a locked vault shows and makes nothing', async () => {
    const { starts } = await device();
    const { vault, participation } = await starts();
    await worked(participation.join(ENDPOINT));
    await worked(vault.lock());
    expect(await failed(participation.makeReport(source))).toEqual({ kind: 'locked' });
    expect(await failed(participation.view(source))).toEqual({ kind: 'locked' });
  });
});

describe('a report', () => {
  it('has the bytes that were shown before anybody agreed', async () => {
    const { starts, time } = await device();
    const { participation, view } = await starts();
    const { preview } = await view();
    await worked(participation.join(ENDPOINT));
    expect(await worked(participation.makeReport(source))).toBe(true);
    const { receipts, budget, preview: queued } = await view();
    expect(receipts).toMatchObject([{ epsilon: 1, madeAtMs: NOON_MS, delivery: 'waiting' }]);
    expect(receipts[0]?.body).toEqual(preview?.body);
    expect(queued?.body).toEqual(preview?.body);
    expect(budget.map(({ spent }) => spent)).toEqual([1, 1, 1]);
    time.nowMs += DAY_MS;
    expect(await worked(participation.due(ENDPOINT))).toMatchObject([{ body: preview?.body }]);
  });

  it('waits for its hour, and goes nowhere but where the person agreed to', async () => {
    const { starts, time } = await device();
    const { participation, view } = await starts();
    await worked(participation.join(ENDPOINT));
    await worked(participation.makeReport(source));
    const { preview } = await view();
    const sendAfterMs = preview?.sendAfterMs ?? 0;
    expect(sendAfterMs).toBeGreaterThanOrEqual(NOON_MS);
    expect(sendAfterMs).toBeLessThan(NOON_MS + DAY_MS);
    time.nowMs = sendAfterMs - 1;
    expect(await worked(participation.due(ENDPOINT))).toEqual([]);
    time.nowMs = sendAfterMs;
    expect(await worked(participation.due('https://elsewhere.example.org'))).toEqual([]);
    expect(await worked(participation.due(ENDPOINT))).toHaveLength(1);
    time.nowMs += 3 * DAY_MS;
    const moved = { values, endpoint: 'https://elsewhere.example.org' };
    expect(await worked(participation.makeReport(moved))).toBe(false);
  });

  it('is spent and queued together: where the bytes cannot be queued, nothing is spent', async () => {
    const { name, starts } = await device();
    const { participation, view } = await starts();
    await worked(participation.join(ENDPOINT));
    const waiting = { format: 1, endpoint: ENDPOINT, body: new Uint8Array(1), sendAfterMs: 9e15 };
    await changeRaw(ledgerDatabaseName(name), 'outbox', (outbox) => {
      for (let at = 0; at < 1_000; at += 1) outbox.put({ ...waiting, id: `full-${at}`, delivery: 'waiting' });
    });
    expect(await failed(participation.makeReport(source))).toMatchObject({ kind: 'unavailable' });
    expect(await rawRows(ledgerDatabaseName(name), 'ledger')).toEqual([]);
    expect((await view()).budget.map(({ spent }) => spent)).toEqual([0, 0, 0]);
  });

  it('survives a kill between spending and sending, and is sent with the same bytes at no further cost', async () => {
    const { starts, time } = await device();
    const before = await starts();
    await worked(before.participation.join(ENDPOINT));
    await worked(before.participation.makeReport(source));
    time.nowMs += DAY_MS;
    const [sent] = await worked(before.participation.due(ENDPOINT));
    // Killed here: whether the endpoint heard of it, nobody knows.
    const after = await starts();
    expect(await worked(after.participation.makeReport(source))).toBe(false);
    expect(await worked(after.participation.due(ENDPOINT))).toEqual([sent]);
    expect((await after.view()).budget[2]).toMatchObject({ spent: 1 });
  });

  it('leaves the outbox once it is delivered; its receipt keeps the bytes', async () => {
    const { starts, time } = await device();
    const { participation, view } = await starts();
    await worked(participation.join(ENDPOINT));
    await worked(participation.makeReport(source));
    time.nowMs += DAY_MS;
    const [parcel] = await worked(participation.due(ENDPOINT));
    await worked(participation.settle(parcel?.id ?? '', 'counted'));
    expect(await worked(participation.due(ENDPOINT))).toEqual([]);
    const { receipts } = await view();
    expect(receipts).toMatchObject([{ delivery: 'counted', body: parcel?.body }]);
  });

  it('is in the audit log, without its answer', async () => {
    const { starts } = await device();
    const { vault, participation, view } = await starts();
    await worked(participation.join(ENDPOINT));
    await worked(participation.makeReport(source));
    const { entries } = await worked(vault.auditPage());
    const [receipt] = (await view()).receipts;
    expect(entries[0]).toMatchObject({
      event: 'insights-reported',
      detail: { metric: receipt?.metric, epsilon: 1, bytes: receipt?.body.length },
    });
    expect(JSON.stringify(entries[0]?.detail)).not.toContain('answer');
    expect(await worked(vault.verifyAudit())).toMatchObject({ kind: 'intact' });
  });

  it('is readable after the passphrase, and with it every key, was changed', async () => {
    const { starts } = await device();
    const { vault, participation, view } = await starts();
    await worked(participation.join(ENDPOINT));
    await worked(participation.makeReport(source));
    await worked(vault.protect('passphrase', 'a passphrase of some length'));
    expect((await view()).receipts).toHaveLength(1);
    expect(await worked(participation.makeReport(source))).toBe(false);
  });
});

describe('the caps', () => {
  it('hold over two months of looking three times a day', async () => {
    const { starts } = await device();
    const { participation, view, lives } = await starts();
    await worked(participation.join(ENDPOINT));
    const made = (await worked(participation.makeReport(source))) ? 1 : 0;
    expect(made + (await lives(28))).toBeLessThanOrEqual(2);
    await lives(32);
    const { receipts } = await view();
    expect(receipts.length).toBeGreaterThanOrEqual(2);
    expect(receipts.length).toBeLessThanOrEqual(4);
    expect(new Set(receipts.map(({ metric }) => metric)).size).toBe(receipts.length);
  });

  it('give nothing early to a clock that jumps ahead, in this session or the next', async () => {
    const { starts, time } = await device();
    const { participation, view } = await starts();
    await worked(participation.join(ENDPOINT));
    await worked(participation.makeReport(source));
    for (const days of [1, 2, 40, 400, 4_000]) {
      time.wrongMs = days * DAY_MS;
      expect(await worked(participation.makeReport(source))).toBe(false);
      const again = await starts();
      expect(await worked(again.participation.makeReport(source))).toBe(false);
    }
    expect(await view()).toMatchObject({
      isTimeDoubtful: true,
      budget: [{ spent: 1 }, { spent: 1 }, { spent: 1 }],
    });
  });

  it('give nothing to a clock that goes back and forth', async () => {
    const { starts, time } = await device();
    const { participation } = await starts();
    await worked(participation.join(ENDPOINT));
    await worked(participation.makeReport(source));
    for (const days of [-400, 0, -30, 1, -1]) {
      time.wrongMs = days * DAY_MS;
      expect(await worked(participation.makeReport(source))).toBe(false);
    }
  });
});

describe('leaving', () => {
  it('destroys outbox and ledger, and leaves only how long to rest', async () => {
    const { name, starts, time } = await device();
    const { participation, view } = await starts();
    await worked(participation.join(ENDPOINT));
    await worked(participation.makeReport(source));
    await worked(participation.leave());
    const database = ledgerDatabaseName(name);
    expect(await rawRows(database, 'ledger')).toEqual([]);
    expect(await rawRows(database, 'outbox')).toEqual([]);
    expect(await rawRows(database, 'state')).toHaveLength(1);
    time.nowMs += DAY_MS;
    expect(await worked(participation.due(ENDPOINT))).toEqual([]);
    expect(await view()).toMatchObject({ kind: 'off', receipts: [], preview: undefined });
  });

  it('is no way around the budget', async () => {
    const { starts, time } = await device();
    const { participation, view, lives } = await starts();
    await worked(participation.join(ENDPOINT));
    await worked(participation.makeReport(source));
    for (let again = 0; again < 3; again += 1) {
      await worked(participation.leave());
      await worked(participation.join(ENDPOINT));
      expect(await worked(participation.makeReport(source))).toBe(false);
    }
    expect(await lives(40)).toBe(0);
    expect((await view()).notBeforeMs).toBe(NOON_MS + 367 * DAY_MS);
    expect(time.nowMs).toBeLessThan(NOON_MS + 367 * DAY_MS);
  });

  it('leaves nothing at all when nothing was spent', async () => {
    const { name, starts } = await device();
    const { participation } = await starts();
    await worked(participation.join(ENDPOINT));
    await worked(participation.leave());
    expect(await databases()).not.toContain(ledgerDatabaseName(name));
  });

  it('goes with everything else when everything is deleted', async () => {
    const { name, starts } = await device();
    const { vault, participation } = await starts();
    await worked(participation.join(ENDPOINT));
    await worked(participation.makeReport(source));
    await worked(vault.destroy());
    expect(await databases()).not.toContain(ledgerDatabaseName(name));
  });
});

describe('a ledger that was tampered with', () => {
  it.each([
    ['an entry is gone', 'ledger', undefined],
    ['an entry was changed', 'ledger', { sealed: new Uint8Array(64) }],
    ['the state was changed', 'state', { sealed: new Uint8Array(64) }],
  ] as const)('makes nothing more: %s', async (_, table, change) => {
    const { name, starts, time } = await device();
    const { participation } = await starts();
    await worked(participation.join(ENDPOINT));
    await worked(participation.makeReport(source));
    const database = ledgerDatabaseName(name);
    const [row] = await rawRows(database, table);
    if (change === undefined) await changeRaw(database, table, (store) => store.clear());
    else await putRaw(database, table, { ...row, ...change });
    time.nowMs += 40 * HOUR_MS;
    expect(await worked(participation.makeReport(source))).toBe(false);
    expect(await worked(participation.view(source))).toEqual({ kind: 'damaged', endpoint: ENDPOINT });
    expect(await failed(participation.join(ENDPOINT))).toMatchObject({ kind: 'unavailable' });
    await worked(participation.leave());
    expect(await worked(participation.view(source))).toMatchObject({ kind: 'off', preview: undefined });
  });
});

describe('the service worker’s way to the outbox', () => {
  it('sees and settles what the vault queued, and makes no database by looking', async () => {
    const { name, starts, time } = await device();
    const { participation, view } = await starts();
    expect(await openServiceWorkerOutbox(ledgerDatabaseName(name))).toBeUndefined();
    expect(await databases()).not.toContain(ledgerDatabaseName(name));
    await worked(participation.join(ENDPOINT));
    await worked(participation.makeReport(source));
    time.nowMs += DAY_MS;
    const [parcel] = await worked(participation.due(ENDPOINT));
    const outbox = await openServiceWorkerOutbox(ledgerDatabaseName(name));
    // This one goes by the wall clock of the machine, to which 2025 is long ago: given up.
    expect(await outbox?.due(ENDPOINT)).toEqual([]);
    await outbox?.settle(parcel?.id ?? '', 'refused');
    outbox?.close();
    expect((await view()).receipts).toMatchObject([{ delivery: 'refused' }]);
  });
});

describe('uploading', () => {
  const { signal } = new AbortController();
  /** A port where nobody listens. */
  const NOBODY = 'http://127.0.0.1:9';
  const parcels = ['a', 'b'].map((id) => ({
    id,
    endpoint: location.origin,
    body: new TextEncoder().encode(id),
  }));

  it('stops at an endpoint that does not answer, and settles nothing', async () => {
    const settled: string[] = [];
    const outbox = {
      due: async () => parcels,
      settle: async (id: string) => {
        settled.push(id);
      },
    };
    expect(await uploadReports(outbox, NOBODY, signal)).toEqual({ settled: 0, isMore: true });
    expect(settled).toEqual([]);
  });

  it('sends nothing once it was broken off', async () => {
    const asked: string[] = [];
    const outbox = {
      due: async () => parcels,
      settle: async (id: string) => {
        asked.push(id);
      },
    };
    // The test server answers everything, so that anything that was sent would be settled.
    expect(await uploadReports(outbox, location.origin, AbortSignal.abort())).toEqual({
      settled: 0,
      isMore: true,
    });
    expect(asked).toEqual([]);
  });

  it('asks the network for nothing when nothing is due', async () => {
    const outbox = { due: async () => [], settle: async () => undefined };
    expect(await uploadReports(outbox, NOBODY, signal)).toEqual({ settled: 0, isMore: false });
  });
});

async function changeRaw(
  database: string,
  table: string,
  change: (store: IDBObjectStore) => unknown,
): Promise<void> {
  const opened = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(database);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const transaction = opened.transaction(table, 'readwrite');
  change(transaction.objectStore(table));
  await new Promise((resolve) => {
    transaction.oncomplete = resolve;
  });
  opened.close();
}
