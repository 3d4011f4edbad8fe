/** What every event of a system has; the rest is up to its map. */
export interface EventBase<Type> {
  readonly id: string;
  readonly type: Type;
  /** Who emitted it, such as `conversation`. */
  readonly source: string;
}

/** Event type → event, each of which carries its type. */
export type EventMapOf<Events> = { readonly [Type in keyof Events]: EventBase<Type> };

/**
 * Somebody who wants to know. It gets one event at a time, in the order they were emitted; while it works, other
 * handlers go on. A throw is caught and becomes a failure under this handler's name.
 *
 * A handler may emit, but must not wait for an event that it handles itself: that waits for its own end.
 *
 * @example
 * class Counter extends EventHandler<LearningEvent> {
 *   count = 0;
 *   handle(): void {
 *     this.count += 1;
 *   }
 * }
 */
export abstract class EventHandler<Event> {
  /** Unique in its system; failures are reported under it. */
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** @param signal aborted when it takes too long, the handler is unregistered, or the system closes */
  abstract handle(event: Event, signal: AbortSignal): void | Promise<void>;
}

/** A handler from a function, where a class would hold nothing else. */
export function handlerOf<Event>(
  name: string,
  handle: (event: Event, signal: AbortSignal) => void | Promise<void>,
): EventHandler<Event> {
  return new FunctionHandler(name, handle);
}

class FunctionHandler<Event> extends EventHandler<Event> {
  readonly #handle: (event: Event, signal: AbortSignal) => void | Promise<void>;

  constructor(name: string, handle: (event: Event, signal: AbortSignal) => void | Promise<void>) {
    super(name);
    this.#handle = handle;
  }

  handle(event: Event, signal: AbortSignal): void | Promise<void> {
    return this.#handle(event, signal);
  }
}
