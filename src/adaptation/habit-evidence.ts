import type { LearntPreferences } from './adaptation-strategy';

type Preference = NonNullable<LearntPreferences[keyof LearntPreferences]>;

/** How much has to speak for a preference before anything is changed for it. */
export interface HabitBar {
  readonly leastEvidence: number;
  readonly leastConfidence: number;
}

/** Whether what the person did shows a habit; less shows none. */
export function isHabit<P extends Preference>(
  preference: P | undefined,
  { leastEvidence, leastConfidence }: HabitBar,
): preference is P {
  return (
    preference !== undefined &&
    preference.evidenceCount >= leastEvidence &&
    preference.confidence >= leastConfidence
  );
}
