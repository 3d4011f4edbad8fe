import { describe, expect, it } from 'vitest';
import { newId, type PhraseId } from '../../../src/core/ids';
import type { PhraseStrength } from '../../../src/speech/recognition/phrase-strength';
import { confidenceWords } from '../../../src/ui/confidence';
import { en } from '../../../src/ui/i18n/en';
import { createFormats, formatCountdown } from '../../../src/ui/i18n/formats';
import { createText } from '../../../src/ui/i18n/localisation';
import { strengthView, worstClash } from '../../../src/ui/phrase-strength';
import { containsText } from '../../../src/ui/text-search';
import { vaultErrorText } from '../../../src/ui/vault-error-text';

const phraseId = newId<PhraseId>();
const strength = (exampleCount: number, leaveOneOut?: number): PhraseStrength => ({
  phraseId,
  exampleCount,
  counterExampleCount: 0,
  leaveOneOut,
  threshold: 0.4,
  clashes: [],
});

describe('strengthView', () => {
  it.each([
    [undefined, 'strength.none'],
    [strength(0), 'strength.none'],
    [strength(1), 'strength.one'],
    [strength(3, 1), 'strength.good'],
    [strength(3, 0.67), 'strength.fair'],
    [strength(4, 0.25), 'strength.weak'],
  ] as const)('calls %o %s', (given, words) => {
    expect(strengthView(given).words).toBe(words);
  });

  it('never shows more than a full bar', () => {
    expect(strengthView(strength(40, 1)).share).toBeLessThanOrEqual(1);
  });
});

describe('worstClash', () => {
  it('warns only above one half, and of the most alike', () => {
    const other = newId<PhraseId>();
    expect(worstClash([{ phraseId, similarity: 0.5 }])).toBeUndefined();
    expect(
      worstClash([
        { phraseId, similarity: 0.6 },
        { phraseId: other, similarity: 0.9 },
      ])?.phraseId,
    ).toBe(other);
  });
});

describe('confidenceWords', () => {
  it.each([
    [1, 'answer.sure'],
    [0.9, 'answer.sure'],
    [0.89, 'answer.fairlySure'],
    [0.66, 'answer.notSure'],
    [0, 'answer.notSure'],
  ] as const)('calls %d %s', (confidence, words) => {
    expect(confidenceWords(confidence)).toBe(words);
  });
});

describe('formats', () => {
  it('counts down to 0:00 and shows hours only where there are any', () => {
    expect(formatCountdown(245_000)).toBe('4:05');
    expect(formatCountdown(1)).toBe('0:01');
    expect(formatCountdown(-5)).toBe('0:00');
    expect(formatCountdown(3_723_000)).toBe('1:02:03');
  });

  it('says how long ago, and the date once it is older than a day', () => {
    const { ago } = createFormats('en');
    const now = Date.UTC(2026, 4, 3, 12);
    expect(ago(now - 20_000, now)).toBe('now');
    expect(ago(now - 5 * 60_000, now)).toBe('5 minutes ago');
    expect(ago(now + 60_000, now)).toBe('now');
    expect(ago(now - 3 * 86_400_000, now)).toContain('Apr 30');
  });

  it('uses units that people know', () => {
    expect(createFormats('en').bytes(4_310_000)).toBe('4.3 MB');
    expect(createFormats('en').bytes(0)).toBe('0 byte');
    expect(createFormats('zh-CN').seconds(2000)).toBe('2秒');
  });
});

describe('containsText', () => {
  it('ignores case, accents and full-width letters', () => {
    expect(containsText('Café au lait', 'cafe')).toBe(true);
    expect(containsText('ＡＢＣ', 'abc')).toBe(true);
    expect(containsText('晚安', '安')).toBe(true);
    expect(containsText('Good night', 'light')).toBe(false);
  });

  it('finds everything when nothing was typed', () => {
    expect(containsText('anything', '  ')).toBe(true);
  });
});

describe('vaultErrorText', () => {
  it('says what to do about every error', () => {
    const text = createText(en, 'en');
    expect(vaultErrorText(text, { kind: 'weak-passphrase', minimumLength: 8 })).toBe(
      'Please use at least 8 characters.',
    );
    expect(vaultErrorText(text, { kind: 'bad-backup', reason: 'damaged' })).toContain('Nothing was changed');
    expect(vaultErrorText(text, { kind: 'wrong-passphrase' })).toContain('not the passphrase');
  });
});
