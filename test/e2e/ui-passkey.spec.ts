import type { CDPSession, Page } from '@playwright/test';
import { axeViolations } from './support/axe-violations';
import { expect, test } from './support/echo-test';

/** A fingerprint in place of the passphrase, on a device that the debugger pretends to have. */

const PASSPHRASE = 'four quiet words here';

async function hasAuthenticator(page: Page, hasPrf: boolean): Promise<{ device: CDPSession; id: string }> {
  const device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { device, id: authenticatorId };
}

/** A passkey belongs to a name, never to the number of an address. */
async function begins(page: Page): Promise<void> {
  await page.goto(page.url().replace('127.0.0.1', 'localhost'));
  await page.getByLabel('New passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached({ timeout: 20_000 });
  await page.evaluate(() => {
    location.hash = '#/privacy';
  });
}

test('a passkey opens what is locked, and no longer does once it is removed', async ({ page }) => {
  const { device, id } = await hasAuthenticator(page, true);
  await begins(page);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('button', { name: 'Remove passkey' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Echo is locked' })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Use the passkey' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Privacy' })).toBeVisible();
  await expect(page.locator('.log')).toContainText('Opened with the passkey.');

  await page.getByRole('button', { name: 'Lock now' }).click();
  await device.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: false });
  await page.getByRole('button', { name: 'Use the passkey' }).click();
  await expect(page.getByRole('alert')).toContainText('The passkey was not used');
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Privacy' })).toBeVisible({ timeout: 20_000 });

  await page.getByRole('button', { name: 'Remove passkey' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('It no longer opens Echo.')).toBeVisible();
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Echo is locked' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use the passkey' })).toHaveCount(0);
});

test('a passkey that gives no key is not taken, and the words say why', async ({ page }) => {
  await hasAuthenticator(page, false);
  await begins(page);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'cannot unlock' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove passkey' })).toHaveCount(0);
});

test('where a page can have no passkey, none is offered', async ({ page }) => {
  await page.getByLabel('New passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached({ timeout: 20_000 });
  await page.evaluate(() => {
    location.hash = '#/privacy';
  });
  await expect(page.getByText('This browser has no passkeys for this page.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a passkey' })).toHaveCount(0);
});
