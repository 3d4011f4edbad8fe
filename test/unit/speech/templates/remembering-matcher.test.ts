import { describe, expect, it } from 'vitest';
import { RememberingMatcher } from '../../../../src/speech/templates/remembering-matcher';
import type { Matcher } from '../../../../src/speech/templates/template-matcher';

/** Views are told apart by being other objects; what is in them does not matter here. */

type View = ReturnType<Matcher['viewOf']>;

function counting(): { readonly matcher: Matcher; readonly compared: string[] } {
  const compared: string[] = [];
  const matcher: Matcher = {
    viewOf: () => ({}) as View,
    coarse: () => compared.push('coarse'),
    fine: () => compared.push('fine'),
  };
  return { matcher, compared };
}

describe('RememberingMatcher', () => {
  it('compares a pair once, whichever of the two comes first', () => {
    const { matcher, compared } = counting();
    const remembering = new RememberingMatcher(matcher);
    const [a, b, c] = [{} as View, {} as View, {} as View];
    const first = remembering.coarse(a, b);
    expect(remembering.coarse(b, a)).toBe(first);
    expect(remembering.coarse(a, c)).not.toBe(first);
    expect(compared).toEqual(['coarse', 'coarse']);
  });

  it('keeps coarse and fine distances apart', () => {
    const { matcher, compared } = counting();
    const remembering = new RememberingMatcher(matcher);
    const [a, b] = [{} as View, {} as View];
    expect(remembering.fine(a, b)).not.toBe(remembering.coarse(a, b));
    expect(compared).toEqual(['fine', 'coarse']);
  });
});
