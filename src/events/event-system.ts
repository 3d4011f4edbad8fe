import { assert } from '../core/assert';
import type { EventBase, EventHandler, EventMapOf } from './event-handler';
import type { HandlerFailure } from './handler-failure';
import { type DeliveryOutcome, HandlerLane, type LaneLimits, type LaneReport } from './handler-lane';

export interface EventSystemOptions<Events extends EventMapOf<Events>, FailureType extends keyof Events> {
  /** Failures of handlers of this type are not events again, so that a failing one cannot loop. */
  readonly failureType: FailureType;
  /** Makes the event that tells of a failed handler. */
  readonly createFailureEvent: (failure: HandlerFailure) => Events[FailureType];
  /** A failure that cannot be told by an event: the last place to write it down. */
  readonly onUnreportedFailure: (failure: HandlerFailure) => void;
}

export interface RegistrationOptions<Event> {
  /** Only events it is true for. Runs on the emitter's stack: keep it cheap. */
  readonly filter?: (event: Event) => boolean;
  /** Only the first event. */
  readonly once?: boolean;
  /** Unregisters when aborted. */
  readonly signal?: AbortSignal;
  /**
   * Events that may wait for the handler, 1,000 when left out. This and the two below hold for the handler, as its
   * first registration says.
   */
  readonly capacity?: number;
  /** `drop-newest` when left out: the emitter's own report says that its event was dropped. */
  readonly whenFull?: LaneLimits['whenFull'];
  /** 30,000 when left out. */
  readonly timeoutMs?: number;
}

/** How many handlers did what with one event. */
export interface EmitReport {
  readonly handled: number;
  readonly failed: number;
  /** Handlers so far behind that they will never see it. */
  readonly dropped: number;
}

interface Subscription<Event extends EventBase<PropertyKey>> {
  readonly lane: HandlerLane<Event>;
  readonly filter: (event: Event) => boolean;
  readonly isOnce: boolean;
  /** Aborted when what waits for the handler through this registration is withdrawn. */
  readonly signal: AbortSignal;
  /** No more events, but those it was given stay. */
  readonly stop: () => void;
  /** No more events, and those it was given are withdrawn. */
  readonly leave: () => void;
}

interface SharedLane<Event extends EventBase<PropertyKey>> {
  readonly lane: HandlerLane<Event>;
  registrations: number;
}

const DEFAULT_LIMITS: LaneLimits = { capacity: 1_000, whenFull: 'drop-newest', timeoutMs: 30_000 };
const NOBODY: EmitReport = { handled: 0, failed: 0, dropped: 0 };

/**
 * Who emits does not know who handles. Each handler has a queue of its own: events reach it one at a time in the
 * order they were emitted, and a slow, failing or hanging one holds up nobody else.
 *
 * @example
 * const events = new EventSystem<LearningEventMap, 'handler-failed'>({
 *   failureType: 'handler-failed',
 *   createFailureEvent: (failure) => factory.createHandlerFailedEvent(failure),
 *   onUnreportedFailure: (failure) => logger.error('event handler failed', { ...failure }),
 * });
 * events.register('model-updated', handlerOf('show', (event) => show(event.payload.learnerId)));
 * const { failed } = await events.emit(factory.createModelUpdatedEvent(update));
 */
