import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, securityHeaders } from '../../../scripts/security-headers';
import { OperatorPolicySchema } from '../../../src/config/policy';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const documents = [
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Invented for a recipe: what the reader is about to make. */
const INVENTED = /vibrate|duration-learner|</;

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found ?? '');

describe('the documents', () => {
  it.each(documents)('%s names only files and folders that exist', (document) => {
    const paths = matches(
      read(document),
      /`((?:src|test|scripts|bench|docs|workers|public|models)\/[^`\s]*|[.\w-]+\.(?:md|cjs))`/g,
    );
    const missing = paths.filter(
      (path) => !INVENTED.test(path) && !path.includes('*') && !existsSync(join(ROOT, path)),
    );
    // `policy.json` is the operator's to write.
    expect(missing.filter((path) => path !== 'public/policy.json')).toEqual([]);
  });

  it.each(documents)('%s links only to files that exist', (document) => {
    const links = matches(read(document), /\]\((?!https?:|#)([^)#]+)[^)]*\)/g);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(document), link)))).toEqual([]);
  });

  it.each(documents)('%s names only commands that package.json has', (document) => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Record<string, string> };
    const commands = matches(read(document), /npm run ([\w:]+)/g);
    expect(commands.filter((command) => scripts[command] === undefined)).toEqual([]);
  });
});

describe('the operators’ guide', () => {
  const guide = read('docs/guide-operators.md');

  it('gives the headers that the app is tested under, in each of its recipes', () => {
    const fences = matches(guide, /```(?:text|nginx|caddy)\n([\s\S]*?)```/g);
    expect(fences).toHaveLength(3);
    for (const fence of fences) {
      const seen = fence.toLowerCase();
      for (const [name, value] of Object.entries(securityHeaders([]))) {
        expect(seen).toContain(name);
        expect(fence).toContain(value);
      }
    }
    expect(guide).toContain(contentSecurityPolicy([]));
  });

  it('explains every field of the policy, and no other', () => {
    const table = guide.slice(guide.indexOf('| Field'), guide.indexOf('- The build stops'));
    expect(matches(table, /^\| `(\w+)` +\|/gm).sort()).toEqual(
      Object.keys(OperatorPolicySchema.entries).sort(),
    );
  });
});
