import { expect, test } from './support/echo-test';

/** Everything with the keyboard alone: begin, teach, talk, correct. */

test.use({ visit: 'whole' });

test('a person without a pointer begins, teaches a phrase, says it and corrects it', async ({ page }) => {
  const press = (key: string) => page.keyboard.press(key);
  const tabTo = async (
    role: 'button' | 'radio' | 'link' | 'textbox',
    name: string | RegExp,
  ): Promise<void> => {
    const target = page.getByRole(role, { name });
    await target.first().waitFor();
    for (let step = 0; step < 80; step += 1) {
      if (await target.first().evaluate((element) => element === document.activeElement)) return;
      await press('Tab');
    }
    throw new Error(`Tab never reached ${role} ${name}`);
  };

  await tabTo('radio', /With a passphrase/);
  await press('ArrowDown');
  await tabTo('button', 'Start');
  await press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached();

  await tabTo('link', 'Try with a sample voice');
  await press('Enter');
  await tabTo('button', /good morning/);
  await press('Enter');
  await expect(page.getByRole('button', { name: 'Play Recording 3' })).toBeVisible();
  await tabTo('radio', /Nothing/);
  await press('ArrowRight');
  await press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Take a note' })).toBeChecked();
  await tabTo('button', 'Teach it');
  await press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'good morning' })).toBeFocused();

  await tabTo('link', 'Talk');
  await press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeFocused();
  await tabTo('button', 'Try a sample voice');
  await press('Enter');
  await tabTo('button', /good morning/);
  await press('Enter');
  await expect(page.locator('section.answer')).toContainText('good morning');

  await tabTo('button', 'That was…');
  await press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name: 'That was…' }).first()).toBeFocused();
});
