import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/core/clock';
import { newId, type UserId } from '../../../src/core/ids';
import { epochMs, monotonicMs } from '../../../src/core/units';
import { learningEventTypes } from '../../../src/events/event-payloads';
import { parseLearningEvent } from '../../../src/events/learning-event';
import { LearningEventFactory } from '../../../src/events/learning-event-factory';

const clock: Clock = { now: () => epochMs(1_000), monotonic: () => monotonicMs(1) };
const factory = new LearningEventFactory('test', clock);
const userId = newId<UserId>();

const interaction = {
  userId,
  agentId: 'conversation',
  interactionType: 'voice-command',
  result: 'success',
  content: { words: ['tea'] },
} as const;

describe('LearningEventFactory', () => {
  it('stamps each event with an id of its own, the time and the source', () => {
    const first = factory.createUserInteractionEvent(interaction);
    const second = factory.createUserInteractionEvent(interaction);
    expect(first).toMatchObject({
      type: 'user-interaction',
      at: 1_000,
      source: 'test',
      payload: interaction,
    });
    expect(first.id).not.toBe(second.id);
  });

  it('has a method for every type', () => {
    const methods = learningEventTypes.map(
      (type) => `create${type.replace(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase())}Event`,
    );
    expect(Object.getOwnPropertyNames(LearningEventFactory.prototype)).toEqual(
      expect.arrayContaining(methods),
    );
  });

  it('copies what it is given and freezes the copy', () => {
    const words = ['tea'];
    const event = factory.createUserInteractionEvent({ ...interaction, content: { words } });
    words.push('coffee');
    expect(event.payload.content).toEqual({ words: ['tea'] });
    expect(Object.isFrozen(event.payload.content['words'])).toBe(true);
  });

  it('throws on a malformed payload, and says where', () => {
    expect(() => factory.createUserInteractionEvent({ ...interaction, satisfaction: 2 })).toThrow(
      /user-interaction event is malformed.*satisfaction/,
    );
    expect(() => factory.createInsightsGeneratedEvent({ userId, insights: { rate: Number.NaN } })).toThrow(
      /insights/,
    );
  });
});

describe('parseLearningEvent', () => {
  const event = factory.createCorrectionReceivedEvent({
    userId,
    subjectId: 'u1',
    before: { phrase: 'a' },
    after: { phrase: 'b' },
  });

  it('reads what the factory made, as it was', () => {
    expect(parseLearningEvent(JSON.parse(JSON.stringify(event)))).toEqual({ ok: true, value: event });
  });

  it.each([
    ['an unknown type', { ...event, type: 'something-else' }, /type/],
    ['another type’s payload', { ...event, type: 'vault-locked' }, /vault-locked/],
    ['an id that is none', { ...event, id: '7' }, /id/],
    ['a time before time', { ...event, at: -1 }, /at/],
    ['no source', { ...event, source: '' }, /source/],
    ['a field too many', { ...event, extra: 1 }, /extra/],
    [
      'a payload with a function',
      { ...event, payload: { ...event.payload, after: { f: () => 1 } } },
      /after/,
    ],
  ])('refuses %s', (_, value, message) => {
    const parsed = parseLearningEvent(value);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.error).toMatch(message);
  });

  it('refuses anything else without throwing', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true }), (value) => {
        expect(parseLearningEvent(value).ok).toBe(false);
      }),
    );
  });
});
