import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parser as promql } from '@prometheus-io/lezer-promql';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { securityHeaders } from '../../../scripts/security-headers';
import { recipes } from '../../../scripts/static-hosting';
import { readConfig } from '../../../server/config';
import { EndpointMetrics } from '../../../server/http/metrics';
import { ComposeSchema } from './support/compose-schema';
import { kubernetesProblems } from './support/kubernetes-schema';

const DEPLOY = 'server/deploy';
const read = (path: string): string => readFileSync(path, 'utf8');

describe('static hosting', () => {
  const guide = read('docs/guide-operators.md');

  test.each([
    ['nginx', 'nginx.conf'],
    ['caddy', 'Caddyfile'],
    ['object-storage', 'object-storage.json'],
  ] as const)('the recipe for %s is made from the headers the app is tested under', (recipe, file) => {
    const made = recipes[recipe](securityHeaders([]));
    const committed = read(`${DEPLOY}/static/${file}`);
    if (file.endsWith('.json')) expect(JSON.parse(committed)).toEqual(JSON.parse(made));
    else expect(committed).toBe(made);
  });

  test.each(['nginx', 'caddy'] as const)('the guide has the same recipe for %s', (recipe) => {
    expect(guide).toContain(recipes[recipe](securityHeaders([])));
  });

  test.each(Object.entries(recipes))('%s: an operator’s origins get into the policy', (_, recipe) => {
    expect(recipe(securityHeaders(['https://insights.example.org']))).toContain(
      "connect-src 'self' https://insights.example.org;",
    );
  });
});

interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** Instructions of each stage, by the stage's name. */
function stagesOf(dockerfile: string): ReadonlyMap<string, readonly Instruction[]> {
  const stages = new Map<string, Instruction[]>();
  let stage: Instruction[] = [];
  const lines = dockerfile
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, ' ')
    .split('\n');
  for (const line of lines.filter((text) => text.trim() !== '')) {
    const [, word = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    if (word === 'FROM') {
      stage = [];
      stages.set(/ AS (\S+)$/.exec(rest)?.[1] ?? '', stage);
    }
    stage.push({ word, rest });
  }
  return stages;
}

