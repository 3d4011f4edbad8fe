import { assert } from '../core/assert';
import { err, ok, type Result } from '../core/result';
import { type ConfigError, type Configuration, parseConfiguration } from './configuration';
import {
  deepFrozen,
  differences,
  isWithin,
  leafOr,
  learnerNamed,
  placedIn,
  withLearners,
} from './configuration-layers';
import { loadOverrides, saveOverrides } from './configuration-overrides';
import {
  type ConfigurationAt,
  type ConfigurationLeaf,
  type ConfigurationPath,
  isSameLeaf,
  leavesOf,
  splitPath,
  valueAt,
} from './configuration-path';
import {
  type ConfigurationProfile,
  configurationProfiles,
  defaultConfiguration,
} from './configuration-profiles';
import { defaultPolicy, type OperatorPolicy } from './policy';
import { restrictConfiguration } from './policy-restriction';
import type { PlainStorage } from './stored-json';

export interface ConfigManagerOptions {
  readonly profile: ConfigurationProfile;
  readonly storage: PlainStorage;
  readonly policy?: OperatorPolicy;
  /** Learners that come with Echo; an operator may forbid all others. */
  readonly builtInLearners?: readonly string[];
}

export interface ConfigurationChange {
  /** Of a single value, never of a group. */
  readonly path: string;
  readonly before: ConfigurationLeaf;
  readonly after: ConfigurationLeaf;
}

/** A stored override that could not be used. */
export interface DroppedOverride {
  readonly path: string;
  readonly reason: ConfigError;
}

export interface ConfigurationExplanation {
  readonly path: string;
  readonly value: ConfigurationLeaf;
  /** Where the value in force comes from; the last of these that says something about it wins. */
  readonly source: 'default' | 'profile' | 'override' | 'policy';
  readonly defaultValue: ConfigurationLeaf;
  readonly profileValue: ConfigurationLeaf;
  /** `undefined` where nothing was set. */
  readonly override: ConfigurationLeaf | undefined;
}

const NO_SUCH_SETTING = 'no setting of this name';

/**
 * The configuration in force: defaults, the values of a profile over them, what was set over those, and over all
 * of it what the operator's policy leaves. Only what was set is stored, and only where it differs from the
 * profile, so that a better default of a new version reaches everybody who did not choose.
 *
 * @example
 * const config = new ConfigManager({ profile: 'production', storage: localStorage });
 * config.get('learning.dataManager.cacheSize'); // 5000
 * config.set('learning.dataManager.cacheSize', -1);
 * // { ok: false, error: { kind: 'bad-config', path: 'learning.dataManager.cacheSize',
 * //   expected: 'a whole number from 0 to 100000', got: 'number' } }
 */
export class ConfigManager {
  readonly profile: ConfigurationProfile;
  /** Stored overrides that could not be used; all others are in force. */
  readonly dropped: readonly DroppedOverride[];
  readonly #storage: PlainStorage;
  readonly #builtInLearners: ReadonlySet<string>;
  readonly #listeners = new Set<{ prefix: string; tell: (change: ConfigurationChange) => void }>();
  #policy: OperatorPolicy;
  /** Before the policy. */
  #wanted: Configuration;
  #inForce: Configuration;

