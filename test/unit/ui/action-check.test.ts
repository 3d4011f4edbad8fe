import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type OperatorPolicy, strictestPolicy } from '../../../src/config/policy';
import { type ActionSpec, ActionSpecSchema } from '../../../src/learning/action-spec';
import { actionProblem, canSave, emptyAction, hostOf } from '../../../src/ui/action-check';

const policy: OperatorPolicy = { ...strictestPolicy, webhookOrigins: ['https://home.example.org'] };

const good: readonly ActionSpec[] = [
  { kind: 'none' },
  { kind: 'speak', text: 'Hello' },
  { kind: 'note', text: '' },
  { kind: 'timer', label: '', durationSeconds: 86_400 },
  { kind: 'alarm', label: '', timeOfDay: '23:59' },
  { kind: 'link', url: 'http://example.org/a?b=c' },
  { kind: 'copy', text: 'x' },
  { kind: 'webhook', url: 'https://home.example.org/hook', method: 'POST', body: '{"on":true}' },
];

const bad: readonly (readonly [ActionSpec, string])[] = [
  [{ kind: 'speak', text: '  ' }, 'text'],
  [{ kind: 'copy', text: '' }, 'text'],
  [{ kind: 'timer', label: '', durationSeconds: 0 }, 'duration'],
  [{ kind: 'timer', label: '', durationSeconds: 86_401 }, 'duration'],
  [{ kind: 'alarm', label: '', timeOfDay: '24:00' }, 'time'],
  [{ kind: 'alarm', label: '', timeOfDay: '' }, 'time'],
  [{ kind: 'link', url: 'example.org' }, 'url'],
  [{ kind: 'link', url: 'javascript:alert(1)' }, 'url'],
  [{ kind: 'webhook', url: 'ftp://home.example.org', method: 'GET', body: '' }, 'url'],
  [{ kind: 'webhook', url: 'https://home.example.org', method: 'POST', body: '{on}' }, 'json'],
];

describe('actionProblem', () => {
  it.each(good)('lets through what the schema accepts: %o', (action) => {
    expect(v.is(ActionSpecSchema, action)).toBe(true);
    expect(actionProblem(action, policy)).toBeUndefined();
  });

  it.each(bad)('names the problem of %o: %s', (action, kind) => {
    expect(actionProblem(action, policy)?.kind).toBe(kind);
    expect(canSave(actionProblem(action, policy))).toBe(false);
  });

  it('warns of an origin that the operator does not allow, and lets it be saved', () => {
    const problem = actionProblem(
      { kind: 'webhook', url: 'https://elsewhere.example.org/x', method: 'GET', body: '' },
      policy,
    );
    expect(problem).toEqual({ kind: 'origin', origin: 'https://elsewhere.example.org' });
    expect(canSave(problem)).toBe(true);
  });
});

describe('emptyAction', () => {
  it.each(['note', 'timer', 'alarm', 'none'] as const)('of kind %s can be saved at once', (kind) => {
    expect(v.is(ActionSpecSchema, emptyAction(kind))).toBe(true);
  });
});

describe('hostOf', () => {
  it('is the host, or what was typed while it is no address yet', () => {
    expect(hostOf('https://home.example.org:8443/x')).toBe('home.example.org:8443');
    expect(hostOf('home')).toBe('home');
  });
});
