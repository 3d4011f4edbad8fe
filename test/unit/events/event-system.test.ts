import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventHandler, handlerOf } from '../../../src/events/event-handler';
import { EventSystem } from '../../../src/events/event-system';
import type { HandlerFailure } from '../../../src/events/handler-failure';

interface Numbered<Type> {
  readonly id: string;
  readonly type: Type;
  readonly source: string;
  readonly n: number;
}
interface TestEvents {
  readonly heard: Numbered<'heard'>;
  readonly learnt: Numbered<'learnt'>;
  readonly failed: Numbered<'failed'> & { readonly failure: HandlerFailure };
}

let nextId = 0;
const event = <Type extends 'heard' | 'learnt'>(type: Type, n = 0): Numbered<Type> => {
  nextId += 1;
  return { id: `e${nextId}`, type, source: 'test', n };
};

/** A system, with what it could not report as an event. */
function createSystem(): {
  readonly system: EventSystem<TestEvents, 'failed'>;
  readonly unreported: HandlerFailure[];
  readonly failures: HandlerFailure[];
} {
  const unreported: HandlerFailure[] = [];
  const failures: HandlerFailure[] = [];
  const system = new EventSystem<TestEvents, 'failed'>({
    failureType: 'failed',
    createFailureEvent: (failure) => {
      nextId += 1;
      return { id: `e${nextId}`, type: 'failed', source: 'events', n: 0, failure };
    },
    onUnreportedFailure: (failure) => unreported.push(failure),
  });
  system.register(
    'failed',
    handlerOf('failure-log', ({ failure }) => void failures.push(failure)),
  );
  return { system, unreported, failures };
}

const gate = (): { readonly opened: Promise<void>; readonly open: () => void } => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
};

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

