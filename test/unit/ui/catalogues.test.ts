import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { en, type MessageKey } from '../../../src/ui/i18n/en';
import { createText } from '../../../src/ui/i18n/localisation';
import { zhCn } from '../../../src/ui/i18n/zh-cn';

type Node = ReturnType<IntlMessageFormat['getAst']>[number];

/** Names of the placeholders of a parsed message, those inside plural branches included. */
function placeholders(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => {
    const inner =
      'options' in node ? Object.values(node.options).flatMap((branch) => placeholders(branch.value)) : [];
    // Type 0 is literal text, 7 the # of a plural.
    return node.type === 0 || node.type === 7 ? inner : [node.value, ...inner];
  });
}

const keys = Object.keys(en) as MessageKey[];
const namesIn = (message: string, language: string) =>
  [...new Set(placeholders(new IntlMessageFormat(message, language).getAst()))].sort();

describe('catalogues', () => {
  it('have the same keys in the same order', () => {
    expect(Object.keys(zhCn)).toEqual(keys);
  });

  it('ask for the same values in both languages', () => {
    const different = keys.filter(
      (key) => namesIn(zhCn[key], 'zh-CN').join() !== namesIn(en[key], 'en').join(),
    );
    expect(different).toEqual([]);
  });

  it('leave no message empty and none untranslated', () => {
    const sameInBoth = keys.filter((key) => en[key] === zhCn[key]);
    expect(keys.filter((key) => en[key].trim() === '' || zhCn[key].trim() === '')).toEqual([]);
    expect(sameInBoth).toEqual([
      'app.name',
      'app.titleOf',
      'week.name',
      'backend.wasm',
      'backend.webgl',
      'backend.webgpu',
    ]);
  });

  it('use Chinese punctuation in Chinese sentences', () => {
    const wrong = keys.filter((key) => /[\u4e00-\u9fff][,.:;?!](?![a-z])/.test(zhCn[key]));
    expect(wrong).toEqual([]);
  });
});

describe('createText', () => {
  it('chooses the plural form of the language', () => {
    const text = createText(en, 'en');
    expect(text('phrases.takes', { count: 1 })).toBe('1 recording');
    expect(text('phrases.takes', { count: 2 })).toBe('2 recordings');
    expect(createText(zhCn, 'zh-CN')('phrases.takes', { count: 2 })).toBe('2 段录音');
  });

  it('does not read braces in values as placeholders', () => {
    expect(createText(en, 'en')('thatWas.noMatch', { filter: '{name}' })).toContain('“{name}”');
  });
});
