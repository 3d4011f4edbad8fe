import type { AdaptationAction, AdaptationContext } from './adaptation-strategy';
import { SettingsStrategy } from './settings-strategy';

/** Fewer utterances say nothing about how well somebody is heard. */
const LEAST_UTTERANCES = 20;
const MANY_FALSE_TRIGGERS = 0.1;
const MANY_MISSES = 0.15;
const MANY_REPEATS = 0.15;
/** Where something else is taken for a phrase at all, Echo does not listen more generously. */
const FEW_FALSE_TRIGGERS = 0.025;
const LONGER_PAUSE = 1.5;
const LONGEST_START_MS = 900;

const BUDGETS = ['hour', 'day', 'week'] as const;

/** Listens more strictly, more generously or longer, after what the person corrected and said again. */
export class ListeningStrategy extends SettingsStrategy {
  readonly name = 'listening';
  readonly type = 'listening';
  readonly description = 'Stricter, more generous or more patient listening after what was misheard';

  /** 0.3 where one of the shares is at its bound, and more beyond. */
  analyzeApplicability({ use }: AdaptationContext): number {
    if (use === undefined || use.utterances < LEAST_UTTERANCES) return 0;
    const { falseTriggerShare, missShare, repeatShare } = use;
    const most = Math.max(
      falseTriggerShare / MANY_FALSE_TRIGGERS,
      missShare / MANY_MISSES,
      repeatShare / MANY_REPEATS,
    );
    return Math.min(1, 0.3 * most);
  }

  generateActions({ use }: AdaptationContext): readonly AdaptationAction[] {
    if (use === undefined) return [];
    const actions: AdaptationAction[] = [];
    const { utterances, falseTriggerShare, missShare, repeatShare } = use;
    const budget = BUDGETS.indexOf(this.read('recognition.falseTriggers') as (typeof BUDGETS)[number]);
    const stricter = BUDGETS[budget + 1];
    const looser = BUDGETS[budget - 1];
    if (falseTriggerShare >= MANY_FALSE_TRIGGERS && stricter !== undefined) {
      actions.push(
        this.propose({
          kind: 'stricter-listening',
          setting: 'recognition.falseTriggers',
          to: stricter,
          expectedImpact: falseTriggerShare / 2,
          reason: {
            kind: 'many-false-triggers',
            evidence: { count: Math.round(falseTriggerShare * utterances), of: utterances },
          },
          metric: 'misheard',
        }),
      );
    } else if (missShare >= MANY_MISSES && falseTriggerShare <= FEW_FALSE_TRIGGERS && looser !== undefined) {
      actions.push(
        this.propose({
          kind: 'more-generous-listening',
          setting: 'recognition.falseTriggers',
          to: looser,
          expectedImpact: missShare / 2,
          reason: {
            kind: 'many-misses',
            evidence: { count: Math.round(missShare * utterances), of: utterances },
          },
          metric: 'misheard',
        }),
      );
    }
    const startMs = this.read('endpointing.hangoverMs');
    if (repeatShare >= MANY_REPEATS && typeof startMs === 'number' && startMs < LONGEST_START_MS) {
      actions.push(
        this.propose({
          kind: 'longer-pause',
          setting: 'endpointing.hangoverMs',
          to: Math.min(LONGEST_START_MS, Math.round((startMs * LONGER_PAUSE) / 50) * 50),
          expectedImpact: repeatShare / 2,
          reason: {
            kind: 'many-repeats',
            evidence: { count: Math.round(repeatShare * utterances), of: utterances },
          },
          metric: 'repeats',
        }),
      );
    }
    return actions;
  }
}
