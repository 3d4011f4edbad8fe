import type { AdaptationAction, AdaptationContext, RecentUse } from './adaptation-strategy';
import { isHabit } from './habit-evidence';
import { SettingsStrategy } from './settings-strategy';

/** Fewer answers do not show that nobody wants to know more. */
const LEAST_ANSWERS = 30;
const FEW_LOOKS = 0.025;
const FEW_COMPLAINTS = 0.05;
const BAR = { leastEvidence: 5, leastConfidence: 0.6 };

/** Answers briefly to somebody who is content and does not care for the details, and in full to somebody who does. */
export class ResponseStyleStrategy extends SettingsStrategy {
  readonly name = 'response-style';
  readonly type = 'response-style';
  readonly description = 'Answers as long as somebody reads them';

  analyzeApplicability(context: AdaptationContext): number {
    return proposalOf(context) === undefined ? 0 : 0.5;
  }

  generateActions(context: AdaptationContext): readonly AdaptationAction[] {
    const proposal = proposalOf(context);
    if (proposal === undefined || this.read('answers.style') === proposal.to) return [];
    return [
      this.propose({
        kind: `${proposal.to}-answers`,
        setting: 'answers.style',
        expectedImpact: 0.1,
        metric: 'complaints',
        ...proposal,
      }),
    ];
  }
}

function proposalOf({ use, preferences }: AdaptationContext) {
  const detail = preferences?.detail;
  const habit = isHabit(detail, BAR) ? detail : undefined;
  const evidence = { share: habit?.confidence ?? 0, count: habit?.evidenceCount ?? 0 };
  if (habit?.value === 'full') return { to: 'full', reason: { kind: 'details-wanted', evidence } };
  // Where much is wrong, the details show what it was taken for.
  if (use === undefined || use.utterances < LEAST_ANSWERS || use.complaintShare > FEW_COMPLAINTS)
    return undefined;
  if (habit?.value === 'brief') return { to: 'brief', reason: { kind: 'details-unwanted', evidence } };
  return use.lookedCloserShare > FEW_LOOKS ? undefined : { to: 'brief', reason: unread(use) };
}

const unread = ({ lookedCloserShare, utterances }: RecentUse) => ({
  kind: 'details-unread',
  evidence: { looked: Math.round(lookedCloserShare * utterances), of: utterances },
});
