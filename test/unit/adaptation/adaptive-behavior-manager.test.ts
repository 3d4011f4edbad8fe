import { describe, expect, it } from 'vitest';
import {
  type ActionChange,
  type AdaptationAction,
  type AdaptationContext,
  AdaptationStrategy,
} from '../../../src/adaptation/adaptation-strategy';
import {
  AdaptiveBehaviorManager,
  type StrategyFailure,
} from '../../../src/adaptation/adaptive-behavior-manager';
import { systemClock } from '../../../src/core/clock';
import { ok, type Result } from '../../../src/core/result';

const CONTEXT: AdaptationContext = { performance: {}, userComplaints: 1 };

class Switch extends AdaptationStrategy {
  readonly type = 'performance-optimization';
  readonly description = 'turns a switch on';
  readonly name: string;
  readonly applicability: number;
  isOn = false;

  constructor(name: string, applicability = 1) {
    super();
    this.name = name;
    this.applicability = applicability;
  }

  analyzeApplicability(): number {
    return this.applicability;
  }

  generateActions(): readonly AdaptationAction[] {
    return this.isOn ? [] : [{ kind: 'on', parameters: {}, expectedImpact: 0.5 }];
  }

  protected async applyAction(): Promise<Result<ActionChange, string>> {
    this.isOn = true;
    return ok({ before: { isOn: false }, after: { isOn: true } });
  }

  protected async undoAction(): Promise<Result<void, string>> {
    this.isOn = false;
    return ok(undefined);
  }
}

class Broken extends Switch {
  override analyzeApplicability(): number {
    throw new Error('out of order');
  }
}

function managerOf(...strategies: AdaptationStrategy[]) {
  const failures: StrategyFailure[] = [];
  let ids = 0;
  const manager = new AdaptiveBehaviorManager({
    clock: systemClock,
    newId: () => {
      ids += 1;
      return `adaptation-${ids}`;
    },
    onFailure: (failure) => failures.push(failure),
  });
  for (const strategy of strategies) {
    expect(manager.registerStrategy(strategy).ok).toBe(true);
    expect(manager.enableStrategy(strategy.name).ok).toBe(true);
  }
  return { manager, failures };
}

describe('the manager of adaptations', () => {
  it('refuses a second strategy of the same name, and names it does not know', () => {
    const { manager } = managerOf(new Switch('light'));
    expect(manager.registerStrategy(new Switch('light'))).toEqual({
      ok: false,
      error: { kind: 'duplicate-strategy', name: 'light' },
    });
    expect(manager.enableStrategy('heat')).toEqual({
      ok: false,
      error: { kind: 'unknown-strategy', name: 'heat' },
    });
    expect(manager.disableStrategy('heat').ok).toBe(false);
  });

  it('lets a strategy act only once it is enabled, and no longer when it is disabled', async () => {
    const light = new Switch('light');
    const { manager } = managerOf();
    manager.registerStrategy(light);
    expect(await manager.adapt(CONTEXT)).toEqual([]);
    manager.enableStrategy('light');
    manager.disableStrategy('light');
    expect(await manager.adapt(CONTEXT)).toEqual([]);
    expect(light.isOn).toBe(false);
    manager.enableStrategy('light');
    const [round] = await manager.adapt(CONTEXT);
    expect(round).toMatchObject({ strategy: 'light', totalImpact: 0.5, applied: [{ applicability: 1 }] });
    expect(light.isOn).toBe(true);
  });

  it.each([0.29, Number.NaN])('leaves a strategy alone whose applicability is %d', async (applicability) => {
    const light = new Switch('light', applicability);
    const { manager } = managerOf(light);
    expect(await manager.adapt(CONTEXT)).toEqual([]);
    expect(light.isOn).toBe(false);
  });

  it('goes on with the others when one strategy throws, and says which', async () => {
    const light = new Switch('light');
    const { manager, failures } = managerOf(new Broken('broken'), light);
    const made = await manager.adapt(CONTEXT);
    expect(made.map(({ strategy }) => strategy)).toEqual(['light']);
    expect(failures).toEqual([{ strategy: 'broken', detail: 'out of order' }]);
  });

  it('joins a round that is under way instead of applying everything twice', async () => {
    const { manager } = managerOf(new Switch('light'));
    const [first, second] = await Promise.all([manager.adapt(CONTEXT), manager.adapt(CONTEXT)]);
    expect(first).toBe(second);
    expect(manager.adaptations).toHaveLength(1);
  });

  it('takes an adaptation back, once, and does not try the same again', async () => {
    const light = new Switch('light');
    const { manager } = managerOf(light);
    await manager.adapt(CONTEXT);
    const id = manager.adaptations[0]?.id ?? '';
    expect((await manager.revert(id)).ok).toBe(true);
    expect(light.isOn).toBe(false);
    expect(manager.adaptations[0]?.state).toMatchObject({ kind: 'reverted', by: 'person' });
    expect(await manager.adapt(CONTEXT)).toEqual([]);
    expect(await manager.revert(id)).toEqual({ ok: false, error: { kind: 'unknown-adaptation' } });
  });
});
