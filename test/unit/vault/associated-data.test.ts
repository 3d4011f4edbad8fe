import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { associatedData, hex } from '../../../src/vault/crypto/associated-data';

describe('associatedData', () => {
  it('differs for any two different lists, wherever the texts are cut', () => {
    const parts = fc.array(
      fc.oneof(fc.string({ unit: fc.constantFrom('|', '"', ',', '1', 'a') }), fc.nat(20)),
    );
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        fc.pre(JSON.stringify(left) !== JSON.stringify(right));
        expect(hex(associatedData('record', left))).not.toBe(hex(associatedData('record', right)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps texts apart that UTF-8 alone would merge', () => {
    expect(associatedData('record', ['\ud800'])).not.toEqual(associatedData('record', ['\ufffd']));
  });

  it('differs between purposes', () => {
    expect(associatedData('slot', ['a'])).not.toEqual(associatedData('record', ['a']));
  });
});
