import * as v from 'valibot';
import { assert } from '../core/assert';
import { isJsonObject, type JsonObject } from '../core/json';
import { err, ok, type Result } from '../core/result';
import type { Learner, LearnerError } from './learner';

export type RegistryError =
  /** Correct the configuration at `path`. */
  | { readonly kind: 'bad-config'; readonly path: string; readonly expected: string }
  /** Nobody registered this type; `known` are those there are. */
  | {
      readonly kind: 'unknown-type';
      readonly path: string;
      readonly type: string;
      readonly known: readonly string[];
    }
  /** The learner could not start, although its configuration is right. */
  | { readonly kind: 'not-started'; readonly path: string; readonly error: LearnerError };

export interface StartedLearner {
  /** Its name in the configuration, which is its `learnerId`. */
  readonly name: string;
  readonly learner: Learner;
  /**
   * Whether it goes on from what was kept under its `modelPath`: `refused` when that was no snapshot of it, and it
   * begins with nothing.
   */
  readonly model: 'none' | 'loaded' | { readonly refused: LearnerError };
}

/** Brings what is kept under a `modelPath`; `undefined` when there is nothing. */
export type LoadModel = (modelPath: string) => Promise<unknown>;

/** Of one learner; whatever else stands there is passed on to it. */
const EntrySchema = v.looseObject({
  enabled: v.boolean(),
  /** The name when left out. */
  type: v.optional(v.pipe(v.string(), v.minLength(1))),
  modelPath: v.optional(v.string()),
  /** Settings of its own, where those of all learners stand beside them. */
  parameters: v.optional(v.custom<JsonObject>(isJsonObject, 'must be a plain JSON object')),
});
const ConfigurationSchema = v.looseObject({ learners: v.record(v.string(), EntrySchema) });
type Entry = v.InferOutput<typeof EntrySchema>;

/**
 * The kinds of learners there are, and how a configuration becomes running ones.
 *
 * @example
 * const registry = new LearnerRegistry();
 * registry.register('pattern', (learnerId) => new PatternLearner(learnerId));
 * const started = await registry.start({ learners: { pattern: { enabled: true, batchSize: 50 } } });
 */
export class LearnerRegistry {
  readonly #factories = new Map<string, (learnerId: string) => Learner>();

  get types(): readonly string[] {
    return [...this.#factories.keys()];
  }

  /** Registering a type twice is a bug and throws: one of the two would never run. */
  register(type: string, create: (learnerId: string) => Learner): void {
    assert(type !== '', 'a learner type needs a name');
    assert(!this.#factories.has(type), 'this learner type is registered already', type);
    this.#factories.set(type, create);
  }

  /** A learner that is not initialised yet. */
  create(type: string, learnerId: string): Result<Learner, RegistryError> {
    const create = this.#factories.get(type);
    return create === undefined ? err(this.#unknown(type, type)) : ok(create(learnerId));
  }

  /**
   * Creates and initialises every enabled learner of a configuration, `{ learners: { name: { enabled, … } } }`, and
   * loads its model if it has one. All of them or none: when one cannot start, those already running are shut down.
   */
  async start(
    configuration: unknown,
    loadModel: LoadModel = async () => undefined,
  ): Promise<Result<readonly StartedLearner[], RegistryError>> {
    const parsed = v.safeParse(ConfigurationSchema, configuration);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      const { expected } = issue;
      return err({ kind: 'bad-config', path: v.getDotPath(issue) ?? '', expected });
    }
    const enabled = Object.entries(parsed.output.learners).filter(([, entry]) => entry.enabled);
    const unknown = enabled.find(([name, { type = name }]) => !this.#factories.has(type));
    if (unknown !== undefined) {
      const [name, { type }] = unknown;
      return err(
        this.#unknown(type ?? name, type === undefined ? `learners.${name}` : `learners.${name}.type`),
      );
    }
    const started: StartedLearner[] = [];
    for (const [name, entry] of enabled) {
      const one = await this.#startOne(name, entry, loadModel);
      if (!one.ok) {
        await Promise.all(started.map(({ learner }) => learner.shutdown()));
        return one;
      }
      started.push(one.value);
    }
    return ok(started);
  }

  async #startOne(
    name: string,
    { enabled: _, type = name, parameters, ...common }: Entry,
    loadModel: LoadModel,
  ): Promise<Result<StartedLearner, RegistryError>> {
    const created = this.create(type, name);
    if (!created.ok) return created;
    const learner = created.value;
    const path = `learners.${name}`;
    const initialised = await learner.initialize({ ...common, ...parameters });
    if (!initialised.ok) {
      await learner.shutdown();
      const { error } = initialised;
      if (error.kind !== 'bad-config') return err({ kind: 'not-started', path, error });
      const [setting = ''] = error.path.split('.');
      const where = parameters !== undefined && setting in parameters ? `${path}.parameters` : path;
      return err({ ...error, path: error.path === '' ? where : `${where}.${error.path}` });
    }
    const { modelPath = '' } = common;
    return ok({
      name,
      learner,
      model: modelPath === '' ? 'none' : await load(learner, modelPath, loadModel),
    });
  }

  #unknown(type: string, path: string): RegistryError {
    return { kind: 'unknown-type', path, type, known: this.types };
  }
}

async function load(
  learner: Learner,
  modelPath: string,
  loadModel: LoadModel,
): Promise<StartedLearner['model']> {
  try {
    const model = await loadModel(modelPath);
    if (model === undefined) return 'none';
    const loaded = await learner.load(model);
    return loaded.ok ? 'loaded' : { refused: loaded.error };
  } catch (thrown) {
    return { refused: { kind: 'failed', detail: `could not be read: ${String(thrown)}` } };
  }
}
