import * as apps from 'kubernetes-models/apps/v1';
import * as networking from 'kubernetes-models/networking.k8s.io/v1';
import * as policy from 'kubernetes-models/policy/v1';
import * as core from 'kubernetes-models/v1';

/** Constructors of what the manifests use, by `apiVersion kind`. */
const models: Readonly<Record<string, new (value: never) => { validate(): void }>> = {
  'v1 Namespace': core.Namespace,
  'v1 ConfigMap': core.ConfigMap,
  'v1 Secret': core.Secret,
  'v1 Service': core.Service,
  'v1 ServiceAccount': core.ServiceAccount,
  'apps/v1 Deployment': apps.Deployment,
  'policy/v1 PodDisruptionBudget': policy.PodDisruptionBudget,
  'networking.k8s.io/v1 NetworkPolicy': networking.NetworkPolicy,
};

/**
 * What is wrong with a manifest by the schema of the Kubernetes API, unknown fields included. The schemas as they
 * are published ignore those; but a validator looks at each field it knows, and so what it never looked at is a
 * field it does not know.
 */
export function kubernetesProblems(manifest: {
  readonly apiVersion: string;
  readonly kind: string;
}): readonly string[] {
  const name = `${manifest.apiVersion} ${manifest.kind}`;
  const Model = models[name];
  if (Model === undefined) return [`${name} is not known here`];
  const seen = new Set<string>();
  try {
    const model = new Model(manifest as never);
    Object.assign(model, watched(manifest, '', seen));
    model.validate();
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
  }
  return pathsOf(manifest, '')
    .filter((path) => !seen.has(path) && path !== '/apiVersion' && path !== '/kind')
    .map((path) => `${name}: ${path} is no field of it`);
}

function watched<T extends object>(value: T, path: string, seen: Set<string>): T {
  return new Proxy(value, {
    get(target, key, receiver) {
      const member: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'symbol') return member;
      const below = `${path}/${key}`;
      seen.add(below);
      return typeof member === 'object' && member !== null ? watched(member, below, seen) : member;
    },
  });
}

function pathsOf(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    `${path}/${key}`,
    ...pathsOf(member, `${path}/${key}`),
  ]);
}
