import type { AppState } from '../../behaviour/habits/habit-moment';
import type { EchoState } from '../echo-state';

/** What the app is doing besides, as habits may depend on it. */
export function appStateOf({ timers, listening }: Pick<EchoState, 'timers' | 'listening'>): AppState {
  if (timers.some(({ state }) => state === 'running')) return 'timer-running';
  return listening.kind === 'waiting' && listening.mode === 'hands-free' ? 'hands-free' : 'idle';
}
