import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { ActionContext } from '../../../src/actions/action-context';
import { runAction, undoAction } from '../../../src/actions/run-action';
import { nextTimeOfDay } from '../../../src/actions/timer';
import { callWebhook } from '../../../src/actions/webhook';
import { defaultPolicy } from '../../../src/config/policy';
import { type NoteId, newId, type TimerId } from '../../../src/core/ids';
import { epochMs, monotonicMs } from '../../../src/core/units';
import type { Note, Timer } from '../../../src/learning/records';

const NOW = epochMs(Date.UTC(2026, 0, 15, 12, 0, 0));

function contextWith(
  change: Partial<ActionContext> = {},
): ActionContext & { notesKept: Note[]; timersKept: Timer[] } {
  const notesKept: Note[] = [];
  const timersKept: Timer[] = [];
  return {
    notesKept,
    timersKept,
    phraseName: 'good night',
    clock: { now: () => NOW, monotonic: () => monotonicMs(0) },
    policy: defaultPolicy,
    language: 'en',
    voice: { voiceUri: '', rate: 1 },
    notes: {
      add: async (text) => {
        const note = { id: newId<NoteId>(), text, createdAt: NOW, updatedAt: NOW };
        notesKept.push(note);
        return note;
      },
      delete: async (id) =>
        void notesKept.splice(
          notesKept.findIndex((note) => note.id === id),
          1,
        ),
    },
    timers: {
      start: async (given) => {
        const timer: Timer = { ...given, id: newId<TimerId>(), state: 'running' };
        timersKept.push(timer);
        return timer;
      },
      cancel: async (id) =>
        void timersKept.splice(
          timersKept.findIndex((timer) => timer.id === id),
          1,
        ),
    },
    ...change,
  };
}

describe('notes and timers', () => {
  it('an empty note keeps the name of the phrase, and can be undone', async () => {
    const context = contextWith();
    const outcome = await runAction({ kind: 'note', text: '' }, context);
    expect(context.notesKept.map(({ text }) => text)).toEqual(['good night']);
    if (outcome.kind !== 'done' || outcome.undoToken === undefined) throw new Error('no way back');
    await undoAction(outcome.undoToken, context);
    expect(context.notesKept).toEqual([]);
  });

  it('a timer rings after its duration, and can be undone', async () => {
    const context = contextWith();
    const outcome = await runAction({ kind: 'timer', label: 'Tea', durationSeconds: 90 }, context);
    expect(context.timersKept[0]?.ringsAt).toBe(NOW + 90_000);
    if (outcome.kind !== 'done' || outcome.undoToken === undefined) throw new Error('no way back');
    await undoAction(outcome.undoToken, context);
    expect(context.timersKept).toEqual([]);
  });

  it('says storage-full when a note could not be kept', async () => {
    const context = contextWith({ notes: { add: async () => undefined, delete: async () => undefined } });
    expect(await runAction({ kind: 'note', text: 'x' }, context)).toMatchObject({
      kind: 'failed',
      reason: 'storage-full',
    });
  });
});

describe('nextTimeOfDay', () => {
  it('is later today when the hour is still to come, tomorrow when it has passed or is now', () => {
    const noon = epochMs(new Date(2026, 2, 10, 12, 0, 0).getTime());
    expect(new Date(nextTimeOfDay('12:01', noon)).getDate()).toBe(10);
    expect(new Date(nextTimeOfDay('11:59', noon)).getDate()).toBe(11);
    expect(new Date(nextTimeOfDay('12:00', noon)).getDate()).toBe(11);
  });
});

describe('callWebhook', () => {
  let server: Server | undefined;

  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
    server = undefined;
  });

  async function serve(status: number, location?: string): Promise<string> {
    const listening = createServer((_, response) =>
      response.writeHead(status, location === undefined ? {} : { location }).end(),
    );
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const address = listening.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}`;
  }

  const call = (url: string, origins: readonly string[], body = '') =>
    callWebhook(
      { kind: 'webhook', url, method: 'POST', body },
      { policy: { ...defaultPolicy, webhookOrigins: [...origins] } },
    );

  it('asks nobody whom the policy does not list', async () => {
    const origin = await serve(200);
    expect(await call(`${origin}/x`, [])).toEqual({
      kind: 'failed',
      reason: 'origin-not-allowed',
      detail: origin,
    });
  });

  it('reports the status of an answer, good or bad', async () => {
    const origin = await serve(204);
    expect(await call(`${origin}/x`, [origin])).toEqual({ kind: 'done', detail: '204' });
  });

  it('reports an error status', async () => {
    const origin = await serve(500);
    expect(await call(`${origin}/x`, [origin])).toEqual({
      kind: 'failed',
      reason: 'http-error',
      detail: '500',
    });
  });

  it('follows no redirect: it could lead to a stranger', async () => {
    const origin = await serve(302, 'http://127.0.0.1:9/');
    expect(await call(`${origin}/x`, [origin])).toMatchObject({ kind: 'failed', reason: 'unreachable' });
  });

  it('refuses a body that is not JSON before anything is sent', async () => {
    const origin = await serve(200);
    expect(await call(`${origin}/x`, [origin], '{on')).toMatchObject({ reason: 'bad-json' });
  });

  it('says unreachable when nobody answers', async () => {
    expect(await call('http://127.0.0.1:9/x', ['http://127.0.0.1:9'])).toMatchObject({
      reason: 'unreachable',
    });
  });
});
