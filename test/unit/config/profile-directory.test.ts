import { describe, expect, it } from 'vitest';
import { FIRST_SPACE, ProfileDirectory, storageOf } from '../../../src/config/profile-directory';
import type { PlainStorage } from '../../../src/config/stored-json';

function memoryStorage(): PlainStorage & { readonly held: Map<string, string> } {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  };
}

describe('the list of who uses this device', () => {
  it('begins with one person, whose vault is the one that was there before there were several', () => {
    const directory = new ProfileDirectory(memoryStorage());
    expect(directory.people).toHaveLength(1);
    expect(directory.current.space).toBe(FIRST_SPACE);
  });

  it('writes nothing while there is only somebody without a name', () => {
    const storage = memoryStorage();
    new ProfileDirectory(storage);
    expect(storage.held.size).toBe(0);
  });

  it('gives everybody else a space of their own, and remembers who is current across a reload', () => {
    const storage = memoryStorage();
    const directory = new ProfileDirectory(storage);
    const ada = directory.add('  Ada ');
    expect(ada).toMatchObject({ name: 'Ada', space: `${FIRST_SPACE}.${ada.id}` });
    directory.makeCurrent(ada.id);
    const again = new ProfileDirectory(storage);
    expect(again.current).toEqual(ada);
    expect(again.people).toEqual(directory.people);
  });

  it('lists people again whose vaults are there although the list was lost', () => {
    const before = new ProfileDirectory(memoryStorage());
    const ada = before.add('Ada');
    const databases = [`${FIRST_SPACE}-keys`, `${ada.space}-keys`, `${ada.space}-learning`, 'something-else'];
    const storage = memoryStorage();
    expect(new ProfileDirectory(storage).recover(databases)).toBe(true);
    const again = new ProfileDirectory(storage);
    expect(again.people.slice(1)).toEqual([{ ...ada, name: '' }]);
    expect(again.current.space).toBe(FIRST_SPACE);
    expect(again.recover([...databases, `${FIRST_SPACE}.${before.current.id}-keys`])).toBe(false);
    expect(again.people).toHaveLength(2);
  });

  it('ignores a wish for somebody it does not know', () => {
    const directory = new ProfileDirectory(memoryStorage());
    const before = directory.current;
    directory.makeCurrent(new ProfileDirectory(memoryStorage()).current.id);
    expect(directory.current).toEqual(before);
  });

  it('passes on to somebody else when the current person is struck off', () => {
    const directory = new ProfileDirectory(memoryStorage());
    const first = directory.current;
    const ada = directory.add('Ada');
    directory.makeCurrent(ada.id);
    directory.remove(ada.id);
    expect(directory.current).toEqual(first);
  });

  it('starts over as on a new device when nobody is left', () => {
    const storage = memoryStorage();
    const directory = new ProfileDirectory(storage);
    const { id } = directory.current;
    directory.rename(id, 'Ada');
    directory.remove(id);
    expect(directory.current.id).not.toBe(id);
    expect(directory.current).toMatchObject({ name: '', space: FIRST_SPACE });
    expect(storage.held.size).toBe(0);
  });

  it.each([
    ['text that is no list', 'nonsense'],
    ['a newer format', JSON.stringify({ format: 2, people: [] })],
    [
      'a space that is not ours',
      JSON.stringify({ format: 1, currentId: 'x', people: [{ id: 'x', space: '../x' }] }),
    ],
  ])('gives way to a single person when it holds %s', (_, text) => {
    const storage = memoryStorage();
    storage.held.set('claude-echo.people', text);
    expect(new ProfileDirectory(storage).current.space).toBe(FIRST_SPACE);
  });

  it('keeps what lies outside the vault apart, and the first person’s keys as they were', () => {
    const storage = memoryStorage();
    const directory = new ProfileDirectory(storage);
    const ada = directory.add('Ada');
    storageOf(FIRST_SPACE, storage).setItem('claude-echo.settings', 'first');
    storageOf(ada.space, storage).setItem('claude-echo.settings', 'ada');
    expect(storage.held.get('claude-echo.settings')).toBe('first');
    expect(storageOf(ada.space, storage).getItem('claude-echo.settings')).toBe('ada');
  });
});
