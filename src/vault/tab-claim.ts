/** One tab of those that share a vault, and the lock that one of them has at a time. */
export interface TabClaim {
  readonly lock: string;
  /** What the browser calls the page where it tells who has a lock. */
  readonly clientId: string;
}

/** Asks the browser, which knows at once who took the lock; the tab that lost it hears of that later. */
export async function isHeld({ lock, clientId }: TabClaim): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some((each) => each.name === lock && each.clientId === clientId);
}
