import type { BrowserContext, Page } from '@playwright/test';

/** Keeps the service worker away, which would answer from its cache what a test wants to go missing. */
export async function withoutServiceWorker(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    ServiceWorkerContainer.prototype.register = () => new Promise(() => undefined);
  });
}

/** From the next load on, notes the names of the calls that the page makes to its workers. */
export async function recordWorkerCalls(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const calls: string[] = [];
    Object.assign(globalThis, { __calls: calls });
    const original = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...given: unknown[]) {
      const [message] = given;
      if (typeof message === 'object' && message !== null && 'path' in message) {
        calls.push(String(message.path));
      }
      return Reflect.apply(original, this, given);
    } as Worker['postMessage'];
  });
  await page.reload();
  return () => page.evaluate(() => (globalThis as unknown as { __calls: string[] }).__calls);
}

/** Drops sound files where recordings are collected, as from the desktop. */
export async function dropsFiles(page: Page, files: readonly string[]): Promise<void> {
  await page.evaluate(async (names) => {
    const held = new DataTransfer();
    for (const name of names) {
      const sound = await (await fetch(`samples/${name}`)).blob();
      held.items.add(new File([sound], name, { type: 'audio/flac' }));
    }
    document
      .querySelector('.recorder')
      ?.dispatchEvent(new DragEvent('drop', { dataTransfer: held, bubbles: true, cancelable: true }));
  }, files);
}
