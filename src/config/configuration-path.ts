import type { JsonObject } from '../core/json';
import type { Configuration } from './configuration';

type PathsOf<T, Prefix extends string = ''> = {
  [Key in keyof T & string]: T[Key] extends string | number | boolean | readonly unknown[]
    ? `${Prefix}${Key}`
    : Key extends 'parameters'
      ? `${Prefix}${Key}`
      : `${Prefix}${Key}` | PathsOf<T[Key], `${Prefix}${Key}.`>;
}[keyof T & string];

/** A group or a single value, such as `learning.dataManager` or `learning.dataManager.cacheSize`. */
export type ConfigurationPath = PathsOf<Configuration>;

/** The dot goes first: where any name is a key, `a.b` would be one too. */
type At<T, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof T
    ? At<T[Head], Rest>
    : never
  : Path extends keyof T
    ? T[Path]
    : never;

/** What is found at a path. */
export type ConfigurationAt<Path extends string> = At<Configuration, Path>;

export type ConfigurationLeaf = string | number | boolean | readonly string[] | JsonObject;

type Tree = { [key: string]: unknown };

const SEGMENT = /^[A-Za-z][A-Za-z0-9_-]*$/;
const RESERVED: readonly string[] = ['constructor', 'prototype'];

/** The parts of a path; `undefined` when no setting can have it, whatever the schema says. */
export function splitPath(path: string): readonly string[] | undefined {
  const keys = path.split('.');
  return keys.every((key) => SEGMENT.test(key) && !RESERVED.includes(key)) ? keys : undefined;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(tree: object, keys: readonly string[]): unknown {
  let value: unknown = tree;
  for (const key of keys) {
    if (!isTree(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** Changes `tree`. False when something on the way is a value and not a group; then nothing changed. */
export function placeAt(tree: object, keys: readonly string[], value: unknown): boolean {
  const last = keys.at(-1);
  const group = valueAt(tree, keys.slice(0, -1));
  if (last === undefined || !isTree(group)) return false;
  group[last] = value;
  return true;
}

/** A learner's own parameters are one value: Echo does not know what is in them. */
const isParameters = (keys: readonly string[]): boolean => keys.length === 4 && keys[3] === 'parameters';

/** Every single value of a configuration, or of a part of one, by its full path. */
export function leavesOf(value: unknown, keys: readonly string[] = []): Map<string, ConfigurationLeaf> {
  if (!isTree(value) || isParameters(keys)) return new Map([[keys.join('.'), value as ConfigurationLeaf]]);
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...leavesOf(inner, [...keys, key])]));
}

export function isSameLeaf(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
