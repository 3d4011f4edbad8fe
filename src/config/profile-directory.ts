import * as v from 'valibot';
import { isId, newId, type UserId } from '../core/ids';
import { type PlainStorage, readJson, removeJson, writeJson } from './stored-json';

const KEY = 'claude-echo.people';
const FORMAT = 1;

/** The vault space of whoever came first: vaults from before there were several people go on working. */
export const FIRST_SPACE = 'claude-echo';

/** The database with the keys of anybody but the first. */
const KEYS_OF_OTHERS = /^claude-echo\.([0-9a-f-]{36})-keys$/;

const PersonSchema = v.object({
  id: v.custom<UserId>(isId),
  name: v.pipe(v.string(), v.trim(), v.maxLength(80)),
  space: v.pipe(v.string(), v.regex(/^claude-echo(\.[0-9a-f-]{36})?$/)),
});

const StoredDirectory = v.pipe(
  v.object({
    format: v.literal(FORMAT),
    currentId: v.custom<UserId>(isId),
    people: v.pipe(v.array(PersonSchema), v.minLength(1), v.maxLength(64)),
  }),
  v.check(({ currentId, people }) => people.some(({ id }) => id === currentId), 'the current one is listed'),
);

/** Somebody who uses this device, as far as it is known while their vault is locked. */
export type KnownPerson = v.InferOutput<typeof PersonSchema>;

/**
 * Who uses this device: readable by anybody who has it, because one chooses before a vault is opened. Nothing
 * else of a person is in here; what Echo learns from them lies in a vault space of their own.
 */
export class ProfileDirectory {
  readonly #storage: PlainStorage;
  #people: readonly KnownPerson[];
  #currentId: UserId;

  /** A list that does not parse gives way to one of a single person, whose vault is the first space. */
  constructor(storage: PlainStorage) {
    this.#storage = storage;
    const parsed = v.safeParse(StoredDirectory, readJson(storage, KEY));
    if (parsed.success) {
      this.#people = parsed.output.people;
      this.#currentId = parsed.output.currentId;
      return;
    }
    const first: KnownPerson = { id: newId<UserId>(), name: '', space: FIRST_SPACE };
    this.#people = [first];
    this.#currentId = first.id;
  }

  /**
   * Lists again whose vaults are there although the list is gone; each tells their name when they next open theirs.
   * A list that is there is right, whatever else lies about.
   *
   * @param databases names of all databases of this origin
   * @returns whether somebody was found
   */
  recover(databases: readonly string[]): boolean {
    if (this.#storage.getItem(KEY) !== null) return false;
    const found = databases.flatMap((name): readonly KnownPerson[] => {
      const id = KEYS_OF_OTHERS.exec(name)?.[1];
      return isId<UserId>(id) ? [{ id, name: '', space: `${FIRST_SPACE}.${id}` }] : [];
    });
    if (found.length > 0) this.#save([...this.#people, ...found], this.#currentId);
    return found.length > 0;
  }

  get people(): readonly KnownPerson[] {
    return this.#people;
  }

  /** Whose vault a page that starts now opens. */
  get current(): KnownPerson {
    return this.find(this.#currentId) ?? (this.#people[0] as KnownPerson);
  }

  find(id: UserId): KnownPerson | undefined {
    return this.#people.find((person) => person.id === id);
  }

  /** Lists somebody new, with a space of their own; the current person stays. */
  add(name: string, id: UserId = newId<UserId>()): KnownPerson {
    const person: KnownPerson = { id, name: shownName(name), space: `${FIRST_SPACE}.${id}` };
    this.#save([...this.#people, person], this.#currentId);
    return person;
  }

  rename(id: UserId, name: string): void {
    const people = this.#people.map((person) =>
      person.id === id ? { ...person, name: shownName(name) } : person,
    );
    this.#save(people, this.#currentId);
  }

  /** Takes effect with the next start of the page. */
  makeCurrent(id: UserId): void {
    if (this.find(id) !== undefined) this.#save(this.#people, id);
  }

  /**
   * Strikes somebody off. Where they were the current one the first of the others is; where nobody is left
   * the list starts over, as on a new device.
   */
  remove(id: UserId): void {
    const left = this.#people.filter((person) => person.id !== id);
    const [next] = left;
    if (next === undefined) {
      const first: KnownPerson = { id: newId<UserId>(), name: '', space: FIRST_SPACE };
      this.#people = [first];
      this.#currentId = first.id;
      removeJson(this.#storage, KEY);
    } else this.#save(left, this.#currentId === id ? next.id : this.#currentId);
  }

  #save(people: readonly KnownPerson[], currentId: UserId): void {
    this.#people = people;
    this.#currentId = currentId;
    writeJson(this.#storage, KEY, { format: FORMAT, currentId, people });
  }
}

/**
 * The part of the plain storage that is one person's: the first space keeps the keys it always had, every other
 * one appends what its space adds.
 */
export function storageOf(space: string, storage: PlainStorage): PlainStorage {
  const suffix = space.slice(FIRST_SPACE.length);
  return {
    getItem: (key) => storage.getItem(`${key}${suffix}`),
    setItem: (key, value) => storage.setItem(`${key}${suffix}`, value),
    removeItem: (key) => storage.removeItem(`${key}${suffix}`),
  };
}

function shownName(name: string): string {
  return name.trim().slice(0, 80);
}
