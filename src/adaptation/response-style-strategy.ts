import type { AdaptationAction, AdaptationContext } from './adaptation-strategy';
import { SettingsStrategy } from './settings-strategy';

/** Fewer answers do not show that nobody wants to know more. */
const LEAST_ANSWERS = 30;
const FEW_LOOKS = 0.025;
const FEW_COMPLAINTS = 0.05;

/** Answers briefly to somebody who is content and never looks at the details. */
export class ResponseStyleStrategy extends SettingsStrategy {
  readonly name = 'response-style';
  readonly type = 'response-style';
  readonly description = 'Brief answers for somebody who never looks at the details';

  analyzeApplicability({ use }: AdaptationContext): number {
    if (use === undefined || use.utterances < LEAST_ANSWERS) return 0;
    const isContent = use.complaintShare <= FEW_COMPLAINTS && use.lookedCloserShare <= FEW_LOOKS;
    return isContent ? 0.5 : 0;
  }

  generateActions({ use }: AdaptationContext): readonly AdaptationAction[] {
    if (use === undefined || this.read('answers.style') !== 'full') return [];
    return [
      this.propose({
        kind: 'brief-answers',
        setting: 'answers.style',
        to: 'brief',
        expectedImpact: 0.1,
        reason: {
          kind: 'details-unread',
          evidence: { looked: Math.round(use.lookedCloserShare * use.utterances), of: use.utterances },
        },
        metric: 'complaints',
      }),
    ];
  }
}
