import type { Adaptation, AdaptationRound } from '../../adaptation/adaptive-behavior-manager';
import type { UserId } from '../../core/ids';
import type { LearningEventFactory } from '../../events/learning-event-factory';
import type { LearningEvents } from './learning-flows';

interface Options {
  readonly events: LearningEvents;
  readonly factory: LearningEventFactory;
  readonly userId: () => UserId | undefined;
}

/** Tells the page in events what was adapted, and what was taken back. */
export class AdaptationReporter {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** @param userId whose the round was, whatever was closed since */
  applied(userId: UserId, { strategy, type, applied, failed, totalImpact }: AdaptationRound): void {
    const { events, factory } = this.#options;
    const actions = applied.map(({ action: { kind, before, after } }) => ({ kind, before, after }));
    void events.emit(
      factory.createAdaptationAppliedEvent({
        userId,
        strategy,
        adaptationType: type,
        applied: applied.length,
        failed: failed.length,
        totalImpact,
        detail: { actions },
      }),
    );
  }

  /** Of adaptations that were judged or taken back: only what is no longer in force is told. */
  ended(adaptations: readonly Adaptation[]): void {
    const { events, factory, userId } = this.#options;
    const id = userId();
    if (id === undefined) return;
    for (const { strategy, action, state } of adaptations) {
      if (state.kind !== 'reverted') continue;
      const payload = { userId: id, strategy, action: action.kind, by: state.by };
      void events.emit(factory.createAdaptationEndedEvent(payload));
    }
  }
}
