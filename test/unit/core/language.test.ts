import { describe, expect, it } from 'vitest';
import { resolveLanguage } from '../../../src/core/language';

describe('resolveLanguage', () => {
  it('follows the first language of the browser that there is', () => {
    expect(resolveLanguage('auto', ['de-DE', 'zh-TW', 'en'])).toBe('zh-CN');
    expect(resolveLanguage('auto', ['en-GB', 'zh-CN'])).toBe('en');
    expect(resolveLanguage('auto', ['fr'])).toBe('en');
  });

  it('obeys a choice', () => {
    expect(resolveLanguage('zh-CN', ['en'])).toBe('zh-CN');
  });
});
