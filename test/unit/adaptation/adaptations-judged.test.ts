import { describe, expect, it } from 'vitest';
import { type AdaptationAction, AdaptationStrategy } from '../../../src/adaptation/adaptation-strategy';
import { AdaptiveBehaviorManager } from '../../../src/adaptation/adaptive-behavior-manager';
import type { Metric, Observation } from '../../../src/adaptation/measured-effect';
import { err, ok } from '../../../src/core/result';
import { manualClock } from '../../support/manual-clock';

const CONTEXT = { performance: {}, userComplaints: 0 };
const complaints: Metric = { name: 'complaints', kind: 'share', better: 'lower' };
const waits: Metric = { name: 'waits', kind: 'mean', better: 'lower' };

/** Turns one named dial up by one, as often as it may. */
class Dial extends AdaptationStrategy {
  readonly type = 'listening';
  readonly description = 'turns a dial up';
  readonly name: string;
  readonly #action: Partial<AdaptationAction>;
  value = 0;
  isStuck = false;
  onApply: () => void = () => undefined;

  constructor(name: string, action: Partial<AdaptationAction> = { metric: complaints }) {
    super();
    this.name = name;
    this.#action = action;
  }

  analyzeApplicability() {
    return 1;
  }

  generateActions(): readonly AdaptationAction[] {
    return [{ kind: 'up', setting: 'dial', parameters: {}, expectedImpact: 0.1, ...this.#action }];
  }

  protected async applyAction() {
    this.onApply();
    this.value += 1;
    return ok({ before: { value: this.value - 1 }, after: { value: this.value } });
  }

  protected async undoAction({ before }: { readonly before: { readonly [name: string]: unknown } }) {
    if (this.isStuck) return err('stuck');
    this.value = Number(before['value']);
    return ok(undefined);
  }

  override resumeAction({ after }: { readonly after: { readonly [name: string]: unknown } }) {
    return after['value'] === this.value;
  }
}

function lab(...strategies: readonly AdaptationStrategy[]) {
  const clock = manualClock(1_000);
  const seen = new Map<string, Observation[]>();
  const make = (): AdaptiveBehaviorManager => {
    let ids = 0;
    const manager = new AdaptiveBehaviorManager({
      clock,
      newId: () => {
        ids += 1;
        return `a${clock.nowMs}-${ids}`;
      },
      onFailure: ({ detail }) => {
        throw new Error(detail);
      },
      observations: (metric) => seen.get(metric) ?? [],
    });
    for (const strategy of strategies) {
      manager.registerStrategy(strategy);
      manager.enableStrategy(strategy.name);
    }
    return manager;
  };
  const observe = (metric: string, values: readonly number[]): void => {
    const all = seen.get(metric) ?? [];
    for (const value of values) {
      clock.nowMs += 1;
      all.push({ at: clock.nowMs, value });
    }
    seen.set(metric, all);
    clock.nowMs += 1;
  };
  return { manager: make(), again: make, observe, clock };
}

const some = (share: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) =>
    Number(Math.floor((index + 1) * share) > Math.floor(index * share)),
  );

describe('an adaptation whose effect is measured', () => {
  it('is not made where there is nothing to compare with', async () => {
    const { manager, observe } = lab(new Dial('dial'));
    observe('complaints', some(0.5, 9));
    expect(await manager.adapt(CONTEXT)).toEqual([]);
    observe('complaints', [0]);
    expect(await manager.adapt(CONTEXT)).toHaveLength(1);
  });

  it('is taken back by itself as soon as it surely hurts, and not tried again for a month', async () => {
    const dial = new Dial('dial');
    const { manager, observe, clock } = lab(dial);
    observe('complaints', some(0.1, 60));
    await manager.adapt(CONTEXT);
    expect(dial.value).toBe(1);
    observe('complaints', some(0.8, 9));
    expect(await manager.review()).toEqual([]);
    expect(manager.adaptations[0]?.effect?.after.count).toBe(9);
    observe('complaints', [1]);
    const [judged] = await manager.review();
    expect(judged).toMatchObject({
      state: { kind: 'reverted', by: 'hurt' },
      effect: { after: { count: 10 } },
    });
    expect(judged?.effect?.low).toBeGreaterThan(0);
    expect(dial.value).toBe(0);
    expect(await manager.adapt(CONTEXT)).toEqual([]);
    clock.nowMs += 31 * 86_400_000;
    expect(await manager.adapt(CONTEXT)).toHaveLength(1);
  });

  it('is taken back at the last look when it was no better than nothing', async () => {
    const dial = new Dial('dial');
    const { manager, observe } = lab(dial);
    observe('complaints', some(0.2, 60));
    await manager.adapt(CONTEXT);
    observe('complaints', some(0.25, 40));
    expect(await manager.review()).toMatchObject([{ state: { kind: 'reverted', by: 'no-better' } }]);
    expect(dial.value).toBe(0);
  });

  it('stays when it helped', async () => {
    const dial = new Dial('dial', { metric: waits });
    const { manager, observe } = lab(dial);
    observe('waits', [3, 3.5, 4, 3, 3.2, 3.8, 3.1, 3.3, 3.9, 3.6]);
    await manager.adapt(CONTEXT);
    observe('waits', [1, 1.2, 1.1, 0.9, 1, 1.3, 1, 1.1, 0.8, 1]);
    expect(await manager.review()).toMatchObject([{ state: { kind: 'in-force', verdict: 'helped' } }]);
    expect(manager.adaptations[0]?.effect?.high).toBeLessThan(0);
    expect(dial.value).toBe(1);
  });

  it('is tried to be taken back again when that did not work', async () => {
    const dial = new Dial('dial');
    const { manager, observe } = lab(dial);
    observe('complaints', some(0.1, 60));
    await manager.adapt(CONTEXT);
    observe('complaints', some(0.9, 10));
    dial.isStuck = true;
    expect(await manager.review()).toEqual([]);
    dial.isStuck = false;
    expect(await manager.review()).toMatchObject([{ state: { kind: 'reverted', by: 'hurt' } }]);
  });
});

describe('one change at a time', () => {
  it('leaves a setting, and a metric, alone while a change to it is measured', async () => {
    const [first, sameSetting, sameMetric, other] = [
      new Dial('first'),
      new Dial('same-setting', { metric: waits }),
      new Dial('same-metric', { setting: 'another dial', metric: complaints }),
      new Dial('other', { setting: 'a third dial', metric: waits }),
    ];
    const { manager, observe } = lab(first, sameSetting, sameMetric, other);
    observe('complaints', some(0.3, 30));
    observe('waits', some(0.3, 30));
    const rounds = await manager.adapt(CONTEXT);
    expect(rounds.map(({ strategy }) => strategy)).toEqual(['first', 'other']);
    await manager.adapt(CONTEXT);
    expect([first.value, sameSetting.value, sameMetric.value, other.value]).toEqual([1, 0, 0, 1]);
  });

  it('takes back what was changed on top of a change first', async () => {
    const dial = new Dial('dial', {});
    const { manager, clock } = lab(dial);
    await manager.adapt(CONTEXT);
    clock.nowMs += 1;
    await manager.adapt(CONTEXT);
    expect(dial.value).toBe(2);
    const oldest = manager.adaptations.at(-1)?.id ?? '';
    expect((await manager.revert(oldest)).ok).toBe(true);
    expect(dial.value).toBe(0);
    expect(manager.adaptations.map(({ state }) => state.kind)).toEqual(['reverted', 'reverted']);
  });
});

describe('what the person chose', () => {
  it('ends the adaptation of that setting, and lets none begin until they allow it again', async () => {
    const dial = new Dial('dial', {});
    const { manager } = lab(dial);
    await manager.adapt(CONTEXT);
    dial.value = 7;
    manager.keep('dial');
    dial.onApply = () => expect.fail('a setting of the person’s own was touched');
    expect(manager.adaptations[0]?.state.kind).toBe('overruled');
    expect((await manager.revert(manager.adaptations[0]?.id ?? '')).ok).toBe(false);
    expect(await manager.adapt(CONTEXT)).toEqual([]);
    expect(dial.value).toBe(7);
    manager.release('dial');
    dial.onApply = () => undefined;
    await manager.adapt(CONTEXT);
    expect(dial.value).toBe(8);
  });

  it('holds as well when it was chosen in the middle of a change', async () => {
    const dial = new Dial('dial', {});
    const { manager } = lab(dial);
    dial.onApply = () => manager.keep('dial');
    await manager.adapt(CONTEXT);
    expect(dial.value).toBe(0);
    expect(manager.adaptations).toEqual([]);
  });

  it('is not taken back by a measurement that was under way', async () => {
    const dial = new Dial('dial');
    const { manager, observe } = lab(dial);
    observe('complaints', some(0.1, 60));
    await manager.adapt(CONTEXT);
    observe('complaints', some(0.9, 10));
    dial.value = 7;
    manager.keep('dial');
    expect(await manager.review()).toEqual([]);
    expect(dial.value).toBe(7);
  });
});

describe('after a reload', () => {
  it('goes on measuring where it was, and still knows what was declined and what is the person’s own', async () => {
    const dial = new Dial('dial');
    const { manager, again, observe } = lab(dial);
    observe('complaints', some(0.1, 60));
    await manager.adapt(CONTEXT);
    observe('complaints', some(0.8, 6));
    await manager.review();
    manager.keep('volume');
    const stored: unknown = JSON.parse(JSON.stringify(manager.snapshot()));

    const next = again();
    expect((await next.restore(stored)).ok).toBe(true);
    expect(next.adaptations).toEqual(manager.adaptations);
    expect(next.kept).toEqual(['volume']);
    observe('complaints', some(0.8, 4));
    expect(await next.review()).toMatchObject([{ state: { by: 'hurt' } }]);
    expect(dial.value).toBe(0);

    const third = again();
    await third.restore(JSON.parse(JSON.stringify(next.snapshot())));
    expect(await third.adapt(CONTEXT)).toEqual([]);
  });

  it('remembers what it was before the change although those observations are gone', async () => {
    const dial = new Dial('dial');
    const { manager, observe } = lab(dial);
    observe('complaints', some(0.1, 60));
    await manager.adapt(CONTEXT);
    observe('complaints', some(0.9, 5));
    await manager.review();
    const after = new Dial('dial');
    after.value = 1;
    const { manager: next, observe: observeNext, clock } = lab(after);
    await next.restore(JSON.parse(JSON.stringify(manager.snapshot())));
    clock.nowMs += 10_000;
    observeNext('complaints', some(0.9, 10));
    expect(await next.review()).toMatchObject([{ effect: { before: { count: 60 } }, state: { by: 'hurt' } }]);
  });

  it('gives up a change whose setting is otherwise by now', async () => {
    const dial = new Dial('dial', {});
    const { manager, again } = lab(dial);
    await manager.adapt(CONTEXT);
    dial.value = 5;
    const next = again();
    await next.restore(manager.snapshot());
    expect(next.adaptations[0]?.state.kind).toBe('overruled');
    expect(dial.value).toBe(5);
  });

  it.each([
    null,
    {},
    { version: 2, adaptations: [], declined: [], kept: [] },
    { version: 1, adaptations: [{}], declined: [], kept: [] },
    { version: 1, adaptations: [], declined: [], kept: [], more: 1 },
  ])('refuses the snapshot %j and stays as it was', async (snapshot) => {
    const { manager } = lab(new Dial('dial', {}));
    await manager.adapt(CONTEXT);
    expect((await manager.restore(snapshot)).ok).toBe(false);
    expect(manager.adaptations).toHaveLength(1);
  });
});
