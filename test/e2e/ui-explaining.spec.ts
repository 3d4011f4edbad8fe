import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe-violations';
import { expect, test } from './support/echo-test';
import { Person } from './support/person';

/** The pictures of how Echo hears: opened, understood and acted on, with the keyboard where a pointer is not needed. */

async function teachesSample(page: Page, person: Person, phrase: string): Promise<void> {
  await person.goesTo('#/phrases/new');
  await page.getByRole('button', { name: 'Use a sample voice' }).click();
  await page.getByRole('dialog').getByRole('button', { name: phrase }).click();
  await expect(page.getByRole('button', { name: 'Play Recording 3' })).toBeVisible();
  await page.getByRole('button', { name: 'Teach it', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: phrase })).toBeVisible();
}

async function begins(page: Page, person: Person): Promise<void> {
  await person.prefersClosedMicrophone();
  await person.beginsWithoutPassphrase();
  await teachesSample(page, person, 'tea timer');
  await teachesSample(page, person, 'good morning');
}

test('an answer is explained, made a counter-example in one tap, and taken back', async ({
  page,
  microphone,
}) => {
  test.setTimeout(180_000);
  const person = new Person(page, microphone);
  await begins(page, person);
  await person.goesTo('#/talk');
  await page.getByRole('button', { name: 'Try a sample voice' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'tea timer' }).click();
  const answer = page.locator('section.answer');
  await expect(answer).toContainText('tea timer');

  await answer.getByRole('button', { name: 'Why?' }).click();
  const dialog = page.getByRole('dialog', { name: 'Why “tea timer”?' });
  await expect(dialog.locator('.why-answer')).toContainText(/sounded (more )?like “tea timer”/);
  await expect(dialog.getByRole('button', { name: 'Play What you said' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: /^Play “tea timer”, recording \d/ })).toBeVisible();
  await expect(dialog.getByRole('button', { name: /^Play “good morning”, recording \d/ })).toBeVisible();
  await expect(dialog.locator('.why-segment.is-deciding').first()).toBeVisible();
  // Something is drawn: a picture of one colour says nothing.
  const colours = await dialog
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      return new Set(Array.from(data).filter((_, index) => index % 4 === 0)).size;
    });
  expect(colours).toBeGreaterThan(20);

  await dialog.getByText('In figures').click();
  await expect(dialog.getByText('Chance that it was “tea timer”')).toBeVisible();
  await expect(dialog.getByRole('row')).not.toHaveCount(0);
  expect(await axeViolations(page)).toEqual([]);

  await dialog.getByRole('button', { name: 'This was not it' }).click();
  await expect(dialog.getByRole('status')).toContainText('You said it was nothing');
  await expect(dialog.getByRole('status')).toContainText(/left alone|would now ask/);
  await dialog.getByRole('button', { name: 'It was “tea timer” after all' }).click();
  await expect(dialog.getByRole('status')).toContainText('You said it was “tea timer”');
  await expect(dialog.getByRole('status')).toContainText('it would now be recognised as “tea timer”');

  await dialog.getByRole('button', { name: 'This was not it' }).click();
  await expect(dialog.getByRole('status')).toContainText('You said it was nothing');
  await page.keyboard.press('Escape');
  await expect(answer.getByRole('button', { name: 'Why?' })).toBeFocused();
  await expect(answer).toContainText('You said it was nothing');
  // What the corrections before it changed is not told any more.
  await expect(page.locator('.correction-card')).toHaveCount(1);

  await person.goesTo('#/phrases');
  await page.getByRole('link', { name: 'tea timer' }).click();
  await expect(page.getByRole('heading', { name: 'Not this phrase' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'How alike your recordings are' })).toBeVisible();
  await expect(page.locator('.take-strip')).toHaveCount(3);

  await person.goesTo('#/you/history');
  await page.getByRole('button', { name: /^Why\?/ }).click();
  await expect(page.getByRole('dialog', { name: 'Why “tea timer”?' })).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'That was…' }).click();
  await expect(page.getByRole('dialog', { name: 'That was…' })).toBeVisible();
});

test('the map of all recordings is walked and acted on with the keyboard', async ({ page, microphone }) => {
  test.setTimeout(120_000);
  const person = new Person(page, microphone);
  await begins(page, person);
  await person.goesTo('#/you/sound');
  const dots = page.locator('.map-point');
  await expect(dots).toHaveCount(6);
  await expect(page.locator('.map-label')).toHaveText(['tea timer', 'good morning']);
  await expect(page.getByText('Your phrases lie well apart')).toBeVisible();

  await dots.first().focus();
  await page.keyboard.press('Home');
  const names = new Set<string | null>();
  for (let step = 0; step < 6; step += 1) {
    names.add(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null));
    await page.keyboard.press('ArrowRight');
  }
  expect([...names].sort()).toEqual(
    ['good morning', 'tea timer'].flatMap((name) =>
      [1, 2, 3].map((number) => `“${name}”, recording ${number}`),
    ),
  );
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Open the phrase' })).toBeVisible();
  await page.getByText('As a table').click();
  await expect(page.getByRole('cell', { name: /much alike/ }).first()).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);

  await page.getByRole('link', { name: 'Record again' }).click();
  await expect(page.getByRole('button', { name: 'Record', exact: true })).toBeVisible();
});
