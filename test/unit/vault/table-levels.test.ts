import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NoteId, newId, type TakeId } from '../../../src/core/ids';
import { recordSchemas } from '../../../src/learning/records';
import { dayOfRow, levelOfRow, tableNames } from '../../../src/vault/rows/table-levels';
import { anyTableRow } from './row-arbitraries';

describe('levelOfRow', () => {
  it('keeps everything made of the voice at the strictest level, and nothing of a person below private', () => {
    fc.assert(
      fc.property(anyTableRow, ({ table, row }) => {
        fc.pre(table !== 'learningData');
        const isVoice = table === 'audio' || table === 'takes' || table === 'models';
        expect(levelOfRow(table, row)).toBe(isVoice ? 'confidential' : 'private');
      }),
    );
    expect([...tableNames].sort()).toEqual(Object.keys(recordSchemas).sort());
  });

  it('is what a piece of learning data says of itself', () => {
    fc.assert(
      fc.property(anyTableRow, ({ table, row }) => {
        fc.pre(table === 'learningData');
        expect(levelOfRow(table, row)).toBe(row.privacyLevel);
      }),
    );
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
