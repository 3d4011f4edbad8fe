import { describe, expect, it } from 'vitest';
import { newId, type PhraseId } from '../../../src/core/ids';
import { hrefOf, parseRoute, type Route } from '../../../src/ui/router';

const id = newId<PhraseId>();
const routes: readonly Route[] = [
  { screen: 'talk' },
  { screen: 'phrases' },
  { screen: 'phrase', id },
  { screen: 'phrase', id, isRecording: true },
  { screen: 'teach', withSample: false },
  { screen: 'teach', withSample: true },
  { screen: 'you', section: 'notes' },
  { screen: 'you', section: 'timers' },
  { screen: 'you', section: 'history' },
  { screen: 'you', section: 'sound' },
  { screen: 'privacy' },
  { screen: 'settings' },
  { screen: 'developer' },
];

describe('router', () => {
  it.each(routes)('reads back the address it wrote: %o', (route) => {
    expect(parseRoute(hrefOf(route))).toEqual(route);
  });

  it.each(['', '#', '#/', '#/nowhere', '#/../etc', '#/talk/extra'])('leads %o to Talk', (hash) => {
    expect(parseRoute(hash)).toEqual({ screen: 'talk' });
  });

  it('shows all phrases when the id in the address is none', () => {
    expect(parseRoute('#/phrases/not-an-id')).toEqual({ screen: 'phrases' });
  });

  it('shows the notes when the part of You is unknown', () => {
    expect(parseRoute('#/you/dreams')).toEqual({ screen: 'you', section: 'notes' });
  });
});
