/**
 * Runs a benchmark from start to exit code with the event loop kept alive.
 *
 * Node 20 drains its platform tasks whenever the loop runs empty, as it does while a decoder is awaited. If
 * a background compilation then asks the main thread for a garbage collection, each waits for the other for
 * ever. A timer keeps the loop from running empty; leaving by `process.exit` skips the last draining.
 */
export async function runWithLiveEventLoop(work: () => Promise<number>): Promise<void> {
  const timer = setInterval(() => undefined, 1_000);
  try {
    process.exit(await work());
  } finally {
    clearInterval(timer);
  }
}
