import * as v from 'valibot';
import { assert } from '../core/assert';
import type { Clock } from '../core/clock';
import { deepFreeze } from '../core/deep-freeze';
import { type EventId, newId } from '../core/ids';
import { eventPayloadSchemas, type LearningEventType, type PayloadOf } from './event-payloads';
import { describeIssues, type LearningEvent } from './learning-event';

/**
 * Makes the events of one source. They are copies, and frozen: handlers share them. A payload that breaks its
 * schema is a bug of the caller and throws.
 *
 * @example
 * const factory = new LearningEventFactory('conversation', systemClock);
 * const event = factory.createVaultLockedEvent({ reason: 'idle' });
 * event.type; // 'vault-locked'
 */
export class LearningEventFactory {
  readonly #source: string;
  readonly #clock: Clock;

  constructor(source: string, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  create<Type extends LearningEventType>(type: Type, payload: PayloadOf<Type>): LearningEvent<Type> {
    const parsed = v.safeParse(eventPayloadSchemas[type], payload);
    assert(parsed.success, `a ${type} event is malformed`, parsed.issues && describeIssues(parsed.issues));
    const event = {
      id: newId<EventId>(),
      type,
      at: this.#clock.now(),
      source: this.#source,
      payload: structuredClone(parsed.output),
    };
    // The compiler cannot follow that the schema just used is the one `type` names.
    return deepFreeze(event) as unknown as LearningEvent<Type>;
  }

  createUserInteractionEvent(payload: PayloadOf<'user-interaction'>): LearningEvent<'user-interaction'> {
    return this.create('user-interaction', payload);
  }

  createLearningCompletedEvent(
    payload: PayloadOf<'learning-completed'>,
  ): LearningEvent<'learning-completed'> {
    return this.create('learning-completed', payload);
  }

  createUserPatternDetectedEvent(
    payload: PayloadOf<'user-pattern-detected'>,
  ): LearningEvent<'user-pattern-detected'> {
    return this.create('user-pattern-detected', payload);
  }

  createModelUpdatedEvent(payload: PayloadOf<'model-updated'>): LearningEvent<'model-updated'> {
    return this.create('model-updated', payload);
  }

  createCorrectionReceivedEvent(
    payload: PayloadOf<'correction-received'>,
  ): LearningEvent<'correction-received'> {
    return this.create('correction-received', payload);
  }

  createAdaptationAppliedEvent(
    payload: PayloadOf<'adaptation-applied'>,
  ): LearningEvent<'adaptation-applied'> {
    return this.create('adaptation-applied', payload);
  }

  createAdaptationEndedEvent(payload: PayloadOf<'adaptation-ended'>): LearningEvent<'adaptation-ended'> {
    return this.create('adaptation-ended', payload);
  }

  createInsightsGeneratedEvent(
    payload: PayloadOf<'insights-generated'>,
  ): LearningEvent<'insights-generated'> {
    return this.create('insights-generated', payload);
  }

  createDataStoredEvent(payload: PayloadOf<'data-stored'>): LearningEvent<'data-stored'> {
    return this.create('data-stored', payload);
  }

  createDataForgottenEvent(payload: PayloadOf<'data-forgotten'>): LearningEvent<'data-forgotten'> {
    return this.create('data-forgotten', payload);
  }

  createHandlerFailedEvent(payload: PayloadOf<'handler-failed'>): LearningEvent<'handler-failed'> {
    return this.create('handler-failed', payload);
  }

  createAlertRaisedEvent(payload: PayloadOf<'alert-raised'>): LearningEvent<'alert-raised'> {
    return this.create('alert-raised', payload);
  }

  createAlertClearedEvent(payload: PayloadOf<'alert-cleared'>): LearningEvent<'alert-cleared'> {
    return this.create('alert-cleared', payload);
  }

  createConfigChangedEvent(payload: PayloadOf<'config-changed'>): LearningEvent<'config-changed'> {
    return this.create('config-changed', payload);
  }

  createVaultOpenedEvent(payload: PayloadOf<'vault-opened'>): LearningEvent<'vault-opened'> {
    return this.create('vault-opened', payload);
  }

  createVaultLockedEvent(payload: PayloadOf<'vault-locked'>): LearningEvent<'vault-locked'> {
    return this.create('vault-locked', payload);
  }
}
