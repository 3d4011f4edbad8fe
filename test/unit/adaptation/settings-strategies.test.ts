import { describe, expect, it } from 'vitest';
import type {
  AdaptationContext,
  AdaptationStrategy,
  RecentUse,
} from '../../../src/adaptation/adaptation-strategy';
import { ListeningStrategy } from '../../../src/adaptation/listening-strategy';
import { ResponseStyleStrategy } from '../../../src/adaptation/response-style-strategy';
import { StorageAndBatteryStrategy } from '../../../src/adaptation/storage-and-battery-strategy';
import { adaptedSettings } from '../../../src/agents/adapted-settings';
import { defaultSettings } from '../../../src/config/settings';
import { SettingsLayers } from '../../../src/config/settings-layers';
import { ok } from '../../../src/core/result';

const FINE: RecentUse = {
  utterances: 40,
  falseTriggerShare: 0,
  missShare: 0,
  repeatShare: 0,
  complaintShare: 0,
  lookedCloserShare: 0.2,
};
const using = (use: Partial<RecentUse>): AdaptationContext => ({
  performance: {},
  userComplaints: 0,
  use: { ...FINE, ...use },
});
const on = (device: AdaptationContext['device']): AdaptationContext => ({
  performance: {},
  userComplaints: 0,
  ...(device === undefined ? {} : { device }),
});

function lab(own = defaultSettings) {
  const layers = new SettingsLayers(own);
  const settings = adaptedSettings(layers, () => undefined);
  const held = { cache: { capacity: 4_000, ttlSeconds: 300 }, backend: 'webgl' as 'webgl' | 'wasm' };
  return {
    layers,
    held,
    listening: new ListeningStrategy(settings),
    style: new ResponseStyleStrategy(settings),
    storage: new StorageAndBatteryStrategy({
      settings,
      backend: () => held.backend,
      cache: {
        read: async () => held.cache,
        change: async (to) => {
          held.cache = to;
          return ok(to);
        },
      },
    }),
  };
}

async function kindsOf(strategy: AdaptationStrategy, context: AdaptationContext) {
  if ((await strategy.analyzeApplicability(context)) < 0.3) return [];
  return (await strategy.generateActions(context)).map(({ kind }) => kind);
}

describe('the listening strategy', () => {
  it.each([
    [{}, []],
    [{ falseTriggerShare: 0.1 }, ['stricter-listening']],
    [{ falseTriggerShare: 0.09 }, []],
    [{ missShare: 0.15 }, ['more-generous-listening']],
    // Where Echo acts by mistake it does not become more generous.
    [{ missShare: 0.3, falseTriggerShare: 0.05 }, []],
    [{ repeatShare: 0.15 }, ['longer-pause']],
    [{ falseTriggerShare: 0.5, utterances: 19 }, []],
  ])('with %o proposes %o', async (use, kinds) => {
    expect(await kindsOf(lab().listening, using(use))).toEqual(kinds);
  });

  it('goes no further than the settings do, and takes back what it did', async () => {
    const { listening, layers } = lab({ ...defaultSettings, recognition: { falseTriggers: 'week' } });
    expect(await kindsOf(listening, using({ falseTriggerShare: 0.5 }))).toEqual([]);
    const actions = listening.generateActions(using({ missShare: 0.5, repeatShare: 0.5 }));
    const { applied } = await listening.applyActions(actions);
    expect(layers.effective.recognition.falseTriggers).toBe('day');
    expect(layers.effective.endpointing.hangoverMs).toBe(450);
    for (const action of applied) expect((await listening.revertAction(action)).ok).toBe(true);
    expect(layers.effective.recognition.falseTriggers).toBe('week');
    expect(layers.effective.endpointing.hangoverMs).toBe(300);
  });
});

describe('the response style strategy', () => {
  it('answers briefly only where nobody looks closer and hardly anything is wrong', async () => {
    const { style } = lab();
    expect(await kindsOf(style, using({ lookedCloserShare: 0 }))).toEqual(['brief-answers']);
    expect(await kindsOf(style, using({}))).toEqual([]);
    expect(await kindsOf(style, using({ lookedCloserShare: 0, complaintShare: 0.1 }))).toEqual([]);
    expect(await kindsOf(style, using({ lookedCloserShare: 0, utterances: 29 }))).toEqual([]);
  });

  it('proposes nothing where answers are brief already', async () => {
    const { style } = lab({ ...defaultSettings, answers: { style: 'brief' } });
    expect(await kindsOf(style, using({ lookedCloserShare: 0 }))).toEqual([]);
  });
});

describe('the storage and battery strategy', () => {
  it('changes nothing where the device tells nothing, charges, or has enough', async () => {
    const { storage } = lab();
    for (const device of [
      {},
      { isCharging: true, batteryShare: 0.1 },
      { isCharging: false, batteryShare: 0.5 },
    ])
      expect(await kindsOf(storage, on(device))).toEqual([]);
  });

  it('spares a battery that is low, and the graphics device only where that is in use', async () => {
    const { storage, held, layers } = lab();
    const low = on({ isCharging: false, batteryShare: 0.2 });
    expect(await kindsOf(storage, low)).toEqual(['training-when-charging', 'sparing-backend']);
    await storage.applyActions(await storage.generateActions(low));
    expect(layers.effective.compute).toEqual({ backend: 'wasm', training: 'when-charging' });
    held.backend = 'wasm';
    expect(await kindsOf(lab().storage, low)).toContain('training-when-charging');
    expect(await kindsOf(storage, low)).toEqual([]);
  });

  it('halves the cache where room is short, to a least size, and gives it back', async () => {
    const { storage, held } = lab();
    const full = on({ fullness: 0.9 });
    const { applied } = await storage.applyActions(await storage.generateActions(full));
    expect(held.cache.capacity).toBe(2_000);
    const [action] = applied;
    expect(action === undefined ? false : await storage.resumeAction(action)).toBe(true);
    if (action !== undefined) await storage.revertAction(action);
    expect(held.cache.capacity).toBe(4_000);
    held.cache = { capacity: 500, ttlSeconds: 300 };
    expect(await kindsOf(storage, full)).toEqual([]);
  });
});
