import type { EventBase, EventHandler } from './event-handler';
import { describeThrown, type HandlerFailure } from './handler-failure';

/** What became of one event at one handler. `withdrawn`: the handler was unregistered before its turn. */
export type DeliveryOutcome = 'handled' | 'failed' | 'dropped' | 'withdrawn';

export interface LaneLimits {
  /** Events that may wait for this handler. */
  readonly capacity: number;
  /** Which event goes when one too many waits. */
  readonly whenFull: 'drop-newest' | 'drop-oldest';
  readonly timeoutMs: number;
}

export interface LaneReport {
  readonly handler: string;
  readonly waiting: number;
  readonly isRunning: boolean;
  readonly handled: number;
  readonly failed: number;
  readonly dropped: number;
}

interface Delivery<Event> {
  readonly event: Event;
  /** The subscription it came through; aborted when that ends. */
  readonly signal: AbortSignal;
  readonly settle: (outcome: DeliveryOutcome) => void;
}

/** The queue of one handler: first in, first out, one at a time. */
export class HandlerLane<Event extends EventBase<PropertyKey>> {
  readonly handler: EventHandler<Event>;
  readonly #limits: LaneLimits;
  readonly #onFailure: (failure: HandlerFailure, event: Event) => void;
  #waiting: Delivery<Event>[] = [];
  #isRunning = false;
  #isOverflowing = false;
  #handled = 0;
  #failed = 0;
  #dropped = 0;

  constructor(
    handler: EventHandler<Event>,
    limits: LaneLimits,
    onFailure: (failure: HandlerFailure, event: Event) => void,
  ) {
    this.handler = handler;
    this.#limits = limits;
    this.#onFailure = onFailure;
  }

  /** Never rejects; resolves when the handler is done with this event, or will never see it. */
  deliver(event: Event, signal: AbortSignal): Promise<DeliveryOutcome> {
    return new Promise((settle) => {
      this.#waiting.push({ event, signal, settle });
      this.#dropSurplus();
      if (!this.#isRunning) void this.#run();
    });
  }

  /** A filter that throws counts as its handler's failure. */
  fail(event: Event, thrown: unknown): DeliveryOutcome {
    this.#failed += 1;
    this.#report(event, 'threw', describeThrown(thrown));
    return 'failed';
  }

  report(): LaneReport {
    return {
      handler: this.handler.name,
      waiting: this.#waiting.length,
      isRunning: this.#isRunning,
      handled: this.#handled,
      failed: this.#failed,
      dropped: this.#dropped,
    };
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    // Off the emitter's stack: whoever emits is not held up by the first lines of a handler.
    await Promise.resolve();
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      next.settle(await this.#handle(next));
    }
    this.#isOverflowing = false;
    this.#isRunning = false;
  }

  async #handle({ event, signal }: Delivery<Event>): Promise<DeliveryOutcome> {
    if (signal.aborted) return 'withdrawn';
    const failure = await settledInTime(
      (until) => this.handler.handle(event, until),
      signal,
      this.#limits.timeoutMs,
    );
    if (failure === undefined) {
      this.#handled += 1;
      return 'handled';
    }
    // Whatever an unregistered handler throws on its way out interests nobody.
    if (signal.aborted) return 'withdrawn';
    this.#failed += 1;
    this.#report(event, failure.reason, failure.detail);
    return 'failed';
  }

  #dropSurplus(): void {
    const { capacity, whenFull } = this.#limits;
    // The one about to be taken by an idle lane is not waiting.
    if (this.#waiting.length <= capacity + (this.#isRunning ? 0 : 1)) return;
    const surplus = whenFull === 'drop-oldest' ? this.#waiting.shift() : this.#waiting.pop();
    if (surplus === undefined) return;
    this.#dropped += 1;
    if (!this.#isOverflowing) {
      this.#isOverflowing = true;
      this.#report(surplus.event, 'overflowed', `more than ${capacity} events were waiting`);
    }
    surplus.settle('dropped');
  }

  #report(event: Event, reason: HandlerFailure['reason'], detail: string): void {
    const eventType = String(event.type);
    this.#onFailure({ handler: this.handler.name, eventId: event.id, eventType, reason, detail }, event);
  }
}

/** Runs `work` until it settles, its time is up, or the subscription ends; says what went wrong, if anything. */
function settledInTime(
  work: (signal: AbortSignal) => void | Promise<void>,
  subscription: AbortSignal,
  timeoutMs: number,
): Promise<Pick<HandlerFailure, 'reason' | 'detail'> | undefined> {
  const own = new AbortController();
  return new Promise((resolve) => {
    const end = (failure: Pick<HandlerFailure, 'reason' | 'detail'> | undefined): void => {
      clearTimeout(timer);
      subscription.removeEventListener('abort', leave);
      resolve(failure);
    };
    const leave = (): void => {
      own.abort(subscription.reason);
      end({ reason: 'threw', detail: 'unregistered' });
    };
    const timer = setTimeout(() => {
      own.abort(new DOMException(`not done within ${timeoutMs} ms`, 'TimeoutError'));
      end({ reason: 'timed-out', detail: `not done within ${timeoutMs} ms` });
    }, timeoutMs);
    subscription.addEventListener('abort', leave, { once: true });
    (async () => work(own.signal))().then(
      () => end(undefined),
      (thrown: unknown) => end({ reason: 'threw', detail: describeThrown(thrown) }),
    );
  });
}
