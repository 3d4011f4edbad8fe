import { type KnownPerson, type ProfileDirectory, storageOf } from '../../config/profile-directory';
import { type PlainStorage, readJson, removeJson, writeJson } from '../../config/stored-json';
import type { Clock } from '../../core/clock';
import type { UserId } from '../../core/ids';
import { isJsonObject, type JsonObject } from '../../core/json';
import { err, ok, type Result } from '../../core/result';
import type { UserProfile } from '../../learning/user-profile';
import type { RecordStore, VaultError } from '../../vault/vault-types';

/** Somebody who uses this device, as the page shows them. */
export interface ProfileView {
  readonly id: UserId;
  /** Empty for somebody who has not told it. */
  readonly name: string;
  /** Whose vault this page works with. */
  readonly isCurrent: boolean;
}

export interface NewProfile {
  readonly name: string;
  readonly preferences?: JsonObject;
}

export type ProfileError =
  | VaultError
  | { readonly kind: 'name-needed' }
  /** Deleted meanwhile, in another tab perhaps. */
  | { readonly kind: 'unknown-person' };

interface Colleagues {
  /** The vault of the current person. */
  readonly vault: RecordStore;
  readonly clock: Clock;
  readonly directory: ProfileDirectory;
  readonly storage: PlainStorage;
  readonly show: (profiles: readonly ProfileView[]) => void;
  /** Locks, ends the workers and starts the page anew: nothing of one person stays in memory for the next. */
  readonly startOver: () => Promise<void>;
  /** Deletes the vault in a space, keys first. */
  readonly destroySpace: (space: string) => Promise<Result<void, VaultError>>;
  /** Deletes what a person chose about the app, which lies outside their vault. */
  readonly forgetPlain: (space: string) => void;
}

/** What somebody chose before their vault existed waits here, outside it, until it is first opened. */
const WAITING_KEY = 'claude-echo.first-preferences';

/** Several people on one device, each with a vault space of their own, and what each likes. */
export class UserProfileAgent {
  readonly #with: Colleagues;
  /** Who this page was started for; another tab may make somebody else current for the next start. */
  #person: KnownPerson;
  #profile: UserProfile | undefined;

  constructor(colleagues: Colleagues) {
    this.#with = colleagues;
    this.#person = colleagues.directory.current;
    this.#show();
  }

  /** The profile in the open vault; `undefined` while it is locked. */
  get profile(): UserProfile | undefined {
    return this.#profile;
  }

  /** Finds people whose vaults are there although the list of them was lost. */
  recover(databases: readonly string[]): void {
    if (this.#with.directory.recover(databases)) this.#show();
  }

  list(): readonly ProfileView[] {
    return this.#with.directory.people.map(({ id, name }) => ({
      id,
      name,
      isCurrent: id === this.#person.id,
    }));
  }

  /**
   * Lists somebody new. Their vault is made when they first use Echo, so nobody else chooses their passphrase;
   * what is known of their preferences moves into it then.
   */
  createUserProfile({ name, preferences = {} }: NewProfile): Result<ProfileView, ProfileError> {
    if (name.trim() === '') return err({ kind: 'name-needed' });
    const { directory, storage } = this.#with;
    const person = directory.add(name);
    if (Object.keys(preferences).length > 0)
      writeJson(storageOf(person.space, storage), WAITING_KEY, preferences);
    this.#show();
    return ok({ id: person.id, name: person.name, isCurrent: false });
  }

  async rename(id: UserId, name: string): Promise<Result<void, ProfileError>> {
    if (name.trim() === '') return err({ kind: 'name-needed' });
    const { directory } = this.#with;
    if (directory.find(id) === undefined) return err({ kind: 'unknown-person' });
    directory.rename(id, name);
    this.#show();
    const profile = id === this.#person.id ? this.#profile : undefined;
    // Somebody else's profile follows when their vault is next opened.
    return profile === undefined
      ? ok(undefined)
      : this.#store({ ...profile, name: directory.find(id)?.name ?? '' });
  }

  /** Opens another person's place: everything of the current one is locked and leaves the memory first. */
  async switchTo(id: UserId): Promise<Result<void, ProfileError>> {
    const { directory, startOver } = this.#with;
    if (directory.find(id) === undefined) return err({ kind: 'unknown-person' });
    directory.makeCurrent(id);
    if (id !== this.#person.id) await startOver();
    return ok(undefined);
  }

  /** Deletes somebody: the keys of their vault first, then its rows, then what is listed outside of it. */
  async delete(id: UserId): Promise<Result<void, ProfileError>> {
    const person = this.#with.directory.find(id);
    if (person === undefined) return err({ kind: 'unknown-person' });
    const destroyed = await this.#with.destroySpace(person.space);
    if (!destroyed.ok) return destroyed;
    await this.forget(person.id);
    return ok(undefined);
  }

  /** Their vault is gone: so is everything about them outside of it. */
  async forget(id: UserId = this.#person.id): Promise<void> {
    const { directory, storage, startOver, forgetPlain } = this.#with;
    const person = directory.find(id);
    if (person === undefined) return;
    removeJson(storageOf(person.space, storage), WAITING_KEY);
    forgetPlain(person.space);
    directory.remove(id);
    if (id === this.#person.id) {
      // The page belongs to somebody else now, unless it is that of a device nobody has used yet.
      if (directory.current.space !== person.space) return startOver();
      this.#person = directory.current;
      this.#profile = undefined;
    }
    this.#show();
  }

  async updatePreferences(
    change: (preferences: JsonObject) => JsonObject,
  ): Promise<Result<void, ProfileError>> {
    if (this.#profile === undefined) return err({ kind: 'locked' });
    return this.#store({ ...this.#profile, preferences: change(this.#profile.preferences) });
  }

  /** Brings in the profile of a vault that was opened; one from before there were profiles gets its first. */
  async open(): Promise<Result<UserProfile, VaultError>> {
    const { vault, clock, directory, storage } = this.#with;
    const listed = await vault.list('profiles');
    if (!listed.ok) return listed;
    const [found] = listed.value.rows;
    const { name } = directory.find(this.#person.id) ?? this.#person;
    const plain = storageOf(this.#person.space, storage);
    const waiting = readJson(plain, WAITING_KEY);
    const now = clock.now();
    const profile: UserProfile = found ?? {
      id: this.#person.id,
      name,
      preferences: {},
      createdAt: now,
      updatedAt: now,
    };
    // The list is what was edited last, unless it was lost.
    const shown = name === '' ? profile.name : name;
    if (shown !== name) directory.rename(this.#person.id, shown);
    const isAsStored = found !== undefined && shown === found.name && waiting === undefined;
    if (!isAsStored) {
      const preferences = { ...profile.preferences, ...(isJsonObject(waiting) ? waiting : {}) };
      const stored = await this.#store({ ...profile, name: shown, preferences });
      if (!stored.ok) return stored;
      removeJson(plain, WAITING_KEY);
    } else this.#profile = profile;
    this.#show();
    return ok(this.#profile ?? profile);
  }

  /** The vault was locked. */
  close(): void {
    this.#profile = undefined;
  }

  async #store(profile: UserProfile): Promise<Result<void, VaultError>> {
    const row = { ...profile, updatedAt: this.#with.clock.now() };
    const written = await this.#with.vault.write([{ op: 'put', table: 'profiles', row }]);
    if (written.ok) this.#profile = row;
    return written;
  }

  #show(): void {
    this.#with.show(this.list());
  }
}
