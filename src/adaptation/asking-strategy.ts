import type { AdaptationAction, AdaptationContext } from './adaptation-strategy';
import { isHabit } from './habit-evidence';
import { SettingsStrategy } from './settings-strategy';

const BAR = { leastEvidence: 8, leastConfidence: 0.7 };

/**
 * Asks more of somebody who often turns down or takes back what Echo does, and less of somebody who always answers yes.
 * Never about what is risky: that floor is the person's alone.
 */
export class AskingStrategy extends SettingsStrategy {
  readonly name = 'asking';
  readonly type = 'asking';
  readonly description = 'As many questions as somebody finds worth answering';

  analyzeApplicability({ preferences }: AdaptationContext): number {
    return isHabit(preferences?.confirmation, BAR) ? 0.5 : 0;
  }

  generateActions({ preferences }: AdaptationContext): readonly AdaptationAction[] {
    const preference = preferences?.confirmation;
    if (!isHabit(preference, BAR)) return [];
    const to = preference.value === 'ask' ? 'more' : 'fewer';
    if (this.read('actions.questions') === to) return [];
    return [
      this.propose({
        kind: `${to}-questions`,
        setting: 'actions.questions',
        to,
        expectedImpact: 0.1,
        reason: {
          kind: preference.value === 'ask' ? 'questions-useful' : 'questions-needless',
          evidence: { share: preference.confidence, count: preference.evidenceCount },
        },
        metric: 'bother-seconds',
      }),
    ];
  }
}
