import * as v from 'valibot';
import { type Settings, SettingsSchema } from './settings';

/** What adaptation may put over the person's settings; nothing else. */
export const ADAPTABLE_SETTINGS = [
  'recognition.falseTriggers',
  'endpointing.hangoverMs',
  'answers.style',
  'actions.questions',
  'compute.backend',
  'compute.training',
] as const;
export type AdaptableSetting = (typeof ADAPTABLE_SETTINGS)[number];

type Plain = Readonly<Record<string, unknown>>;

const isGroup = (value: unknown): value is Plain => typeof value === 'object' && value !== null;

/** Dotted path → value, such as `answers.style` → `brief`. */
function leavesOf(settings: Settings): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(settings).flatMap(([group, value]): [string, unknown][] =>
      isGroup(value)
        ? Object.entries(value).map(([name, leaf]) => [`${group}.${name}`, leaf])
        : [[group, value]],
    ),
  );
}

function withLeaf(settings: Settings, path: string, value: unknown): unknown {
  const [group = '', name] = path.split('.');
  if (name === undefined) return { ...settings, [group]: value };
  const inside = (settings as Plain)[group];
  return { ...settings, [group]: { ...(isGroup(inside) ? inside : {}), [name]: value } };
}

/**
 * The person's own settings, and over them what Echo adapted. The two never mix: what was adapted is kept in the vault
 * and gone while it is locked, and what the person chose is stored as they chose it, so that taking an adaptation back
 * is to take it off.
 */
export class SettingsLayers {
  #own: Settings;
  readonly #over = new Map<AdaptableSetting, unknown>();
  #effective: Settings;

  constructor(own: Settings) {
    this.#own = own;
    this.#effective = own;
  }

  get own(): Settings {
    return this.#own;
  }

  /** What is in force. */
  get effective(): Settings {
    return this.#effective;
  }

  /** Begins anew with other settings of the person's. */
  reset(own: Settings): void {
    this.#own = own;
    this.#over.clear();
    this.#effective = own;
  }

  /**
   * The person changes settings, as they see them. What they touch is theirs, and no longer adapted.
   *
   * @returns the paths they changed
   */
  choose(change: (settings: Settings) => Settings): readonly string[] {
    const before = leavesOf(this.#effective);
    const chosen = [...leavesOf(change(this.#effective))].filter(
      ([path, value]) => before.get(path) !== value,
    );
    for (const [path, value] of chosen) {
      this.#own = withLeaf(this.#own, path, value) as Settings;
      this.#over.delete(path as AdaptableSetting);
    }
    this.#compose();
    return chosen.map(([path]) => path);
  }

  valueOf(path: AdaptableSetting): unknown {
    return leavesOf(this.#effective).get(path);
  }

  /** @returns false for a value that this setting cannot have; then nothing changed */
  put(path: AdaptableSetting, value: unknown): boolean {
    if (!v.is(SettingsSchema, withLeaf(this.#effective, path, value))) return false;
    this.#over.set(path, value);
    this.#compose();
    return true;
  }

  takeOff(path: AdaptableSetting): void {
    this.#over.delete(path);
    this.#compose();
  }

  /** The vault was locked: what is left is what the person chose. */
  takeAllOff(): void {
    this.#over.clear();
    this.#compose();
  }

  #compose(): void {
    this.#effective = [...this.#over].reduce<Settings>(
      (settings, [path, value]) => withLeaf(settings, path, value) as Settings,
      this.#own,
    );
  }
}

/** Adaptable settings that differ from what everybody starts with: somebody chose them. */
export function chosenBefore(own: Settings, defaults: Settings): readonly AdaptableSetting[] {
  const [mine, usual] = [leavesOf(own), leavesOf(defaults)];
  return ADAPTABLE_SETTINGS.filter((path) => mine.get(path) !== usual.get(path));
}
