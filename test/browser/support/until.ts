/**
 * What `read` gives as soon as it gives something; asked every 10 ms.
 *
 * @param what named when it was waited for in vain
 * @param timeoutMs long enough for a first visit, which times backends: graphics in software take their time
 */
export async function until<T>(
  read: () => T | undefined | false,
  what: string,
  timeoutMs = 45_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    const value = read();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain for: ${what}`);
}
