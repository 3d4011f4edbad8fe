import type { Page } from 'playwright';

export interface Seen {
  /** The last write that the vault said it had kept, as told to this process. */
  acknowledged: number;
  readonly refused: string[];
}

/** Starts the stream and resolves when so many writes were acknowledged; `seen` goes on counting. */
export async function writeUntil(page: Page, after: number, acknowledgements: number): Promise<Seen> {
  const seen: Seen = { acknowledged: after, refused: [] };
  await new Promise<void>((resolve, reject) => {
    const acknowledge = (n: number) => {
      seen.acknowledged = Math.max(seen.acknowledged, n);
      if (seen.acknowledged >= after + acknowledgements) resolve();
    };
    const start = async () => {
      await page.exposeFunction('acknowledge', acknowledge);
      await page.exposeFunction('refuse', (error: string) => seen.refused.push(`refused: ${error}`));
      await page.evaluate((from) => {
        const { acknowledge, refuse } = globalThis as unknown as {
          acknowledge(n: number): void;
          refuse(error: string): void;
        };
        harness.streamWrites(harness.vault, from, acknowledge, refuse);
      }, after);
    };
    start().catch(reject);
  });
  return seen;
}
