import { describe, expect, it } from 'vitest';
import { codeGroups, isLastGroup } from '../../../src/ui/recovery-code-text';
import { decodeRecoveryCode, encodeRecoveryCode } from '../../../src/vault/keys/recovery-code';

const code = encodeRecoveryCode(new Uint8Array(20).fill(7));
const last = codeGroups(code).at(-1) ?? '';

describe('recovery code on the screen', () => {
  it('is shown in the nine groups that the vault reads again', () => {
    expect(codeGroups(code)).toHaveLength(9);
    expect(decodeRecoveryCode(codeGroups(code).join(' '))).toBeDefined();
  });

  it('counts as kept when the last group is typed, however', () => {
    expect(isLastGroup(last, code)).toBe(true);
    expect(isLastGroup(` ${last.toLowerCase().split('').join('-')} `, code)).toBe(true);
    expect(isLastGroup('oI0l', 'AAAA-0101')).toBe(true);
  });

  it('does not count as kept when another group is typed', () => {
    expect(isLastGroup(codeGroups(code)[0] ?? '', 'AAAA-0101')).toBe(false);
    expect(isLastGroup('', code)).toBe(false);
    expect(isLastGroup(last.slice(0, 3), code)).toBe(false);
  });
});
