import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { defaultSettings } from '../../src/config/settings';
import { axeViolations } from './support/axe-violations';
import { expect, test } from './support/echo-test';
import { Person } from './support/person';

/**
 * Every screen, photographed on phone and desktop, light and dark, in both languages, and checked by axe. The
 * pictures lie in `test-results/screens`, to be looked at.
 */

// Nothing of one test matters to another, and this is the longest file.
test.describe.configure({ mode: 'parallel' });

const PICTURES = 'test-results/screens';
const PLACES = [
  'talk',
  'phrases',
  'phrases/new',
  'you',
  'you/history',
  'you/habits',
  'you/changes',
  'you/sound',
  'you/voice',
  'privacy',
  'settings',
  'developer',
];
type Look = readonly ['en' | 'zh-CN', 'light' | 'dark'];
// Contrast hangs on the theme, and room on the language: each size sees both of both, and all together every pair.
const ONE_WAY: readonly Look[] = [
  ['en', 'light'],
  ['zh-CN', 'dark'],
];
const OTHER_WAY: readonly Look[] = [
  ['en', 'dark'],
  ['zh-CN', 'light'],
];
const SIZES = [
  { name: 'phone', width: 390, height: 844, looks: ONE_WAY },
  { name: 'desktop', width: 1280, height: 800, looks: OTHER_WAY },
];
const NARROW = { name: 'narrow', width: 320, height: 640, looks: ONE_WAY };

async function prefers(page: Page, language: 'en' | 'zh-CN', theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate(
    (value) => localStorage.setItem('claude-echo.settings', value),
    JSON.stringify({ format: 1, settings: { ...defaultSettings, language, theme } }),
  );
  await page.reload();
  // Past "Opening Echo…": the welcome form or the places.
  await page.locator('form, nav').first().waitFor({ state: 'attached' });
}

/** Photographs the page as it is, and collects what axe finds and whether anything is cut off sideways. */
function photographer(page: Page, size: string): { look(name: string): Promise<void>; found: string[] } {
  mkdirSync(PICTURES, { recursive: true });
  const found: string[] = [];
  return {
    found,
    async look(name) {
      await page.screenshot({ path: `${PICTURES}/${size}-${name}.png`, fullPage: true });
      for (const violation of await axeViolations(page)) found.push(`${name}: ${violation}`);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (overflow > 0) found.push(`${name}: scrolls sideways by ${overflow} px`);
    },
  };
}

/** Why the newest thing heard was taken for what it was, with its figures. */
async function explains(page: Page, look: (name: string) => Promise<void>, name: string): Promise<void> {
  await page.locator('.utterance-buttons > button').first().click();
  await page.locator('.why-figure').waitFor();
  await look(name);
  await page.locator('.why-figures > summary').click();
  await look(`${name}-figures`);
  await page.keyboard.press('Escape');
}

/** Teaches and says built-in voices, so that the screens have something to show. */
async function fillWithLife(page: Page, person: Person): Promise<void> {
  for (const [phrase, action, details] of [
    ['good morning', 'Take a note', { role: 'textbox', name: 'Text of the note', text: 'Open the window' }],
    ['tea timer', 'Start a timer', { role: 'spinbutton', name: 'Minutes', text: '4' }],
    ['早上好', 'Copy text', { role: 'textbox', name: 'Text to copy', text: '早上好！' }],
  ] as const) {
    await person.goesTo('#/phrases/new');
    await page.getByRole('button', { name: 'Use a sample voice' }).click();
    await page.getByRole('dialog').getByRole('button', { name: phrase }).click();
    await expect(page.getByRole('button', { name: 'Play Recording 3' })).toBeVisible();
    await page.getByRole('radio', { name: action }).check();
    await page.getByRole(details.role, { name: details.name }).fill(details.text);
    await page.getByRole('button', { name: 'Teach it', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: phrase })).toBeVisible();
  }
  for (const phrase of ['tea timer', 'good morning']) {
    await person.goesTo('#/talk');
    await page.getByRole('button', { name: 'Try a sample voice' }).click();
    await page.getByRole('dialog').getByRole('button', { name: phrase }).click();
    await expect(page.locator('section.answer')).toContainText(phrase);
  }
  await expect(page.locator('section.answer')).toContainText('Noted: Open the window');
}

