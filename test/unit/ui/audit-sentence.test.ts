import { describe, expect, it } from 'vitest';
import { auditSentence } from '../../../src/ui/audit-sentence';
import { en } from '../../../src/ui/i18n/en';
import { createText } from '../../../src/ui/i18n/localisation';
import { zhCn } from '../../../src/ui/i18n/zh-cn';
import { type AuditEntry, AuditEventSchema } from '../../../src/vault/audit/audit-entry';

const text = createText(en, 'en');
const entry = (event: AuditEntry['event'], detail: AuditEntry['detail'] = {}): AuditEntry => ({
  sequence: 1,
  at: 0,
  event,
  detail,
});

describe('auditSentence', () => {
  it.each(AuditEventSchema.options)(
    'says %s as a sentence in both languages, whatever is known of it',
    (event) => {
      expect(auditSentence(text, entry(event))).toMatch(/^[A-Z].*\.$/);
      expect(auditSentence(createText(zhCn, 'zh-CN'), entry(event))).toMatch(/。$/);
    },
  );

  it.each([
    [entry('unlocked', { with: 'recovery-code' }), 'Opened with the recovery code.'],
    [entry('unlocked', { with: 'device' }), 'Opened.'],
    [entry('unlock-refused', { attempts: 3 }), 'Somebody tried 3 times to open it and was refused.'],
    [entry('protection-changed', { to: 'convenience' }), 'The passphrase was removed.'],
    [entry('key-rotated', { level: 'confidential', keyId: 'x' }), 'The key for your voice was replaced.'],
    [
      entry('data-forgotten', { records: 40, what: 'some' }),
      '40 observations were forgotten because you asked.',
    ],
    [
      entry('retention-applied', { learningData: 9, interactions: 3 }),
      '12 things had been kept long enough and were deleted.',
    ],
  ])('tells what is known: %o', (given, words) => {
    expect(auditSentence(text, given)).toBe(words);
  });
});
