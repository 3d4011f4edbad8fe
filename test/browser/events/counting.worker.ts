import { joinEventSystems } from '../../../src/bridge/event-line';
import { systemClock } from '../../../src/core/clock';
import { handlerOf } from '../../../src/events/event-handler';
import { EventSystem } from '../../../src/events/event-system';
import type { LearningEventMap } from '../../../src/events/learning-event';
import { LearningEventFactory } from '../../../src/events/learning-event-factory';

/** A thread with handlers of its own: it counts interactions and emits an insight for each, with the count. */
const factory = new LearningEventFactory('worker', systemClock);
const system = new EventSystem<LearningEventMap, 'handler-failed'>({
  failureType: 'handler-failed',
  createFailureEvent: (failure) => factory.createHandlerFailedEvent(failure),
  onUnreportedFailure: (failure) => {
    throw new Error(failure.detail);
  },
});

let count = 0;
system.register(
  'user-interaction',
  handlerOf('count', ({ payload }) => {
    if (payload.result === 'failure') throw new Error('the worker cannot handle a failure');
    count += 1;
    const insights = { count, n: payload.content['n'] ?? null };
    void system.emit(factory.createInsightsGeneratedEvent({ userId: payload.userId, insights }));
  }),
);

self.addEventListener('message', ({ data }: MessageEvent<MessagePort>) => {
  joinEventSystems(system, data, {
    name: 'line-to-page',
    onBadMessage: (detail) => self.postMessage(detail),
  });
});
