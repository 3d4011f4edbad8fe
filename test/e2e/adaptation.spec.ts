import { mkdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { defaultSettings } from '../../src/config/settings';
import { axeViolations } from './support/axe-violations';
import { expect, test } from './support/echo-test';
import { DAILY, fortnight, mondayAfter } from './support/fortnight';
import { Person } from './support/person';
import { SimulatedTime } from './support/simulated-time';

/** A fortnight of use: what Echo noticed, what it changed, measured and took back, and what it asks before it acts. */

const PASSPHRASE = 'a quiet fortnight of words';
const PICTURES = 'test-results/screens';

async function unlocks(page: Page): Promise<void> {
  await page.locator('input[autocomplete="current-password"]').fill(PASSPHRASE);
  await page.locator('form button[type="submit"]').click();
}

async function looks(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  expect(await axeViolations(page), name).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, name).toBeLessThanOrEqual(0);
}

/** On paper there is ink on white and nothing to press, and no drawing is wider than its frame. */
async function printsWell(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('nav.places')).toBeHidden();
  await expect(page.getByRole('button')).toHaveCount(0);
  const paper = await page.evaluate(() => ({
    ground: getComputedStyle(document.documentElement).backgroundColor,
    ink: getComputedStyle(document.querySelector('h2') ?? document.body).color,
    cutOff: [...document.querySelectorAll('.chart-frame > svg')].filter(
      (drawing) =>
        drawing.getBoundingClientRect().right >
        (drawing.parentElement?.getBoundingClientRect().right ?? 0) + 1,
    ).length,
  }));
  expect(paper).toEqual({ ground: 'rgb(255, 255, 255)', ink: 'rgb(0, 0, 0)', cutOff: 0 });
  await page.emulateMedia({ media: null });
}

