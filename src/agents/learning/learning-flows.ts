import { EventHandler } from '../../events/event-handler';
import type { EventSystem } from '../../events/event-system';
import type { LearningEvent, LearningEventMap } from '../../events/learning-event';
import type { LearningEventFactory } from '../../events/learning-event-factory';
import type { LearningData } from '../../learning/learning-data';
import type { LearningStore } from '../../vault/learning-data/learning-store';
import type { BehaviourLine } from './behaviour-line';
import { correctedData, learningDataOf, type ObservedEvent } from './event-data';
import type { LearnerInsights } from './learning-agent';

export type LearningEvents = EventSystem<LearningEventMap, 'handler-failed'>;

interface Colleagues {
  readonly events: LearningEvents;
  readonly factory: LearningEventFactory;
  readonly store: Pick<LearningStore, 'storeLearningData'>;
  readonly behaviour: Pick<BehaviourLine, 'observe'>;
  /** Looks for patterns anew; several calls in a short time may become one analysis. */
  readonly analyse: () => Promise<void>;
  readonly insights: () => Promise<readonly LearnerInsights[]>;
  readonly adapt: () => Promise<void>;
}

/**
 * Who does what when something happens, all of it in one place. Each line is a handler of its own: one that fails,
 * throws or hangs is reported as `handler-failed` under its name, and the others go on.
 *
 * ```
 * user-interaction, correction-received → store-learning-data, learn-online, analyse-patterns
 * learning-completed                    → generate-insights, adapt
 * ```
 */
export function registerLearningFlows(colleagues: Colleagues): { readonly forget: () => void } {
  const { events, analyse, adapt } = colleagues;
  const observed = ['user-interaction', 'correction-received'] as const;
  const storing = new StoreLearningData(colleagues);
  events.register(observed, storing);
  events.register(observed, new LearnOnline(colleagues));
  events.register(observed, new Run('analyse-patterns', analyse));
  const onlySuccess = { filter: ({ payload }: LearningEvent<'learning-completed'>) => payload.success };
  events.register('learning-completed', new GenerateInsights(colleagues), onlySuccess);
  // A failure is a reason to adapt as well.
  events.register('learning-completed', new Run('adapt', adapt));
  return { forget: () => storing.forget() };
}

/** Interactions whose record can still be marked as corrected. */
const MOST_REMEMBERED = 200;

class StoreLearningData extends EventHandler<ObservedEvent> {
  readonly #with: Colleagues;
  /** By the utterance they were about, newest last. */
  readonly #recent = new Map<string, LearningData>();

  constructor(colleagues: Colleagues) {
    super('store-learning-data');
    this.#with = colleagues;
  }

  async handle(event: ObservedEvent): Promise<void> {
    const { store, events, factory } = this.#with;
    const data = learningDataOf(event);
    const corrected =
      event.type === 'correction-received' ? this.#recent.get(event.payload.subjectId) : undefined;
    const rows = corrected === undefined ? [data] : [data, correctedData(corrected)];
    const stored = await store.storeLearningData(rows);
    if (!stored.ok) throw new Error(`the vault answered ${stored.error.kind}`);
    this.#remember(data);
    void events.emit(
      factory.createDataStoredEvent({
        userId: data.userId,
        records: rows.length,
        dataTypes: [data.dataType],
      }),
    );
  }

  /** The vault was closed. */
  forget(): void {
    this.#recent.clear();
  }

  #remember(data: LearningData): void {
    const { utteranceId, interactionType } = data.content;
    if (typeof utteranceId !== 'string' || interactionType === 'undo') return;
    this.#recent.set(utteranceId, data);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > MOST_REMEMBERED && oldest !== undefined) this.#recent.delete(oldest);
  }
}

class LearnOnline extends EventHandler<ObservedEvent> {
  readonly #with: Colleagues;

  constructor(colleagues: Colleagues) {
    super('learn-online');
    this.#with = colleagues;
  }

  async handle(event: ObservedEvent): Promise<void> {
    const learnt = await this.#with.behaviour.observe([learningDataOf(event)]);
    if (!learnt.ok) throw new Error(`not learnt: ${learnt.error.kind}`);
  }
}

class GenerateInsights extends EventHandler<LearningEvent<'learning-completed'>> {
  readonly #with: Colleagues;

  constructor(colleagues: Colleagues) {
    super('generate-insights');
    this.#with = colleagues;
  }

  async handle({ payload }: LearningEvent<'learning-completed'>): Promise<void> {
    const { events, factory, insights } = this.#with;
    const { userId, learnerId } = payload;
    const found = (await insights()).find((each) => each.learnerId === learnerId);
    if (found === undefined) return;
    void events.emit(factory.createInsightsGeneratedEvent({ userId, learnerId, insights: found.insights }));
  }
}

/** Work that needs nothing of the event but that it happened. */
class Run extends EventHandler<unknown> {
  readonly #work: () => Promise<void>;

  constructor(name: string, work: () => Promise<void>) {
    super(name);
    this.#work = work;
  }

  handle(): Promise<void> {
    return this.#work();
  }
}
