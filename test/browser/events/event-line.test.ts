import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EventLine, joinEventSystems } from '../../../src/bridge/event-line';
import { systemClock } from '../../../src/core/clock';
import { newId, type UserId } from '../../../src/core/ids';
import { handlerOf } from '../../../src/events/event-handler';
import { EventSystem } from '../../../src/events/event-system';
import type { LearningEvent, LearningEventMap } from '../../../src/events/learning-event';
import { LearningEventFactory } from '../../../src/events/learning-event-factory';

const factory = new LearningEventFactory('page', systemClock);
const userId = newId<UserId>();
const interaction = (n: number, result: 'success' | 'failure' = 'success') =>
  factory.createUserInteractionEvent({
    userId,
    agentId: 'conversation',
    interactionType: 'voice-command',
    result,
    content: { n },
  });

describe('an event line to a worker', () => {
  let worker: Worker;
  let system: EventSystem<LearningEventMap, 'handler-failed'>;
  let line: EventLine;
  let pagePort: MessagePort;
  let workerPort: MessagePort;
  const badMessages: string[] = [];

  beforeEach(() => {
    badMessages.length = 0;
    worker = new Worker(new URL('./counting.worker.ts', import.meta.url), { type: 'module' });
    system = new EventSystem<LearningEventMap, 'handler-failed'>({
      failureType: 'handler-failed',
      createFailureEvent: (failure) => factory.createHandlerFailedEvent(failure),
      onUnreportedFailure: (failure) => {
        throw new Error(failure.detail);
      },
    });
    ({ port1: pagePort, port2: workerPort } = new MessageChannel());
    line = joinEventSystems(system, pagePort, {
      name: 'line-to-worker',
      onBadMessage: (detail) => badMessages.push(detail),
    });
  });

  afterEach(async () => {
    await line.close();
    worker.terminate();
  });

  const collect = <Type extends 'insights-generated' | 'handler-failed'>(
    type: Type,
    wanted: number,
  ): Promise<LearningEvent<Type>[]> =>
    new Promise((resolve) => {
      const seen: LearningEvent<Type>[] = [];
      system.register(
        type,
        handlerOf(`collect-${type}`, (event) => {
          seen.push(event);
          if (seen.length === wanted) resolve(seen);
        }),
      );
    });
  const connect = (): void => worker.postMessage(workerPort, [workerPort]);

  it('lets handlers of both threads see the events of both, in order', async () => {
    connect();
    const insights = collect('insights-generated', 200);
    for (let n = 0; n < 200; n += 1) void system.emit(interaction(n));
    const received = await insights;
    expect(received.map(({ payload }) => payload.insights)).toEqual(
      Array.from({ length: 200 }, (_, n) => ({ count: n + 1, n })),
    );
    expect(received[0]).toMatchObject({ source: 'worker', type: 'insights-generated' });
  });

  it('never sends an event back to where it came from', async () => {
    connect();
    const insights = collect('insights-generated', 2);
    const heardHere: string[] = [];
    system.register(
      'user-interaction',
      handlerOf('heard-here', (event) => void heardHere.push(event.id)),
    );
    const first = interaction(1);
    await system.emit(first);
    const second = interaction(2);
    await system.emit(second);
    expect((await insights).map(({ payload }) => payload.insights['count'])).toEqual([1, 2]);
    expect(heardHere).toEqual([first.id, second.id]);
  });

  it('tells the page of a handler that failed in the worker', async () => {
    connect();
    const failures = collect('handler-failed', 1);
    void system.emit(interaction(1, 'failure'));
    expect((await failures)[0]).toMatchObject({
      source: 'worker',
      payload: { handler: 'count', reason: 'threw', detail: 'Error: the worker cannot handle a failure' },
    });
  });

  it('reports a message that is no event, and goes on', async () => {
    connect();
    const told = new Promise((resolve) => {
      worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
    });
    pagePort.postMessage({ kind: 'event', event: { type: 'vault-locked', payload: {} } });
    expect(await told).toMatch(/id/);
    const insights = collect('insights-generated', 1);
    void system.emit(interaction(1));
    expect(await insights).toHaveLength(1);
  });

  it('reports every bad message that arrives here', async () => {
    const told = new Promise<void>((resolve) => {
      const poll = (): void => (badMessages.length === 4 ? resolve() : void setTimeout(poll, 5));
      poll();
    });
    for (const message of [
      'text',
      null,
      { kind: 'event' },
      { kind: 'event', event: { ...interaction(1), at: 'now' } },
    ])
      workerPort.postMessage(message);
    await told;
    expect(badMessages[3]).toMatch(/^at: /);
  });

  it('sends what was emitted before it closed, and nothing after', async () => {
    const arrived: unknown[] = [];
    const ended = new Promise<void>((resolve) => {
      workerPort.onmessage = ({ data }: MessageEvent<{ kind: string; event?: LearningEvent }>) => {
        if (data.kind === 'closed') resolve();
        else arrived.push(data.event?.id);
      };
    });
    const before = [interaction(1), interaction(2), interaction(3)];
    for (const event of before) void system.emit(event);
    const closed = line.close();
    void system.emit(interaction(4));
    await closed;
    await ended;
    expect(arrived).toEqual(before.map(({ id }) => id));
    expect(system.report()).toEqual([]);
  });

  it('closes when the other side closes', async () => {
    workerPort.postMessage({ kind: 'closed' });
    await new Promise<void>((resolve) => {
      const poll = (): void => (system.report().length === 0 ? resolve() : void setTimeout(poll, 5));
      poll();
    });
    expect(await system.emit(interaction(1))).toEqual({ handled: 0, failed: 0, dropped: 0 });
  });

  it('sends only the types it was told to', async () => {
    await line.close();
    const { port1, port2 } = new MessageChannel();
    line = joinEventSystems(system, port1, {
      name: 'narrow-line',
      types: ['vault-locked'],
      onBadMessage: (detail) => badMessages.push(detail),
    });
    const first = new Promise<{ event: LearningEvent }>((resolve) => {
      port2.onmessage = ({ data }) => resolve(data);
    });
    await system.emit(interaction(1));
    await system.emit(factory.createVaultLockedEvent({ reason: 'asked' }));
    expect((await first).event.type).toBe('vault-locked');
  });
});
