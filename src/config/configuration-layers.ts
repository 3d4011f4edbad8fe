import { type Configuration, isLearnerName } from './configuration';
import { type ConfigurationLeaf, isSameLeaf, leavesOf, placeAt, valueAt } from './configuration-path';
import { type ConfigurationProfile, configurationProfiles, defaultLearner } from './configuration-profiles';

/** The learner a path is about. */
export function learnerNamed([group, subgroup, name]: readonly string[]): string | undefined {
  const isLearner = group === 'learning' && subgroup === 'learners' && name !== undefined;
  return isLearner && isLearnerName(name) ? name : undefined;
}

/** The configuration with these learners in it; those that are not configured get the defaults. */
export function withLearners(configuration: Configuration, names: readonly string[]): Configuration {
  const { learners } = configuration.learning;
  const added = names.filter((name) => !Object.hasOwn(learners, name)).map((name) => [name, defaultLearner]);
  if (added.length === 0) return configuration;
  return {
    ...configuration,
    learning: { ...configuration.learning, learners: { ...learners, ...Object.fromEntries(added) } },
  };
}

/** A copy with a value in place; `undefined` where something on the way is no group. */
export function placedIn(
  configuration: Configuration,
  keys: readonly string[],
  value: unknown,
): Configuration | undefined {
  const name = learnerNamed(keys);
  const copy = structuredClone(withLearners(configuration, name === undefined ? [] : [name]));
  return placeAt(copy, keys, value) ? copy : undefined;
}

/** What is set: the values in which a configuration differs from its profile. */
export function differences(
  wanted: Configuration,
  profile: ConfigurationProfile,
): ReadonlyMap<string, ConfigurationLeaf> {
  return new Map(
    [...leavesOf(wanted)].filter(
      ([path, value]) => !isSameLeaf(value, leafOr(configurationProfiles[profile], path)),
    ),
  );
}

/** The value at the path of a leaf; for a learner that is not there, the default. */
export function leafOr(configuration: Configuration, path: string): ConfigurationLeaf {
  const keys = path.split('.');
  const found = valueAt(configuration, keys);
  return (found ?? valueAt(defaultLearner, keys.slice(3))) as ConfigurationLeaf;
}

/** Whether a path is that of a group or lies in it; everything lies in the group without a name. */
export function isWithin(path: string, group: string): boolean {
  return group === '' || path === group || path.startsWith(`${group}.`);
}

export function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFrozen);
  return value;
}
