import { describe, expect, it } from 'vitest';
import { registerLearningFlows } from '../../../src/agents/learning/learning-flows';
import { systemClock } from '../../../src/core/clock';
import { type LearningDataId, newId, type UserId } from '../../../src/core/ids';
import { err, ok } from '../../../src/core/result';
import { handlerOf } from '../../../src/events/event-handler';
import { EventSystem } from '../../../src/events/event-system';
import type { LearningEvent, LearningEventMap } from '../../../src/events/learning-event';
import { LearningEventFactory } from '../../../src/events/learning-event-factory';
import type { LearningData } from '../../../src/learning/learning-data';
import type { NewLearningData } from '../../../src/vault/learning-data/learning-store';

const ADA = newId<UserId>();
const UTTERANCE = newId<LearningDataId>();

type Step = 'store' | 'learn' | 'analyse' | 'insights' | 'adapt';

/** The flows with colleagues that write down what they are asked, and fail where a test says so. */
function flows(failing: readonly Step[] = []) {
  const factory = new LearningEventFactory('test', systemClock);
  const events = new EventSystem<LearningEventMap, 'handler-failed'>({
    failureType: 'handler-failed',
    createFailureEvent: (failure) => factory.createHandlerFailedEvent(failure),
    onUnreportedFailure: ({ detail }) => {
      throw new Error(detail);
    },
  });
  const stored: NewLearningData[] = [];
  const learnt: LearningData[] = [];
  const done: Step[] = [];
  const failures: string[] = [];
  const emitted: LearningEvent[] = [];
  events.register(
    'handler-failed',
    handlerOf('see-failures', ({ payload }) => void failures.push(payload.handler)),
  );
  events.register(
    ['data-stored', 'insights-generated'],
    handlerOf('see-events', (event) => void emitted.push(event)),
  );
  const step = async (name: Step): Promise<void> => {
    if (failing.includes(name)) throw new Error(`${name} is out of order`);
    done.push(name);
  };
  const { forget } = registerLearningFlows({
    events,
    factory,
    store: {
      storeLearningData: async (data) => {
        if (failing.includes('store')) return err({ kind: 'quota' });
        stored.push(...data);
        return ok([]);
      },
    },
    behaviour: {
      observe: async (data) => {
        if (failing.includes('learn')) return err({ kind: 'not-open' });
        learnt.push(...data);
        return ok(undefined);
      },
    },
    analyse: () => step('analyse'),
    insights: async () => {
      await step('insights');
      return [{ learnerId: 'pattern', learnerType: 'pattern', insights: { totalPatterns: 2 } }];
    },
    adapt: () => step('adapt'),
  });
  return { factory, events, stored, learnt, done, failures, emitted, forget };
}

const interaction = (factory: LearningEventFactory) =>
  factory.createUserInteractionEvent({
    userId: ADA,
    agentId: 'conversation',
    sessionId: 'one',
    interactionType: 'voice-command',
    result: 'success',
    durationMs: 120,
    content: { utteranceId: UTTERANCE, corrected: false },
  });

const completed = (factory: LearningEventFactory, success: boolean) =>
  factory.createLearningCompletedEvent({
    userId: ADA,
    learnerId: 'pattern',
    learnerType: 'pattern',
    mode: 'online',
    success,
    samples: success ? 1 : 0,
    confidence: success ? 0.5 : 0,
    durationMs: 1,
    insights: {},
  });

describe('an interaction', () => {
  it('reaches the store, the learners and the analysis as the same record', async () => {
    const { factory, events, stored, learnt, done, emitted } = flows();
    const event = interaction(factory);
    expect(await events.emit(event)).toEqual({ handled: 3, failed: 0, dropped: 0 });
    await events.idle();
    expect(stored).toEqual(learnt);
    expect(stored).toMatchObject([
      {
        id: event.id,
        userId: ADA,
        dataType: 'user-interaction',
        privacyLevel: 'private',
        content: { interactionType: 'voice-command', result: 'success', durationMs: 120 },
      },
    ]);
    expect(done).toEqual(['analyse']);
    expect(emitted.map(({ type }) => type)).toEqual(['data-stored']);
  });

  it.each([
    ['store', 'store-learning-data'],
    ['learn', 'learn-online'],
    ['analyse', 'analyse-patterns'],
  ] as const)(
    'goes on to the others when one of them cannot %s it, and the failure has a name',
    async (step, handler) => {
      const { factory, events, stored, learnt, done, failures } = flows([step]);
      expect(await events.emit(interaction(factory))).toEqual({ handled: 2, failed: 1, dropped: 0 });
      await events.idle();
      expect(failures).toEqual([handler]);
      expect(stored).toHaveLength(step === 'store' ? 0 : 1);
      expect(learnt).toHaveLength(step === 'learn' ? 0 : 1);
      expect(done).toHaveLength(step === 'analyse' ? 0 : 1);
    },
  );
});

describe('a correction', () => {
  const correction = (factory: LearningEventFactory) =>
    factory.createCorrectionReceivedEvent({
      userId: ADA,
      subjectId: UTTERANCE,
      before: { phraseId: null },
      after: { phraseId: null },
    });

  it('is a record of its own, and marks the record of what was corrected in the same write', async () => {
    const { factory, events, stored } = flows();
    const said = interaction(factory);
    await events.emit(said);
    await events.emit(correction(factory));
    expect(stored.slice(1)).toMatchObject([
      { dataType: 'correction', content: { result: 'failure', subjectId: UTTERANCE } },
      { id: said.id, dataType: 'user-interaction', content: { corrected: true, satisfaction: 0 } },
    ]);
  });

  it('marks nothing once the vault was closed: what was said before is no longer in memory', async () => {
    const { factory, events, stored, forget } = flows();
    await events.emit(interaction(factory));
    forget();
    await events.emit(correction(factory));
    expect(stored.map(({ dataType }) => dataType)).toEqual(['user-interaction', 'correction']);
  });
});

describe('when learning is completed', () => {
  it('insights are generated and strategies asked, each on its own', async () => {
    const { factory, events, done, emitted } = flows();
    await events.emit(completed(factory, true));
    await events.idle();
    expect(done.toSorted()).toEqual(['adapt', 'insights']);
    expect(emitted[0]?.payload).toMatchObject({ learnerId: 'pattern', insights: { totalPatterns: 2 } });
    const broken = flows(['insights']);
    await broken.events.emit(completed(broken.factory, true));
    expect(broken.done).toEqual(['adapt']);
    expect(broken.failures).toEqual(['generate-insights']);
  });

  it('a failure makes no insights, and is still a reason to adapt', async () => {
    const { factory, events, done } = flows();
    await events.emit(completed(factory, false));
    expect(done).toEqual(['adapt']);
  });
});
