import { describe, expect, it } from 'vitest';
import type { Echo, LearningEvent } from '../../../src/echo';
import { EventTrail, MOST_EVENTS } from '../../../src/ui/event-trail';

/** The part of the façade that a trail listens to. */
function engine() {
  let kind: 'open' | 'locked' = 'open';
  let onEvent: (event: LearningEvent) => void = () => undefined;
  let onChange: () => void = () => undefined;
  const echo = {
    get state() {
      return { vault: { kind } };
    },
    subscribe: (listener: () => void) => {
      onChange = listener;
      return () => undefined;
    },
    learning: {
      onEvent: (listener: (event: LearningEvent) => void) => {
        onEvent = listener;
        return () => undefined;
      },
    },
  } as unknown as Echo;
  return {
    echo,
    happens: (id: number) => onEvent({ id: String(id) } as unknown as LearningEvent),
    locks: () => {
      kind = 'locked';
      onChange();
    },
  };
}

describe('EventTrail', () => {
  it('keeps the newest events first, and no more than so many', () => {
    const { echo, happens } = engine();
    const trail = new EventTrail(echo);
    for (let id = 1; id <= MOST_EVENTS + 5; id += 1) happens(id);
    expect(trail.events).toHaveLength(MOST_EVENTS);
    expect(trail.events[0]?.id).toBe(String(MOST_EVENTS + 5));
  });

  it('forgets them when the vault closes, and takes none while it is closed', () => {
    const { echo, happens, locks } = engine();
    const trail = new EventTrail(echo);
    let told = 0;
    trail.subscribe(() => {
      told += 1;
    });
    happens(1);
    locks();
    happens(2);
    expect(trail.events).toEqual([]);
    expect(told).toBe(2);
  });
});
