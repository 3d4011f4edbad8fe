import type { Echo, HabitAccess } from '../echo';

/** What was learnt of habits and preferences, where this engine tells it; an embedded one may not. */
export function habitAccess({ learning }: Echo): HabitAccess | undefined {
  const candidate: Partial<HabitAccess> & Record<string, unknown> = { ...learning };
  return candidate.beliefs !== undefined && candidate.learningCurves !== undefined
    ? (candidate as unknown as HabitAccess)
    : undefined;
}
