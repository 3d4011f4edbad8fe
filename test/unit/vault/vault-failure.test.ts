import { describe, expect, it } from 'vitest';
import { isConnectionLost, unavailable, VaultFailure, vaultErrorOf } from '../../../src/vault/vault-failure';

const named = (name: string, inner?: Error): Error => Object.assign(new Error('said so'), { name, inner });

describe('vaultErrorOf', () => {
  it('finds a full disk inside the abort of a transaction', () => {
    expect(vaultErrorOf(named('AbortError', named('QuotaExceededError')))).toEqual({ kind: 'quota' });
    const caused = new Error('aborted', { cause: new DOMException('full', 'QuotaExceededError') });
    expect(vaultErrorOf(caused)).toEqual({ kind: 'quota' });
  });

  it('passes expected failures through, also out of an aborted transaction', () => {
    expect(vaultErrorOf(new VaultFailure({ kind: 'already-exists' }))).toEqual({ kind: 'already-exists' });
    expect(vaultErrorOf(named('AbortError', unavailable('gone')))).toEqual({
      kind: 'unavailable',
      detail: 'gone',
    });
  });

  it('names anything else, and ends on errors that cause each other', () => {
    expect(vaultErrorOf(named('UnknownError'))).toEqual({
      kind: 'unavailable',
      detail: 'UnknownError: said so',
    });
    expect(vaultErrorOf('text')).toEqual({ kind: 'unavailable', detail: 'text' });
    const [first, second] = [new Error('a'), new Error('b')];
    first.cause = second;
    second.cause = first;
    expect(vaultErrorOf(first)).toEqual({ kind: 'unavailable', detail: 'Error: a' });
  });
});

describe('isConnectionLost', () => {
  it('tells a cut connection from a failed call', () => {
    expect(isConnectionLost(named('DatabaseClosedError'))).toBe(true);
    expect(isConnectionLost(named('AbortError', named('InvalidStateError')))).toBe(true);
    expect(isConnectionLost(named('QuotaExceededError'))).toBe(false);
  });
});