export class EventSystem<Events extends EventMapOf<Events>, FailureType extends keyof Events> {
  readonly #options: EventSystemOptions<Events, FailureType>;
  readonly #subscriptions = new Map<keyof Events, Set<Subscription<Events[keyof Events]>>>();
  /** By handler name; a lane lives as long as a registration of its handler. */
  readonly #lanes = new Map<string, SharedLane<Events[keyof Events]>>();
  readonly #pending = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(options: EventSystemOptions<Events, FailureType>) {
    this.#options = options;
  }

  /**
   * Registers a handler for one type or several. All events of a handler share one queue, whichever registration
   * they come through. On a closed system this does nothing.
   *
   * @returns unregisters; what still waits for the handler through this registration is withdrawn
   */
  register<Type extends keyof Events>(
    types: Type | readonly Type[],
    handler: EventHandler<Events[Type]>,
    options: RegistrationOptions<Events[Type]> = {},
  ): () => void {
    if (this.#isClosed || options.signal?.aborted === true) return () => undefined;
    const list: readonly Type[] = typeof types === 'object' ? types : [types];
    // Sound: through the sets below it only ever sees events of the types in `list`.
    const lane = this.#share(handler as EventHandler<unknown>, options);
    const filter = (options.filter ?? (() => true)) as (event: Events[keyof Events]) => boolean;
    const end = new AbortController();
    const stop = (): void => {
      for (const type of list) this.#subscriptions.get(type)?.delete(subscription);
    };
    const leave = (): void => {
      if (end.signal.aborted) return;
      stop();
      options.signal?.removeEventListener('abort', leave);
      this.#release(handler.name);
      end.abort(new DOMException(`${handler.name} was unregistered`, 'AbortError'));
    };
    const subscription = { lane, filter, isOnce: options.once === true, signal: end.signal, stop, leave };
    for (const type of list) this.#subscribersOf(type).add(subscription);
    options.signal?.addEventListener('abort', leave, { once: true });
    return leave;
  }

  /**
   * Hands the event to everybody registered for its type. Handlers see events in the order of these calls. Never
   * rejects; on a closed system nobody handles anything.
   *
   * @returns resolves when all of them are done
   */
  emit(event: Events[keyof Events]): Promise<EmitReport> {
    const subscribers = [...(this.#subscriptions.get(event.type as keyof Events) ?? [])];
    if (subscribers.length === 0) return Promise.resolve(NOBODY);
    const report = Promise.all(subscribers.map((subscription) => this.#offer(subscription, event))).then(
      count,
    );
    this.#pending.add(report);
    void report.then(() => this.#pending.delete(report));
    return report;
  }

  /** Resolves when nothing is being handled or waiting any more, what handlers emitted meanwhile included. */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** How each registered handler is doing. */
  report(): readonly LaneReport[] {
    return [...this.#lanes.values()].map(({ lane }) => lane.report());
  }

  /** Unregisters everybody, for good: running handlers see their signal abort, what waits is withdrawn. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const subscribers = new Set([...this.#subscriptions.values()].flatMap((of) => [...of]));
    for (const { leave } of subscribers) leave();
    await this.idle();
  }

  async #offer(
    subscription: Subscription<Events[keyof Events]>,
    event: Events[keyof Events],
  ): Promise<DeliveryOutcome> {
    const { lane, filter, isOnce, signal, stop, leave } = subscription;
    try {
      if (!filter(event)) return 'withdrawn';
    } catch (thrown) {
      return lane.fail(event, thrown);
    }
    if (!isOnce) return lane.deliver(event, signal);
    stop();
    const outcome = await lane.deliver(event, signal);
    leave();
    return outcome;
  }

  #report(failure: HandlerFailure, event: Events[keyof Events]): void {
    const { failureType, createFailureEvent, onUnreportedFailure } = this.#options;
    if (this.#isClosed || event.type === failureType) onUnreportedFailure(failure);
    else void this.emit(createFailureEvent(failure));
  }

  #share(
    handler: EventHandler<unknown>,
    options: RegistrationOptions<never>,
  ): HandlerLane<Events[keyof Events]> {
    const known = this.#lanes.get(handler.name);
    if (known !== undefined) {
      assert(known.lane.handler === handler, 'two event handlers have the same name', handler.name);
      known.registrations += 1;
      return known.lane;
    }
    const lane = new HandlerLane<Events[keyof Events]>(
      handler,
      {
        capacity: options.capacity ?? DEFAULT_LIMITS.capacity,
        whenFull: options.whenFull ?? DEFAULT_LIMITS.whenFull,
        timeoutMs: options.timeoutMs ?? DEFAULT_LIMITS.timeoutMs,
      },
      (failure, event) => this.#report(failure, event),
    );
    this.#lanes.set(handler.name, { lane, registrations: 1 });
    return lane;
  }

  #release(name: string): void {
    const shared = this.#lanes.get(name);
    if (shared === undefined) return;
    shared.registrations -= 1;
    if (shared.registrations === 0) this.#lanes.delete(name);
  }

  #subscribersOf(type: keyof Events): Set<Subscription<Events[keyof Events]>> {
    const known = this.#subscriptions.get(type);
    if (known !== undefined) return known;
    const created = new Set<Subscription<Events[keyof Events]>>();
    this.#subscriptions.set(type, created);
    return created;
  }
}

function count(outcomes: readonly DeliveryOutcome[]): EmitReport {
  const of = (wanted: DeliveryOutcome): number => outcomes.filter((outcome) => outcome === wanted).length;
  return { handled: of('handled'), failed: of('failed'), dropped: of('dropped') };
}
