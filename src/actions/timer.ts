import { type EpochMs, epochMs } from '../core/units';
import type { ActionSpec } from '../learning/action-spec';
import type { ActionOutcome } from '../learning/records';
import { type ActionContext, done, failed } from './action-context';

/** Starts a timer, or an alarm at the next time the local clock shows its hour. */
export async function startTimer(
  spec: Extract<ActionSpec, { kind: 'timer' | 'alarm' }>,
  { timers, clock, phraseName }: ActionContext,
): Promise<ActionOutcome> {
  const startedAt = clock.now();
  const ringsAt =
    spec.kind === 'timer'
      ? epochMs(startedAt + spec.durationSeconds * 1000)
      : nextTimeOfDay(spec.timeOfDay, startedAt);
  const label = spec.label === '' ? phraseName : spec.label;
  const timer = await timers.start({ kind: spec.kind, label, startedAt, ringsAt });
  return timer === undefined ? failed('storage-full') : done(label, `timer:${timer.id}`);
}

/**
 * The next moment after `now` at which the local clock shows `timeOfDay` (HH:MM). An hour that daylight
 * saving skips rings when the clock has jumped past it.
 */
export function nextTimeOfDay(timeOfDay: string, now: EpochMs): EpochMs {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  const date = new Date(now);
  date.setHours(hours, minutes, 0, 0);
  if (date.getTime() <= now) {
    date.setDate(date.getDate() + 1);
    date.setHours(hours, minutes, 0, 0);
  }
  return epochMs(date.getTime());
}
