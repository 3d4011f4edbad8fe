import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { batteryOf, DeviceWatch } from '../../../src/agents/learning/device-watch';

class FakeBattery extends EventTarget {
  charging = true;
  level = 0.8;
  change(charging: boolean): void {
    this.charging = charging;
    this.dispatchEvent(new Event('chargingchange'));
  }
}

function watching(battery: FakeBattery | undefined, training: 'always' | 'when-charging' = 'when-charging') {
  const held: boolean[] = [];
  const state = { isBusy: false };
  const watch = new DeviceWatch({
    getBattery: battery === undefined ? undefined : async () => battery,
    training: () => training,
    isBusy: () => state.isBusy,
    hold: (isHeld) => held.push(isHeld),
  });
  return { watch, held, state };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('training only while charging', () => {
  it('waits while the device does not charge, and while somebody talks', async () => {
    const battery = new FakeBattery();
    const { watch, held, state } = watching(battery);
    await watch.start();
    expect(held).toEqual([]);
    battery.change(false);
    expect(held).toEqual([true]);
    battery.change(true);
    expect(held).toEqual([true, false]);
    state.isBusy = true;
    vi.advanceTimersByTime(30_000);
    expect(held.at(-1)).toBe(true);
    watch.stop();
    expect(held.at(-1)).toBe(false);
    expect(watch.condition).toEqual({ isCharging: true, batteryShare: 0.8 });
  });

  it('holds nothing where that was not chosen, or the browser tells nothing', async () => {
    const battery = new FakeBattery();
    battery.charging = false;
    const always = watching(battery, 'always');
    await always.watch.start();
    const untold = watching(undefined);
    await untold.watch.start();
    expect([...always.held, ...untold.held]).toEqual([]);
    expect(untold.watch.condition).toEqual({});
    always.watch.stop();
    untold.watch.stop();
  });

  it('finds the battery of browsers that have one', async () => {
    expect(batteryOf({})).toBeUndefined();
    const battery = new FakeBattery();
    const browser = {
      getBattery() {
        return Promise.resolve(this === browser ? battery : undefined);
      },
    };
    expect(await batteryOf(browser)?.()).toBe(battery);
  });
});
