import { handlerOf } from '../events/event-handler';
import { type LearningEventType, learningEventTypes } from '../events/event-payloads';
import type { EventSystem } from '../events/event-system';
import { type LearningEvent, type LearningEventMap, parseLearningEvent } from '../events/learning-event';

export interface EventLineOptions {
  /** Of the handler that sends, unique in the system, such as `line-to-vault`. */
  readonly name: string;
  /** What is sent to the other side; everything when left out. What comes from there is not restricted. */
  readonly types?: readonly LearningEventType[];
  /** Something came that is no event. It was ignored; the line goes on. */
  readonly onBadMessage: (detail: string) => void;
}

export interface EventLine {
  /** Ends the line on both sides, once what was emitted before is sent. A second call does nothing more. */
  close(): Promise<void>;
}

/** A line remembers the ids of this many events that crossed it, so that none circles in a ring of lines. */
const REMEMBERED_EVENTS = 1_024;

/**
 * Joins the event system of this thread with the one at the other end of `port`, where the same is called: what
 * either emits, handlers of both see, in the order it was emitted. `emit` waits for the handlers of its own thread
 * only. Any thread; owns the port from here on.
 */
export function joinEventSystems(
  system: EventSystem<LearningEventMap, 'handler-failed'>,
  port: MessagePort,
  { name, types = learningEventTypes, onBadMessage }: EventLineOptions,
): EventLine {
  const crossed = new Set<string>();
  const crossesFirst = (id: string): boolean => {
    if (crossed.has(id)) return false;
    crossed.add(id);
    const [oldest] = crossed;
    if (crossed.size > REMEMBERED_EVENTS && oldest !== undefined) crossed.delete(oldest);
    return true;
  };

  let unsent = 0;
  let isClosing = false;
  let sentAll: () => void = () => undefined;
  const accepts = ({ id }: LearningEvent): boolean => {
    if (isClosing || !crossesFirst(id)) return false;
    unsent += 1;
    return true;
  };
  const send = (event: LearningEvent): void => {
    unsent -= 1;
    port.postMessage({ kind: 'event', event });
    if (unsent === 0) sentAll();
  };
  // Sending is immediate: what waits is never more than one task emits, so nothing has to be dropped.
  const unregister = system.register(types, handlerOf(name, send), {
    filter: accepts,
    capacity: Number.POSITIVE_INFINITY,
  });

  const receive = ({ data }: MessageEvent<unknown>): void => {
    const message = readMessage(data);
    if (message?.kind === 'closed') {
      end();
      return;
    }
    const parsed = parseLearningEvent(message?.event);
    if (!parsed.ok) onBadMessage(parsed.error);
    else if (crossesFirst(parsed.value.id)) void system.emit(parsed.value);
  };
  const refuse = (): void => onBadMessage('a message could not be read');
  const end = (): void => {
    isClosing = true;
    unregister();
    port.removeEventListener('message', receive);
    port.removeEventListener('messageerror', refuse);
    port.close();
    sentAll();
  };
  port.addEventListener('message', receive);
  port.addEventListener('messageerror', refuse);
  port.start();

  return {
    close: async () => {
      if (isClosing) return;
      isClosing = true;
      if (unsent > 0) {
        await new Promise<void>((resolve) => {
          sentAll = resolve;
        });
      }
      port.postMessage({ kind: 'closed' });
      end();
    },
  };
}

function readMessage(data: unknown): { readonly kind: unknown; readonly event?: unknown } | undefined {
  return typeof data === 'object' && data !== null && 'kind' in data ? data : undefined;
}
