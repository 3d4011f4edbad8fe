import { describe, expect, it } from 'vitest';
import { type NoteId, newId, type TakeId } from '../../../src/core/ids';
import { recordSchemas } from '../../../src/learning/records';
import { dayOfRow, levelOfTable, tableNames } from '../../../src/vault/rows/table-levels';

describe('levelOfTable', () => {
  it('keeps everything made of the voice at the strictest level, and nothing of a person below private', () => {
    for (const table of ['audio', 'takes', 'models'] as const)
      expect(levelOfTable[table]).toBe('confidential');
    for (const table of tableNames) expect(['private', 'confidential']).toContain(levelOfTable[table]);
    expect([...tableNames].sort()).toEqual(Object.keys(recordSchemas).sort());
  });
});

describe('dayOfRow', () => {
  const DAY_MS = 86_400_000;
  const note = (createdAt: number) => ({ id: newId<NoteId>(), text: '', createdAt, updatedAt: 0 });

  it('changes at midnight UTC and at no other moment', () => {
    expect(dayOfRow('notes', note(3 * DAY_MS - 1), 0)).toBe(2);
    expect(dayOfRow('notes', note(3 * DAY_MS), 0)).toBe(3);
    expect(dayOfRow('notes', note(4 * DAY_MS - 1), 0)).toBe(3);
  });

  it('is the day of writing for rows that name no moment', () => {
    const audio = { id: newId<TakeId>(), pcm16: new Uint8Array(2) };
    expect(dayOfRow('audio', audio, 10 * DAY_MS + 5)).toBe(10);
  });
});
