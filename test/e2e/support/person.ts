import { expect, type Page } from '@playwright/test';
import { defaultSettings } from '../../../src/config/settings';
import { SAMPLE_RATE_HZ } from '../../../src/core/units';
import { joined, silence } from '../../support/signals';
import { decodeClip, type VoiceClip } from '../../support/voices';
import type { FakeMicrophone } from './fake-microphone';

const LEAD_SECONDS = 1;

/** Somebody at the keyboard, with a voice: drives the page as a person would. */
export class Person {
  readonly page: Page;
  readonly #microphone: FakeMicrophone;

  constructor(page: Page, microphone: FakeMicrophone) {
    this.page = page;
    this.#microphone = microphone;
  }

  /**
   * Settings as the Settings screen stores them: the microphone closes right after use, so that the sound
   * card reads its next clip from the start.
   */
  async prefersClosedMicrophone(): Promise<void> {
    const settings = { ...defaultSettings, microphone: { ...defaultSettings.microphone, keepWarmMs: 0 } };
    await this.page.evaluate(
      (chosen) => localStorage.setItem('claude-echo.settings', chosen),
      JSON.stringify({ format: 1, settings }),
    );
    await this.page.reload();
  }

  async beginsWithoutPassphrase(): Promise<void> {
    await this.page.getByRole('radio', { name: /^Without one/ }).check();
    await this.page.getByRole('button', { name: 'Start' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: 'Talk' })).toBeAttached();
  }

  async goesTo(hash: string): Promise<void> {
    await this.page.evaluate((target) => {
      location.hash = target;
    }, hash);
  }

  /** Teaches a phrase by voice, one recording a clip; `chooseAction` fills in what should happen. */
  async teaches(
    name: string,
    clips: readonly VoiceClip[],
    chooseAction: (page: Page) => Promise<void>,
  ): Promise<void> {
    await this.goesTo('#/phrases/new');
    await this.page.getByRole('textbox', { name: 'Name it' }).fill(name);
    for (const [index, clip] of clips.entries()) {
      this.#microphone.willHear(await decodeClip(clip), LEAD_SECONDS);
      await this.page
        .getByRole('button', { name: index === 0 ? 'Record' : 'Record again', exact: true })
        .click();
      await expect(this.page.getByRole('button', { name: `Play Recording ${index + 1}` })).toBeVisible();
    }
    await chooseAction(this.page);
    await this.page.getByRole('button', { name: 'Teach it', exact: true }).click();
    const anyway = this.page.getByRole('button', { name: 'Teach it anyway' });
    const taught = this.page.getByRole('heading', { level: 1, name });
    await expect(anyway.or(taught)).toBeVisible();
    if (await anyway.isVisible()) await anyway.click();
    await expect(taught).toBeVisible();
  }

  /** What comes over the microphone when the page opens it next, one clip after another. */
  async willSay(clips: readonly VoiceClip[]): Promise<void> {
    const parts = await Promise.all(clips.map(decodeClip));
    this.#microphone.willHear(joined(...parts.flatMap((part) => [part, silence(1.5)])), LEAD_SECONDS);
  }

  /** Holds Space, says it, lets go. */
  async says(clip: VoiceClip): Promise<void> {
    const samples = await decodeClip(clip);
    this.#microphone.willHear(samples, LEAD_SECONDS);
    await this.goesTo('#/talk');
    // Not before the vault is open: a key pressed into "Opening Echo…" is lost, as it should be.
    await expect(this.page.getByRole('button', { name: 'Hold and speak' })).toBeVisible();
    await this.page.keyboard.down('Space');
    await expect(this.page.getByRole('button', { name: 'Finish speaking' })).toBeVisible();
    await this.page.waitForTimeout((LEAD_SECONDS + samples.length / SAMPLE_RATE_HZ + 0.4) * 1000);
    await this.page.keyboard.up('Space');
    await expect(this.page.getByRole('button', { name: 'Hold and speak' })).toBeVisible();
  }
}
