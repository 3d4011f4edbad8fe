import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock';
import { browserHeapBytes, browserStorageUse } from '../../../src/metrics/browser-memory';
import { Logger } from '../../../src/metrics/logging/logger';
import { RotatingLog } from '../../../src/metrics/logging/rotating-log';
import { measureMemory } from '../../../src/metrics/memory-report';

const SETTINGS = { storage: localStorage, format: 'text', maxBytes: 8_192, backupCount: 3 } as const;

afterEach(() => localStorage.clear());

/** Takes all that the browser gives, down to the last character. */
function fillStorage(): void {
  let filler = 'x';
  for (let size = 4 * 1_024 * 1_024; size >= 1; size = Math.floor(size / 2)) {
    try {
      localStorage.setItem('filler', filler + 'x'.repeat(size));
      filler += 'x'.repeat(size);
    } catch (failure) {
      expect(failure).toMatchObject({ name: 'QuotaExceededError' });
    }
  }
}

describe('the log in the storage of a browser', () => {
  it('survives a visit, and a storage that is full before or while it logs', () => {
    const log = new RotatingLog(SETTINGS);
    const logger = new Logger({ level: 'info', sinks: [log], clock: systemClock });
    const component = logger.component('learner.pattern');
    component.info('learnt', { batch: 0 });
    logger.flush();
    fillStorage();
    for (let batch = 1; batch <= 500; batch += 1) logger.component('learner').info('learnt', { batch });
    logger.flush();
    component.error('failed', { batch: 501 });
    logger.flush();
    expect(log.text()).toContain('failed batch=501');
    localStorage.removeItem('filler');
    component.error('failed', { batch: 502 });
    const again = new RotatingLog(SETTINGS);
    expect(again.text()).toContain('failed batch=501');
    expect(again.text()).toContain('failed batch=502');
    expect(again.report().bytes).toBeLessThanOrEqual(8_192 * 4);
    again.clear();
    expect(localStorage.length).toBe(0);
  });
});

describe('figures about memory in a browser', () => {
  it('are what this browser really says', async () => {
    const held = new Array<number>(2_000_000).fill(0.5);
    const report = await measureMemory({
      heapBytes: () => browserHeapBytes(),
      storage: () => browserStorageUse(),
    });
    // Chromium rounds, but an array of 16 MB shows.
    expect(report.heapBytes).toBeGreaterThan(held.length);
    expect(report.usedBytes).toBe(report.heapBytes);
    expect(report.storage?.quotaBytes).toBeGreaterThan(report.storage?.usedBytes ?? Number.NaN);
    expect(report.tensors).toBeUndefined();
  });
});