test('changes are explained, measured, undone by the person or by themselves, suggestions are right, and both outlast reload and lock', async ({
  context,
  page,
  microphone,
}) => {
  const person = new Person(page, microphone);
  const time = await SimulatedTime.begin(context);
  await time.isNow(mondayAfter(6, 58));
  await page.reload();
  await page.getByRole('button', { name: 'Restore a backup instead' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'fortnight.echo',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(await fortnight(PASSPHRASE)),
  });
  await dialog.getByLabel('Passphrase of that file').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await expect(page.locator('nav.places')).toBeVisible({ timeout: 20_000 });

  // One change helped. It is explained and measured.
  await person.goesTo('#/you/changes');
  const stricter = page.getByRole('listitem').filter({ hasText: 'Echo listens more strictly' });
  await expect(stricter).toContainText('were nothing meant for Echo');
  await expect(stricter).toContainText(/Misheard: \d+% before .+ since/);
  await expect(stricter).toContainText('In force: it helped.');
  // Another one hurt, which nobody but this page could know: it was taken back without anybody asking.
  const brief = page.getByRole('listitem').filter({ hasText: 'Echo answers briefly' });
  await expect(brief).toContainText('Echo took it back by itself: it made things worse.');
  await looks(page, 'changes');

  // What Echo noticed: pictures with words, keys, a table and a file.
  await person.goesTo('#/you/habits');
  await expect(page.getByRole('heading', { name: 'The week from' })).toBeVisible();
  const when = page.getByRole('figure', { name: 'When you talk to Echo' });
  await expect(when).toContainText('140 things said so far');
  await when.locator('.chart-frame').focus();
  for (let press = 0; press < 8; press += 1) await page.keyboard.press('ArrowRight');
  await expect(when.locator('.chart-point')).toHaveText(/^Monday, from 7:00: \d+ times$/);
  await when.getByText('As a table').click();
  const downloading = page.waitForEvent('download');
  await when.getByRole('button', { name: 'Save as CSV' }).click();
  expect(readFileSync(await (await downloading).path(), 'utf8')).toContain('Monday,7,');
  const weeks = page.getByRole('region', { name: 'The week from' });
  await weeks.getByText('As a table').click();
  const saving = page.waitForEvent('download');
  await weeks.getByRole('button', { name: 'Save as CSV' }).click();
  expect(readFileSync(await (await saving).path(), 'utf8')).toMatch(/\n2026-05-11,70,7,70,14,/);
  await expect(page.getByRole('figure', { name: 'What follows what' })).toContainText('comes “');
  await looks(page, 'habits');

  // On the Monday after, Echo suggests what the person does next before they do it, and does it at a tap.
  const suggested = page.getByRole('region', { name: 'You may want this now' }).getByRole('listitem').first();
  const takes = async ({ does }: { readonly does: string }): Promise<void> => {
    await expect(suggested).toContainText(does, { timeout: 20_000 });
    await suggested.getByRole('button', { name: `Do it: ${does}` }).click();
    await expect(page.locator('.suggestion-taken')).toContainText(`${does}:`);
  };
  const comesBack = async (hour: number, minute: number): Promise<void> => {
    await time.isNow(mondayAfter(hour, minute));
    await page.reload();
    await unlocks(page);
    await expect(page.locator('nav.places')).toBeVisible({ timeout: 20_000 });
    await person.goesTo('#/talk');
  };
  const [waking, brewing, listening, , atNoon] = DAILY;
  await person.goesTo('#/talk');
  await expect(suggested).toContainText(waking.does);
  await looks(page, 'suggestions');
  await takes(waking);
  await takes(brewing);
  await comesBack(listening.hour, listening.minute - 2);
  await takes(listening);
  await person.goesTo('#/you/notes');
  for (const { does } of [waking, brewing, listening])
    await expect(page.getByText(`It was ${does}`)).toBeVisible();

  // The person takes the helpful one back as well: theirs is the last word, after a reload and a lock too.
  await person.goesTo('#/you/changes');
  await stricter.getByRole('button', { name: 'Undo: Echo listens more strictly' }).click();
  await expect(stricter).toContainText('You took it back.');
  await person.goesTo('#/settings');
  await expect(page.getByRole('radio', { name: 'Once a day' })).toBeChecked();
  await page.getByRole('radio', { name: 'Once an hour' }).check({ force: true });

  // The same day at noon, and once more after a lock: while it is locked, nothing of it is on the screen.
  await comesBack(atNoon.hour, atNoon.minute - 2);
  await expect(suggested).toContainText(atNoon.does, { timeout: 20_000 });
  await person.goesTo('#/privacy');
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(page.getByText(atNoon.does)).toHaveCount(0);
  await unlocks(page);
  await expect(page.locator('nav.places')).toBeVisible({ timeout: 20_000 });
  await person.goesTo('#/talk');
  await expect(suggested).toContainText(atNoon.does);
  await person.goesTo('#/you/changes');
  await expect(stricter).toContainText('You took it back.');
  await expect(brief).toContainText('Echo took it back by itself');
  await expect(page.getByRole('button', { name: 'Let Echo adapt it: Acting by mistake' })).toBeVisible();
  await page.setViewportSize({ width: 320, height: 700 });
  for (const [language, theme] of [
    ['zh-CN', 'dark'],
    ['en', 'light'],
  ] as const) {
    await page.evaluate(
      (value) => localStorage.setItem('claude-echo.settings', value),
      JSON.stringify({ format: 1, settings: { ...defaultSettings, language, theme } }),
    );
    await page.reload();
    await unlocks(page);
    for (const place of ['changes', 'habits']) {
      await person.goesTo(`#/you/${place}`);
      await page
        .locator(place === 'changes' ? '.timeline' : '.chart')
        .first()
        .waitFor();
      await looks(page, `narrow-${place}-${language}-${theme}`);
      await printsWell(page);
    }
  }
});

test('before a risky action Echo asks, does nothing on a no, and acts on a yes', async ({
  page,
  microphone,
  context,
}) => {
  const person = new Person(page, microphone);
  await person.prefersClosedMicrophone();
  await person.beginsWithoutPassphrase();
  await person.goesTo('#/settings');
  await page.getByRole('radio', { name: 'Always', exact: true }).check({ force: true });
  await person.goesTo('#/phrases/new');
  await page.getByRole('button', { name: 'Use a sample voice' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'tea timer' }).click();
  await expect(page.getByRole('button', { name: 'Play Recording 3' })).toBeVisible();
  await page.getByRole('radio', { name: 'Open a page' }).check();
  await page.getByRole('textbox', { name: /Address/ }).fill(`${new URL(page.url()).origin}/policy.json`);
  await page.getByRole('button', { name: 'Teach it', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'tea timer' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Risky' })).toBeChecked();

  const says = async (): Promise<void> => {
    await person.goesTo('#/talk');
    await page.getByRole('button', { name: 'Try a sample voice' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'tea timer' }).click();
    await expect(page.getByRole('group', { name: 'Do it?' })).toBeVisible();
  };
  const answer = page.locator('section.answer');
  const tabs = context.pages().length;
  await says();
  await expect(answer).toContainText('You want to be asked before anything that reaches outside.');
  await looks(page, 'do-it');
  await answer.getByRole('button', { name: 'No', exact: true }).click();
  await expect(answer).toContainText('Not done');
  expect(context.pages()).toHaveLength(tabs);

  await says();
  const opening = context.waitForEvent('page');
  await answer.getByRole('button', { name: 'Do it', exact: true }).click();
  expect((await opening).url()).toContain('policy.json');
});
