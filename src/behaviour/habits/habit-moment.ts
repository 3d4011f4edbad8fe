/** When something is, or was, done: on the calendar, and on the person's wall. */
export interface HabitMoment {
  /** Epoch milliseconds. */
  readonly atMs: number;
  /** Minutes since midnight on the wall, in [0, 1440). */
  readonly minuteOfDay: number;
  /** From Sunday, 0, to Saturday, 6. */
  readonly weekday: number;
  readonly appState: AppState;
}

/** What the app is doing besides. */
export type AppState = 'idle' | 'timer-running' | 'hands-free';