describe('the container images', () => {
  const stages = stagesOf(read(`${DEPLOY}/Dockerfile`));
  const KNOWN = 'FROM ARG ENV WORKDIR COPY RUN USER VOLUME EXPOSE HEALTHCHECK CMD'.split(' ');

  test('every stage has a name, a base with a full version or an earlier stage, and known instructions', () => {
    const earlier: string[] = [];
    for (const [name, instructions] of stages) {
      expect(name).not.toBe('');
      const base = instructions[0]?.rest.split(' ')[0] ?? '';
      if (!earlier.includes(base)) expect(base).toMatch(/^[\w./-]+:\d+\.\d+[\w.-]*$/);
      for (const { word } of instructions) expect(KNOWN).toContain(word);
      earlier.push(name);
    }
  });

  test.each(['endpoint', 'app'])(
    '%s runs as nobody special, says how it is, and is built in an earlier stage',
    (name) => {
      const instructions = stages.get(name) ?? [];
      const of = (word: string) => instructions.filter((instruction) => instruction.word === word);
      const user = of('USER').at(-1)?.rest ?? 'root';
      expect(user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
      expect(of('HEALTHCHECK')).toHaveLength(1);
      expect(of('COPY').every(({ rest }) => rest.startsWith('--from='))).toBe(true);
      expect(of('RUN').some(({ rest }) => /npm|npx|apt/.test(rest))).toBe(false);
    },
  );

  test('what is copied from the sources is there, and let into the context', () => {
    const lets = read('.dockerignore').split('\n');
    expect(lets[1]).toBe('*');
    for (const name of [
      'package.json',
      'package-lock.json',
      'server',
      'src',
      'scripts',
      'public',
      'workers',
    ]) {
      expect(existsSync(name)).toBe(true);
      expect(lets).toContain(`!${name}`);
    }
    expect(lets.some((line) => /node_modules|\.git|\.env/.test(line))).toBe(false);
  });

  test('the native module brings everything it needs', () => {
    const copied = (stages.get('endpoint') ?? [])
      .map(({ rest }) => /node_modules\/(\S+) node_modules\/\1$/.exec(rest)?.[1])
      .filter((name) => name !== undefined);
    const needed = new Set<string>();
    const add = (name: string): void => {
      needed.add(name);
      const { dependencies = {} } = JSON.parse(read(`node_modules/${name}/package.json`));
      // It fetches or builds the binary, which is there by then.
      for (const one of Object.keys(dependencies)) if (one !== 'prebuild-install') add(one);
    };
    add('better-sqlite3');
    expect(new Set(copied)).toEqual(needed);
  });
});

describe('the compose file', () => {
  const file: unknown = parse(read(`${DEPLOY}/compose.yaml`));

  test('has what we mean to use of Compose and nothing else', () => {
    const { issues } = v.safeParse(ComposeSchema, file);
    expect(issues?.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`)).toBeUndefined();
  });

  test('names only services, networks, volumes, stages and settings that there are', () => {
    const { services, networks, volumes } = v.parse(ComposeSchema, file);
    const stages = stagesOf(read(`${DEPLOY}/Dockerfile`));
    for (const service of Object.values(services)) {
      for (const name of Object.keys(service.depends_on ?? {}))
        expect(services[name]?.healthcheck).toBeDefined();
      for (const name of service.networks ?? []) expect(Object.keys(networks)).toContain(name);
      for (const volume of service.volumes ?? [])
        expect(Object.keys(volumes)).toContain(volume.split(':')[0]);
      if (service.build !== undefined) expect([...stages.keys()]).toContain(service.build.target);
    }
    const settings = Object.entries(services['endpoint']?.environment ?? {}).map(([name, value]) => [
      name,
      value.replace(/\$\{\w+:-([^}]*)\}/g, '$1').replace(/\$\{\w+:\?[^}]*\}/g, 'password'),
    ]);
    expect(readConfig(Object.fromEntries(settings))).toMatchObject({ ok: true });
  });
});

describe('the Kubernetes manifests', () => {
  const folder = `${DEPLOY}/kubernetes`;
  const documents = readdirSync(folder).flatMap((file) =>
    parseAllDocuments(read(`${folder}/${file}`)).map((document) => ({ file, manifest: document.toJS() })),
  );
  const one = (kind: string) => documents.find(({ manifest }) => manifest.kind === kind)?.manifest;

  test('are valid by the schemas of the Kubernetes API', () => {
    const manifests = documents.filter(({ manifest }) => manifest.kind !== 'Kustomization');
    expect(manifests.length).toBeGreaterThan(6);
    for (const { file, manifest } of manifests)
      expect([file, kubernetesProblems(manifest)]).toEqual([file, []]);
  });

  test('would not be with a wrong type or a field that is misspelt', () => {
    const wrong = structuredClone(one('Deployment'));
    wrong.spec.replicas = '3';
    expect(kubernetesProblems(wrong)).toHaveLength(1);
    const misspelt = structuredClone(one('Deployment'));
    misspelt.spec.template.spec.containers[0].readinesProbe = {};
    expect(kubernetesProblems(misspelt)).toEqual([
      'apps/v1 Deployment: /spec/template/spec/containers/0/readinesProbe is no field of it',
    ]);
  });

  test('the kustomization has every file but the form of the secret', () => {
    const files = readdirSync(folder).filter(
      (file) => file !== 'kustomization.yaml' && file !== 'secret.example.yaml',
    );
    expect([...one('Kustomization').resources].sort()).toEqual(files.sort());
  });

  test('three replicas, of which two stay, ask for limits and give up every privilege', () => {
    const { spec } = one('Deployment');
    expect(spec.replicas).toBe(3);
    expect(one('PodDisruptionBudget').spec.minAvailable).toBe(2);
    const pod = spec.template.spec;
    const [container] = pod.containers;
    expect(pod.securityContext.runAsNonRoot).toBe(true);
    expect(container.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.resources.limits).toHaveProperty('memory');
    expect([container.livenessProbe.httpGet.path, container.readinessProbe.httpGet.path]).toEqual([
      '/health',
      '/ready',
    ]);
  });

  test('everything that selects the pods selects by their labels', () => {
    const { labels } = one('Deployment').spec.template.metadata;
    for (const selected of [
      one('Deployment').spec.selector.matchLabels,
      one('Service').spec.selector,
      one('PodDisruptionBudget').spec.selector.matchLabels,
      one('NetworkPolicy').spec.podSelector.matchLabels,
    ])
      expect(labels).toMatchObject(selected);
  });

  test('settings and secrets are what the endpoint takes', () => {
    const settings = { ...one('ConfigMap').data, ...one('Secret').stringData };
    expect(readConfig(settings)).toMatchObject({ ok: true, value: { store: { kind: 'postgres' } } });
  });
});

describe('the alert rules', () => {
  const { groups }: { groups: { rules: { alert: string; expr: string; annotations: object }[] }[] } = parse(
    read(`${DEPLOY}/prometheus/rules.yaml`),
  );
  const rules = groups.flatMap((group) => group.rules);

  const hasError = (expression: string): boolean => {
    let found = false;
    promql.parse(expression).iterate({
      enter: ({ type }) => {
        found ||= type.isError;
      },
    });
    return found;
  };

  test.each(rules.map(({ alert, expr }) => [alert, expr]))('%s is PromQL', (_, expr) => {
    expect(hasError(expr)).toBe(false);
    expect(hasError(`${expr} + (`)).toBe(true);
  });

  test('each says what happened and what to do', () => {
    for (const { annotations } of rules) expect(Object.keys(annotations)).toEqual(['summary', 'action']);
  });

  test('ask only for metrics that the endpoint has', async () => {
    const exposed = await new EndpointMetrics(() => 0).registry.getMetricsAsJSON();
    const names = exposed.map(({ name }) => name);
    for (const { expr } of rules)
      for (const [name] of expr.matchAll(/\becho_\w+/g))
        expect(names).toContain(name.replace(/_bucket$/, ''));
  });
});
