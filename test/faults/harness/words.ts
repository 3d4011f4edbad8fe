import { newId, type UserId } from '../../../src/core/ids';
import type { TableName } from '../../../src/learning/records';
import type { VaultWrite } from '../../../src/vault/vault-types';
import {
  NOON_MS,
  sampleInteraction,
  sampleNote,
  samplePhrase,
  sampleTake,
} from '../../browser/vault/sample-rows';

/** A row in every table, each with a word that is nowhere else; in raw bytes as well as in text. */
export function wordInEveryTable(): {
  readonly writes: readonly VaultWrite[];
  readonly words: readonly string[];
} {
  const words: string[] = [];
  const word = (table: string): string => {
    const made = `secret-${table}-${crypto.randomUUID()}`;
    words.push(made);
    return made;
  };
  const bytes = (table: string) => new TextEncoder().encode(word(table));
  const phrase = {
    ...samplePhrase(word('phrases')),
    action: { kind: 'speak', text: word('actions') } as const,
  };
  const take = sampleTake(phrase.id);
  const interaction = sampleInteraction();
  const rows: { readonly [T in TableName]: Extract<VaultWrite, { op: 'put'; table: T }>['row'] } = {
    phrases: phrase,
    takes: take,
    audio: { id: take.id, pcm16: bytes('audio') },
    interactions: { ...interaction, action: { kind: 'done', detail: word('interactions') } },
    notes: sampleNote(word('notes')),
    timers: {
      id: newId(),
      kind: 'timer',
      label: word('timers'),
      startedAt: NOON_MS,
      ringsAt: NOON_MS,
      state: 'done',
    },
    models: {
      id: 'head',
      format: 1,
      trainedAt: NOON_MS,
      description: word('models'),
      weights: bytes('weights'),
    },
    learningData: {
      id: newId(),
      userId: newId<UserId>(),
      agentId: word('agent').slice(0, 60),
      dataType: 'user-interaction',
      content: { said: word('learning') },
      privacyLevel: 'private',
      qualityScore: 1,
      createdAt: NOON_MS,
    },
    profiles: {
      id: newId<UserId>(),
      name: word('profiles'),
      preferences: { colour: word('preferences') },
      createdAt: NOON_MS,
      updatedAt: NOON_MS,
    },
  };
  // A cut word is searched for as it was cut.
  const searched = words.map((made) => (made.startsWith('secret-agent') ? made.slice(0, 60) : made));
  const writes = (Object.keys(rows) as TableName[]).map(
    (table) => ({ op: 'put', table, row: rows[table] }) as VaultWrite,
  );
  return { writes, words: searched };
}

/** Stores a text in the clear, in a database of its own: what a search of the files has to find. */
export function writeInTheClear(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('in-the-clear', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('texts');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const transaction = request.result.transaction('texts', 'readwrite');
      transaction.objectStore('texts').put({ text, bytes: new TextEncoder().encode(text) }, 1);
      transaction.oncomplete = () => {
        request.result.close();
        resolve();
      };
      transaction.onabort = () => reject(transaction.error);
    };
  });
}
