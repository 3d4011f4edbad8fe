import { describe, expect, it } from 'vitest';
import type {
  AdaptationContext,
  AdaptationStrategy,
  LearntPreferences,
  RecentUse,
} from '../../../src/adaptation/adaptation-strategy';
import { AskingStrategy } from '../../../src/adaptation/asking-strategy';
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
    asking: new AskingStrategy(settings),
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

describe('what somebody is known to like', () => {
  const liking = (preferences: LearntPreferences, use: Partial<RecentUse> = {}): AdaptationContext => ({
    ...using(use),
    preferences,
  });
  const detail = (value: 'brief' | 'full', confidence = 0.8, evidenceCount = 9) => ({
    detail: { value, confidence, evidenceCount },
  });
  const confirmation = (value: 'act' | 'ask', confidence = 0.8, evidenceCount = 9) => ({
    confirmation: { value, confidence, evidenceCount },
  });

  it.each([
    [detail('brief'), {}, ['brief-answers']],
    [detail('brief', 0.59), {}, []],
    [detail('brief', 0.8, 4), {}, []],
    [detail('brief'), { complaintShare: 0.1 }, []],
    // Who reads the details keeps them, whatever the last few answers say.
    [detail('full'), { lookedCloserShare: 0 }, []],
    [detail('full', 0.5), { lookedCloserShare: 0 }, ['brief-answers']],
  ] as const)('with %o and %o makes answers %o', async (preferences, use, kinds) => {
    expect(await kindsOf(lab().style, liking(preferences, use))).toEqual(kinds);
  });

  it('answers in full again who reads the details of brief answers, and says why', () => {
    const { style } = lab({ ...defaultSettings, answers: { style: 'brief' } });
    const [action] = style.generateActions(liking(detail('full', 0.7, 12)));
    expect(action).toMatchObject({
      kind: 'full-answers',
      setting: 'answers.style',
      reason: { kind: 'details-wanted', evidence: { share: 0.7, count: 12 } },
      metric: { name: 'complaints' },
    });
  });

  it.each([
    [confirmation('act'), ['fewer-questions'], 'fewer'],
    [confirmation('ask'), ['more-questions'], 'more'],
    [confirmation('ask', 0.69), [], 'usual'],
    [confirmation('act', 0.9, 7), [], 'usual'],
    [{}, [], 'usual'],
  ] as const)('with %o proposes %o and never moves the floor', async (preferences, kinds, questions) => {
    const { asking, layers } = lab();
    const context = liking(preferences);
    expect(await kindsOf(asking, context)).toEqual(kinds);
    const { applied } = await asking.applyActions(asking.generateActions(context));
    expect(layers.effective.actions).toEqual({ confirm: 'unless-sure', questions });
    expect(await kindsOf(asking, context)).toEqual([]);
    for (const action of applied) await asking.revertAction(action);
    expect(layers.effective).toEqual(defaultSettings);
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