describe('EventSystem', () => {
  it('gives one interaction to three independent handlers, each told once', async () => {
    const { system } = createSystem();
    const seen: string[] = [];
    for (const name of ['store', 'learn', 'analyse'])
      system.register(
        'heard',
        handlerOf(name, async ({ n }) => void seen.push(`${name} ${n}`)),
      );
    expect(await system.emit(event('heard', 7))).toEqual({ handled: 3, failed: 0, dropped: 0 });
    expect(seen.sort()).toEqual(['analyse 7', 'learn 7', 'store 7']);
  });

  it('runs handlers that are classes, with their own state', async () => {
    class Adder extends EventHandler<Numbered<'heard'>> {
      sum = 0;
      handle({ n }: Numbered<'heard'>): void {
        this.sum += n;
      }
    }
    const { system } = createSystem();
    const adder = new Adder('adder');
    system.register('heard', adder);
    await Promise.all([system.emit(event('heard', 2)), system.emit(event('heard', 3))]);
    expect(adder.sum).toBe(5);
  });

  it('gives a handler one event at a time, in the order emitted, across types', async () => {
    const { system } = createSystem();
    const log: string[] = [];
    const first = gate();
    system.register(
      ['heard', 'learnt'],
      handlerOf('slow', async ({ n }) => {
        log.push(`begin ${n}`);
        if (n === 0) await first.opened;
        log.push(`end ${n}`);
      }),
    );
    const done = Promise.all([
      system.emit(event('heard', 0)),
      system.emit(event('learnt', 1)),
      system.emit(event('heard', 2)),
    ]);
    await turns();
    expect(log).toEqual(['begin 0']);
    first.open();
    await done;
    expect(log).toEqual(['begin 0', 'end 0', 'begin 1', 'end 1', 'begin 2', 'end 2']);
  });

  it('lets other handlers go on while one is slow', async () => {
    const { system } = createSystem();
    const never = gate();
    const quick: number[] = [];
    system.register(
      'heard',
      handlerOf('slow', () => never.opened),
    );
    system.register(
      'heard',
      handlerOf('quick', ({ n }) => void quick.push(n)),
    );
    const done = [system.emit(event('heard', 1)), system.emit(event('heard', 2))];
    await turns();
    expect(quick).toEqual([1, 2]);
    never.open();
    await Promise.all(done);
  });

  it('does not run handlers on the stack of whoever emits', () => {
    const { system } = createSystem();
    const handle = vi.fn();
    system.register('heard', handlerOf('later', handle));
    void system.emit(event('heard'));
    expect(handle).not.toHaveBeenCalled();
  });

  it('tells of a handler that throws by its name, and the others still handle the event', async () => {
    const { system, failures } = createSystem();
    const other = vi.fn();
    system.register(
      'heard',
      handlerOf('broken', () => {
        throw new RangeError('out of words');
      }),
    );
    system.register(
      'heard',
      handlerOf('rejecting', () => Promise.reject(new Error('later'))),
    );
    system.register('heard', handlerOf('other', other));
    const emitted = event('heard');
    expect(await system.emit(emitted)).toEqual({ handled: 1, failed: 2, dropped: 0 });
    await system.idle();
    expect(other).toHaveBeenCalledOnce();
    expect(failures).toEqual([
      {
        handler: 'broken',
        eventId: emitted.id,
        eventType: 'heard',
        reason: 'threw',
        detail: 'RangeError: out of words',
      },
      expect.objectContaining({ handler: 'rejecting', reason: 'threw', detail: 'Error: later' }),
    ]);
  });

  it('goes on giving events to a handler that failed', async () => {
    const { system } = createSystem();
    const seen: number[] = [];
    system.register(
      'heard',
      handlerOf('shaky', ({ n }) => {
        if (n === 1) throw new Error('not this one');
        seen.push(n);
      }),
    );
    for (const n of [0, 1, 2]) void system.emit(event('heard', n));
    await system.idle();
    expect(seen).toEqual([0, 2]);
    expect(system.report().find(({ handler }) => handler === 'shaky')).toEqual({
      handler: 'shaky',
      waiting: 0,
      isRunning: false,
      handled: 2,
      failed: 1,
      dropped: 0,
    });
  });

  it('counts a filter that throws as a failure of its handler', async () => {
    const { system, failures } = createSystem();
    system.register(
      'heard',
      handlerOf('picky', () => undefined),
      {
        filter: () => {
          throw new Error('cannot decide');
        },
      },
    );
    expect(await system.emit(event('heard'))).toEqual({ handled: 0, failed: 1, dropped: 0 });
    await system.idle();
    expect(failures).toMatchObject([{ handler: 'picky', detail: 'Error: cannot decide' }]);
  });

  it('does not loop when a handler of failures fails', async () => {
    const { system, unreported } = createSystem();
    const broken = vi.fn(() => {
      throw new Error('again');
    });
    system.register('failed', handlerOf('broken-log', broken));
    system.register(
      'heard',
      handlerOf('broken', () => {
        throw new Error('first');
      }),
    );
    await system.emit(event('heard'));
    await system.idle();
    expect(broken).toHaveBeenCalledOnce();
    expect(unreported).toMatchObject([{ handler: 'broken-log', eventType: 'failed' }]);
  });

  it('gives only events the filter lets through', async () => {
    const { system } = createSystem();
    const seen: number[] = [];
    system.register(
      'heard',
      handlerOf('even', ({ n }) => void seen.push(n)),
      { filter: ({ n }) => n % 2 === 0 },
    );
    for (const n of [1, 2, 3, 4]) await system.emit(event('heard', n));
    expect(seen).toEqual([2, 4]);
  });

  it('gives a once-handler exactly one event, however fast they come', async () => {
    const { system } = createSystem();
    const seen: number[] = [];
    system.register(
      ['heard', 'learnt'],
      handlerOf('first', ({ n }) => void seen.push(n)),
      { once: true, filter: ({ n }) => n > 1 },
    );
    const all = [1, 2, 3].map((n) => system.emit(event('heard', n)));
    all.push(system.emit(event('learnt', 4)));
    await Promise.all(all);
    expect(seen).toEqual([2]);
    expect(system.report().map(({ handler }) => handler)).toEqual(['failure-log']);
  });

  it('gives nothing more after unregistering, not even what was waiting', async () => {
    const { system, failures } = createSystem();
    const seen: number[] = [];
    const first = gate();
    let wasAborted = false;
    const unregister = system.register(
      'heard',
      handlerOf('leaver', async ({ n }, signal) => {
        seen.push(n);
        signal.addEventListener('abort', () => {
          wasAborted = true;
        });
        await first.opened;
      }),
    );
    const running = system.emit(event('heard', 1));
    const waiting = system.emit(event('heard', 2));
    await turns();
    unregister();
    expect(await running).toEqual({ handled: 0, failed: 0, dropped: 0 });
    expect(await waiting).toEqual({ handled: 0, failed: 0, dropped: 0 });
    expect(await system.emit(event('heard', 3))).toEqual({ handled: 0, failed: 0, dropped: 0 });
    expect(seen).toEqual([1]);
    expect(wasAborted).toBe(true);
    expect(failures).toEqual([]);
  });

  it('unregisters when the signal aborts, and never registers under an aborted one', async () => {
    const { system } = createSystem();
    const handle = vi.fn();
    const stop = new AbortController();
    system.register('heard', handlerOf('signalled', handle), { signal: stop.signal });
    await system.emit(event('heard'));
    stop.abort();
    await system.emit(event('heard'));
    system.register('heard', handlerOf('late', handle), { signal: stop.signal });
    await system.emit(event('heard'));
    expect(handle).toHaveBeenCalledOnce();
  });

  it('refuses two handlers of one name', () => {
    const { system } = createSystem();
    system.register(
      'heard',
      handlerOf('twin', () => undefined),
    );
    expect(() =>
      system.register(
        'learnt',
        handlerOf('twin', () => undefined),
      ),
    ).toThrow(/same name.*twin/);
  });

  describe.each([
    { whenFull: 'drop-newest', kept: [0, 1, 2], lost: [3, 4] },
    { whenFull: 'drop-oldest', kept: [0, 3, 4], lost: [1, 2] },
  ] as const)('when a handler falls behind and may $whenFull', ({ whenFull, kept, lost }) => {
    it('keeps no more than its capacity waiting, and says what it lost', async () => {
      const { system, failures } = createSystem();
      const seen: number[] = [];
      const first = gate();
      system.register(
        'heard',
        handlerOf('slow', async ({ n }) => {
          await first.opened;
          seen.push(n);
        }),
        { capacity: 2, whenFull },
      );
      const reports = [system.emit(event('heard', 0))];
      await turns();
      for (const n of [1, 2, 3, 4]) reports.push(system.emit(event('heard', n)));
      await turns();
      expect(system.report().find(({ handler }) => handler === 'slow')).toMatchObject({
        waiting: 2,
        dropped: 2,
      });
      expect(failures).toMatchObject([{ handler: 'slow', reason: 'overflowed' }]);
      first.open();
      const dropped = (await Promise.all(reports)).flatMap((report, n) => (report.dropped > 0 ? [n] : []));
      expect(seen).toEqual(kept);
      expect(dropped).toEqual(lost);
    });
  });

  it('idle waits for what handlers emit', async () => {
    const { system } = createSystem();
    const seen: number[] = [];
    system.register(
      'heard',
      handlerOf('chain', ({ n }) => void system.emit(event('learnt', n + 1))),
    );
    system.register(
      'learnt',
      handlerOf('end', async ({ n }) => {
        await turns();
        seen.push(n);
      }),
    );
    void system.emit(event('heard', 1));
    await system.idle();
    expect(seen).toEqual([2]);
  });

  it('close ends what runs and takes nothing more', async () => {
    const { system } = createSystem();
    const never = gate();
    const handle = vi.fn((_: unknown, signal: AbortSignal) => {
      signal.addEventListener('abort', () => never.open());
      return never.opened;
    });
    system.register('heard', handlerOf('running', handle));
    const running = system.emit(event('heard'));
    await turns();
    await system.close();
    expect(await running).toEqual({ handled: 0, failed: 0, dropped: 0 });
    system.register('heard', handlerOf('late', handle));
    expect(await system.emit(event('heard'))).toEqual({ handled: 0, failed: 0, dropped: 0 });
    expect(handle).toHaveBeenCalledOnce();
    expect(system.report()).toEqual([]);
  });

  describe('with a handler that hangs', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('aborts its signal when its time is up, tells of it, and goes on', async () => {
      const { system, failures } = createSystem();
      const seen: number[] = [];
      const reasons: unknown[] = [];
      system.register(
        'heard',
        handlerOf('hanging', ({ n }, signal) => {
          seen.push(n);
          signal.addEventListener('abort', () => reasons.push(signal.reason));
          return n === 1 ? new Promise<void>(() => undefined) : undefined;
        }),
        { timeoutMs: 100 },
      );
      const stuck = system.emit(event('heard', 1));
      const next = system.emit(event('heard', 2));
      await vi.advanceTimersByTimeAsync(99);
      expect(seen).toEqual([1]);
      await vi.advanceTimersByTimeAsync(1);
      expect(await stuck).toEqual({ handled: 0, failed: 1, dropped: 0 });
      expect(await next).toEqual({ handled: 1, failed: 0, dropped: 0 });
      expect(reasons).toMatchObject([{ name: 'TimeoutError' }]);
      expect(failures).toMatchObject([{ handler: 'hanging', reason: 'timed-out' }]);
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});
