import { join } from 'node:path';
import vm from 'node:vm';
import ts from 'typescript';
import { expect } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** A piece of TypeScript out of a comment or a document, that may import what stands in the sources. */
export interface Example {
  readonly title: string;
  readonly code: string;
  /** Where it would stand, relative to the root; beside `sdk.ts` when left out. */
  readonly path?: string;
}

/** `@example` blocks of a file, each with the names that the statements below its comment export. */
export function examplesIn(source: string): readonly (Example & { readonly exported: readonly string[] })[] {
  const groups = source.split(/^\/\*\*$/m).slice(1);
  return groups.flatMap((group) => {
    const [comment = '', statements = ''] = group.split(/^ \*\/$/m);
    const exported = [...statements.matchAll(/\{([^}]*)\}/g)].flatMap(([, names = '']) =>
      names.split(',').flatMap((name) => name.replace(/^\s*type\s/, '').trim() || []),
    );
    const [, block] = comment.split('@example');
    if (exported.length === 0) return [];
    const code = (block ?? '').replace(/^ \* ?/gm, '');
    return [{ title: exported.join(', '), code, exported }];
  });
}

/** Fenced TypeScript of a document, in the order it stands there. */
export function fencesIn(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^ *```ts\n([\s\S]*?)^ *```/gm)].map(([, code = '']) => code);
}

/** What the compiler has to say about the examples, under the rules of the app. */
export function compileErrors(examples: readonly Example[]): readonly string[] {
  const base = ts.readConfigFile(join(ROOT, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    {
      compilerOptions: { ...base.config.compilerOptions, lib: ['ES2023', 'DOM', 'DOM.Iterable'] },
      files: [],
    },
    ts.sys,
    ROOT,
  );
  const sources = new Map(
    examples.map(({ code, path }, index) => [
      join(ROOT, path ?? `src/example-${index}.ts`),
      `${code}\nexport {};\n`,
    ]),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => sources.has(path) || fileExists.call(host, path);
  host.readFile = (path) => sources.get(path) ?? readFile.call(host, path);
  host.getSourceFile = (path, version, ...rest) => {
    const code = sources.get(path);
    return code === undefined
      ? getSourceFile.call(host, path, version, ...rest)
      : ts.createSourceFile(path, code, version);
  };
  const program = ts.createProgram([...sources.keys()], { ...options, noUnusedLocals: false }, host);
  return [...sources.keys()].flatMap((path) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`),
  );
}

/** Runs an example: each line that ends in `// → value` has to give that value. Answers with how many there were. */
export async function runExample(
  code: string,
  modules: Record<string, unknown>,
  exported: Record<string, unknown> = {},
): Promise<number> {
  const checking = code.replace(/^(\S.*?);? \/\/ → (.+)$/gm, 'check($1, $2);');
  const { outputText } = ts.transpileModule(checking, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  // CommonJS knows `await` inside of functions only.
  const run = vm.compileFunction(`return (async () => {${outputText}})();`, ['require', 'exports', 'check']);
  let checks = 0;
  const check = (actual: unknown, expected: unknown): void => {
    checks += 1;
    expect(actual).toEqual(expected);
  };
  const require = (name: string): unknown => modules[name] ?? modules['sdk'];
  await run(require, exported, check);
  return checks;
}