for (const { looks, ...size } of SIZES) {
  test.describe(size.name, () => {
    test.use({ viewport: { width: size.width, height: size.height } });

    test('every screen passes axe in both themes and languages, without a sideways scroll', async ({
      page,
      microphone,
    }) => {
      test.setTimeout(240_000);
      const { look, found } = photographer(page, size.name);

      for (const [language, theme] of looks) {
        await prefers(page, language, theme);
        await look(`welcome-${language}-${theme}`);
      }
      await prefers(page, 'en', 'light');
      const person = new Person(page, microphone);
      await person.beginsWithoutPassphrase();
      await look('talk-empty-en-light');
      await fillWithLife(page, person);
      await look('answer-en-light');
      await page.locator('section.answer').getByRole('button', { name: 'That was…' }).click();
      await look('that-was-en-light');
      await page.keyboard.press('Escape');
      await page.goto(`${page.url().split('#')[0]}#/phrases`);
      await page
        .getByRole('link', { name: /tea timer/ })
        .first()
        .click();
      await page.getByRole('heading', { level: 1, name: 'tea timer' }).waitFor();
      await page.locator('.take-strips').waitFor();
      await look('phrase-en-light');
      for (const [language, theme] of looks) {
        await prefers(page, language, theme);
        for (const place of PLACES) {
          await person.goesTo(`#/${place}`);
          await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
          // These come when their code is there: an empty page passes every check.
          if (place === 'you/habits') await page.locator('main .chart').first().waitFor();
          if (place === 'you/changes') await page.locator('main h2').first().waitFor();
          if (place === 'you/sound') await page.locator('.map-point').first().waitFor();
          if (place === 'you/voice') {
            await page.locator('main .row .button').first().click();
            await page.locator('.voice-range').waitFor();
          }
          if (place === 'you/history') await explains(page, look, `why-${language}-${theme}`);
          await look(`${place.replace('/', '-')}-${language}-${theme}`);
        }
      }
      expect(found).toEqual([]);
    });
  });
}

const PASSPHRASE = 'four quiet words here';

async function unlocks(page: Page): Promise<void> {
  await page.locator('input[autocomplete="current-password"]').fill(PASSPHRASE);
  await page.locator('form button[type="submit"]').click();
}

for (const { looks, ...size } of [...SIZES, NARROW]) {
  test.describe(`${size.name}, sealed`, () => {
    test.use({ viewport: { width: size.width, height: size.height } });

    test('every state of a sealed vault passes axe in both themes and languages', async ({
      page,
      microphone,
    }) => {
      test.setTimeout(240_000);
      const { look, found } = photographer(page, size.name);
      const person = new Person(page, microphone);
      await page.getByLabel('New passphrase').fill(PASSPHRASE);
      await page.getByRole('button', { name: 'Start' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached({ timeout: 20_000 });
      await person.goesTo('#/privacy');
      await page.getByRole('button', { name: 'Make a recovery code' }).click();
      const groups = page.locator('.code-groups > li');
      await expect(groups).toHaveCount(9);
      await look('code-en-light');
      await page.getByLabel('Type the last group').fill((await groups.last().textContent()) ?? '');
      await page.getByRole('button', { name: 'I have kept it' }).click();
      await person.goesTo('#/settings');
      await page.getByRole('button', { name: 'Add a person' }).click();
      await look('add-person-en-light');
      await page.getByRole('textbox', { name: 'Name' }).fill('李小明');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('button', { name: 'Switch to 李小明' })).toBeVisible();

      for (const [language, theme] of looks) {
        await prefers(page, language, theme);
        await look(`locked-${language}-${theme}`);
        await page.locator('.gate-body > .button-quiet').click();
        await look(`locked-code-${language}-${theme}`);
        await page.locator('.gate-body > .button-quiet').click();
        await unlocks(page);
        await expect(page.locator('nav.places')).toBeVisible({ timeout: 20_000 });
        await person.goesTo('#/settings');
        await expect(page.locator('.person-row')).toHaveCount(2);
        await look(`people-${language}-${theme}`);
        await person.goesTo('#/privacy');
        await expect(page.locator('.log-line').first()).toBeVisible();
        await look(`privacy-sealed-${language}-${theme}`);
      }

      const device = await page.context().newCDPSession(page);
      const { origin } = new URL(page.url());
      await device.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
      for (const [language, theme] of looks) {
        await page.evaluate(
          (value) => localStorage.setItem('claude-echo.settings', value),
          JSON.stringify({ format: 1, settings: { ...defaultSettings, language, theme } }),
        );
        await page.reload();
        await expect(page.locator('.gate-body .button')).toHaveCount(2);
        await look(`lost-${language}-${theme}`);
      }
      await page.locator('.gate-body .button').last().click();
      await expect(page.locator('input[type="radio"]').first()).toBeVisible();
      expect(found).toEqual([]);
    });
  });
}

test.describe('at 320 pixels, as 200 % zoom on a small phone', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('nothing is cut off sideways', async ({ page, microphone }) => {
    const person = new Person(page, microphone);
    await person.beginsWithoutPassphrase();
    for (const place of PLACES) {
      await person.goesTo(`#/${place}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, place).toBe(0);
    }
  });
});
