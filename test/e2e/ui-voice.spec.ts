import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { defaultSettings } from '../../src/config/settings';
import { axeViolations } from './support/axe-violations';
import { expect, test } from './support/echo-test';
import { Person } from './support/person';

/** What Echo tells about a person's pauses, recordings and voice, on the narrowest screen there is. */

const PICTURES = 'test-results/screens';

test.use({ viewport: { width: 320, height: 700 } });

async function teachesSample(page: Page, person: Person, phrase: string): Promise<void> {
  await person.goesTo('#/phrases/new');
  await page.getByRole('button', { name: 'Use a sample voice' }).click();
  await page.getByRole('dialog').getByRole('button', { name: phrase }).click();
  await expect(page.getByRole('button', { name: 'Play Recording 3' })).toBeVisible();
  await page.getByRole('button', { name: 'Teach it', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: phrase })).toBeVisible();
}

async function looks(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/narrow-${name}.png`, fullPage: true });
  expect(await axeViolations(page), name).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, name).toBeLessThanOrEqual(0);
}

test('the recording that would help most, the voice, and the learnt pause are told in words', async ({
  page,
  microphone,
}) => {
  test.setTimeout(180_000);
  const person = new Person(page, microphone);
  await person.prefersClosedMicrophone();
  await person.beginsWithoutPassphrase();
  await teachesSample(page, person, 'tea timer');
  await teachesSample(page, person, 'good morning');
  for (const left of [2, 1]) {
    await page.getByRole('button', { name: 'Delete Recording 1' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('button', { name: /^Play Recording \d$/ })).toHaveCount(left);
  }
  await person.goesTo('#/phrases');
  await expect(page.getByText('One more recording of “good morning” would help most')).toBeVisible();
  await page.getByRole('link', { name: 'Record it' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'good morning' })).toBeVisible();
  await expect(page.locator('.add-takes')).toHaveAttribute('open');

  for (const language of ['en', 'zh-CN'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate(
        (value) => localStorage.setItem('claude-echo.settings', value),
        JSON.stringify({ format: 1, settings: { ...defaultSettings, language, theme } }),
      );
      await page.reload();
      await person.goesTo('#/phrases');
      await page.locator('.card-soft').waitFor();
      await looks(page, `phrases-${language}-${theme}`);
      await person.goesTo('#/you/voice');
      await page.locator('main .row .button').click();
      await page.locator('.voice-range').waitFor();
      await looks(page, `voice-${language}-${theme}`);
      const cut = await page
        .locator('.you-sections > .segment')
        .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length);
      expect(cut).toBe(0);
      await person.goesTo('#/settings');
      await page.getByRole('switch', { name: /pauses|停顿/ }).waitFor();
      await looks(page, `settings-${language}-${theme}`);
    }
  }
});