  constructor(options: ConfigManagerOptions) {
    this.profile = options.profile;
    this.#storage = options.storage;
    this.#policy = options.policy ?? defaultPolicy;
    this.#builtInLearners = new Set(
      options.builtInLearners ?? Object.keys(defaultConfiguration.learning.learners),
    );
    this.#wanted = configurationProfiles[options.profile];
    const dropped: DroppedOverride[] = [];
    for (const [path, value] of loadOverrides(options.storage)) {
      const placed = this.#placed(path, value);
      if (placed.ok) this.#wanted = placed.value;
      else dropped.push({ path, reason: placed.error });
    }
    this.dropped = dropped;
    this.#inForce = this.#restricted(this.#wanted, this.#policy);
  }

  /** All of it, frozen. */
  get configuration(): Configuration {
    return this.#inForce;
  }

  get policy(): OperatorPolicy {
    return this.#policy;
  }

  /** A learner that nobody has configured has the values of `defaultLearner`. What it gives back is frozen. */
  get<Path extends ConfigurationPath>(path: Path): ConfigurationAt<Path> {
    const keys = splitPath(path);
    assert(keys !== undefined, 'no such path', path);
    const value = valueAt(this.#inForceFor(keys), keys);
    assert(value !== undefined, 'no such path', path);
    return value as ConfigurationAt<Path>;
  }

  /** Sets one value, or a group as a whole, and stores it. On failure nothing changes. */
  set<Path extends ConfigurationPath>(path: Path, value: ConfigurationAt<Path>): Result<void, ConfigError> {
    const placed = this.#placed(path, value);
    if (!placed.ok) return placed;
    const forbidden = this.#forbidden(placed.value, path);
    return forbidden === undefined ? this.#adopt(placed.value) : err(forbidden);
  }

  /** Back to the profile: one value, a group, or with no path everything. */
  reset(path?: ConfigurationPath): Result<void, ConfigError> {
    let wanted = configurationProfiles[this.profile];
    for (const [kept, value] of this.#overrides()) {
      if (path === undefined || isWithin(kept, path)) continue;
      wanted = placedIn(wanted, kept.split('.'), value) ?? wanted;
    }
    return this.#adopt(wanted);
  }

  /** Puts another policy in force, such as the one that was fetched after the start. */
  applyPolicy(policy: OperatorPolicy): void {
    this.#putInForce(this.#wanted, policy);
  }

  /** Where a single value comes from; `undefined` for a group and for a path that there is not. */
  explain(path: ConfigurationPath): ConfigurationExplanation | undefined {
    return this.explainAll(path).find((explanation) => explanation.path === path);
  }

  /** Every single value, or those of a group, with where it comes from. */
  explainAll(path?: ConfigurationPath): readonly ConfigurationExplanation[] {
    const overrides = this.#overrides();
    const inForce = leavesOf(this.#inForceFor(path?.split('.') ?? []));
    return [...inForce]
      .filter(([leaf]) => path === undefined || isWithin(leaf, path))
      .map(([leaf, value]) => {
        const defaultValue = leafOr(defaultConfiguration, leaf);
        const profileValue = leafOr(configurationProfiles[this.profile], leaf);
        const override = overrides.get(leaf);
        const isRestricted = !isSameLeaf(value, override ?? profileValue);
        const source = isRestricted
          ? 'policy'
          : override !== undefined
            ? 'override'
            : isSameLeaf(profileValue, defaultValue)
              ? 'default'
              : 'profile';
        return { path: leaf, value, source, defaultValue, profileValue, override };
      });
  }

  /**
   * Tells of every change of a value in force, whether it was set, reset or restricted by a policy.
   *
   * @param path only changes of this value or within this group
   * @returns a function that ends it
   */
  onChange(listener: (change: ConfigurationChange) => void, path?: ConfigurationPath): () => void {
    const entry = { prefix: path ?? '', tell: listener };
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  #placed(path: string, value: unknown): Result<Configuration, ConfigError> {
    const refused = { kind: 'bad-config', path, expected: NO_SUCH_SETTING, got: typeof value } as const;
    const keys = splitPath(path);
    if (keys === undefined) return err(refused);
    const candidate = placedIn(this.#wanted, keys, value);
    if (candidate === undefined) return err(refused);
    const parsed = parseConfiguration(candidate);
    if (!parsed.ok) return parsed;
    const lost = Object.keys(configurationProfiles[this.profile].learning.learners).find(
      (name) => parsed.value.learning.learners[name] === undefined,
    );
    // A copy, because what was handed in still belongs to the caller.
    if (lost === undefined) return ok(structuredClone(parsed.value));
    const expected = 'a learner of the profile, which can be disabled and not removed';
    return err({ kind: 'bad-config', path: `learning.learners.${lost}`, expected, got: 'nothing' });
  }

  /** The first value within `path` that the policy would not leave as it is asked for. */
  #forbidden(wanted: Configuration, path: string): ConfigError | undefined {
    const left = leavesOf(this.#restricted(wanted, this.#policy));
    for (const [leaf, value] of leavesOf(wanted)) {
      if (isWithin(leaf, path) && !isSameLeaf(left.get(leaf), value))
        return { kind: 'forbidden-by-policy', path: leaf, limit: left.get(leaf) };
    }
    return undefined;
  }

  #adopt(wanted: Configuration): Result<void, ConfigError> {
    const stored = saveOverrides(this.#storage, differences(wanted, this.profile));
    if (!stored.ok) return stored;
    this.#putInForce(wanted, this.#policy);
    return ok(undefined);
  }

  #putInForce(wanted: Configuration, policy: OperatorPolicy): void {
    // A learner that is configured for the first time, or no longer, changes from or to its defaults.
    const names = [this.#wanted, wanted].flatMap(({ learning }) => Object.keys(learning.learners));
    const before = leavesOf(this.#restricted(withLearners(this.#wanted, names), this.#policy));
    const after = leavesOf(this.#restricted(withLearners(wanted, names), policy));
    this.#wanted = wanted;
    this.#policy = policy;
    this.#inForce = this.#restricted(wanted, policy);
    const changes: ConfigurationChange[] = [];
    for (const [path, value] of after) {
      const old = before.get(path) ?? value;
      if (!isSameLeaf(old, value)) changes.push({ path, before: old, after: value });
    }
    this.#tell(changes);
  }

  /** Every listener hears of every change, even when one of them throws; the first throw then goes on. */
  #tell(changes: readonly ConfigurationChange[]): void {
    const thrown: unknown[] = [];
    for (const change of changes) {
      for (const { prefix, tell } of [...this.#listeners]) {
        if (!isWithin(change.path, prefix)) continue;
        try {
          tell(change);
        } catch (failure) {
          thrown.push(failure);
        }
      }
    }
    if (thrown.length > 0) throw thrown[0];
  }

  #restricted(wanted: Configuration, policy: OperatorPolicy): Configuration {
    return deepFrozen(structuredClone(restrictConfiguration(wanted, policy, this.#builtInLearners)));
  }

  /** With the learner in it that a path is about, configured or not. */
  #inForceFor(keys: readonly string[]): Configuration {
    const name = learnerNamed(keys);
    if (name === undefined || Object.hasOwn(this.#inForce.learning.learners, name)) return this.#inForce;
    return this.#restricted(withLearners(this.#wanted, [name]), this.#policy);
  }

  #overrides(): ReadonlyMap<string, ConfigurationLeaf> {
    return differences(this.#wanted, this.profile);
  }
}
