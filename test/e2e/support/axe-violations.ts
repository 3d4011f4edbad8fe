import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** What axe finds on the page as it is now, one line a rule. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  // Through the debugger, which the content security policy does not bind; once a document.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}
