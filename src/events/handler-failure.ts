/** A handler that did not do its work on an event. */
export interface HandlerFailure {
  readonly handler: string;
  readonly eventId: string;
  readonly eventType: string;
  /**
   * - `threw`: it, or its filter, threw or rejected.
   * - `timed-out`: it was not done in time. Its signal is aborted, and the next event does not wait for it.
   * - `overflowed`: more events waited for it than it may keep waiting. Reported once until it has caught up.
   */
  readonly reason: 'threw' | 'timed-out' | 'overflowed';
  readonly detail: string;
}

export function describeThrown(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
