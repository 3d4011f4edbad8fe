import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { en, type MessageKey } from '../../../src/ui/i18n/en';
import { enGate } from '../../../src/ui/i18n/en-gate';

const UI = join(import.meta.dirname, '../../../src/ui');
/** Attributes that people see or hear. */
const SPOKEN = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'hint', 'aria-valuetext']);

const files = readdirSync(UI, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('i18n/en') && !name.includes('i18n/zh'))
  .map((name) => {
    const source = readFileSync(join(UI, name), 'utf8');
    return ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  });

function visit(node: ts.Node, onNode: (node: ts.Node) => void): void {
  onNode(node);
  ts.forEachChild(node, (child) => visit(child, onNode));
}

/** Addresses begin the same in every language. */
const hasLetters = (text: string) => /\p{Letter}/u.test(text.replace('https://', ''));

function hardCodedIn(file: ts.SourceFile): string[] {
  const found: string[] = [];
  visit(file, (node) => {
    if (ts.isJsxText(node) && hasLetters(node.text)) found.push(node.text.trim());
    if (!ts.isJsxAttribute(node) || !SPOKEN.has(node.name.getText())) return;
    const value = node.initializer;
    if (value !== undefined && ts.isStringLiteral(value) && hasLetters(value.text)) found.push(value.text);
  });
  return found;
}

/** Calls such as `text('some.key', { name })` with the names of the values they hand over. */
function callsIn(file: ts.SourceFile): { key: string; names: string[] }[] {
  const calls: { key: string; names: string[] }[] = [];
  visit(file, (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'text') return;
    const [key, values] = node.arguments;
    if (key === undefined || !ts.isStringLiteral(key)) return;
    if (values !== undefined && !ts.isObjectLiteralExpression(values)) return;
    const properties = values?.properties ?? ts.factory.createNodeArray();
    if (properties.some(ts.isSpreadAssignment)) return;
    calls.push({ key: key.text, names: properties.map((property) => property.name?.getText() ?? '').sort() });
  });
  return calls;
}

/** The names a message asks for: whatever follows an opening brace, up to a comma or the closing one. */
function namesAskedFor(message: string): string[] {
  return [...new Set([...message.matchAll(/\{([a-zA-Z]+)[,}]/g)].map((match) => match[1] ?? ''))].sort();
}

/** Message keys that a file spells out, and the beginnings of those it puts together. */
function keysIn(file: ts.SourceFile): { whole: string[]; beginnings: string[] } {
  const whole: string[] = [];
  const beginnings: string[] = [];
  visit(file, (node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) whole.push(node.text);
    if (ts.isTemplateExpression(node)) beginnings.push(node.head.text);
  });
  return { whole, beginnings };
}

/** Files of the UI that are fetched with `entry`: what it imports, without what it fetches later. */
function fetchedWith(entry: string): ts.SourceFile[] {
  const found = new Map<string, ts.SourceFile>();
  const collect = (name: string): void => {
    const file = files.find((one) => [`${name}.tsx`, `${name}.ts`].includes(one.fileName));
    if (file === undefined || found.has(name)) return;
    found.set(name, file);
    for (const statement of file.statements) {
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
      collect(normalize(join(dirname(file.fileName), statement.moduleSpecifier.text)));
    }
  };
  collect(entry);
  return [...found.values()];
}

describe('words of the interface', () => {
  it.each(files.map((file) => [file.fileName, file] as const))(
    '%s takes them from the catalogue',
    (_, file) => {
      expect(hardCodedIn(file)).toEqual([]);
    },
  );

  it('finds text that is hard-coded', () => {
    const sample = '<p title="Hello">World <b>{name}</b> · 12</p>';
    const file = ts.createSourceFile('x.tsx', sample, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
    expect(hardCodedIn(file)).toEqual(['Hello', 'World']);
  });

  it('get the values they ask for, no more and no fewer', () => {
    const calls = files.flatMap(callsIn);
    expect(calls.length).toBeGreaterThan(200);
    const wrong = calls.filter(
      ({ key, names }) => namesAskedFor(en[key as MessageKey]).join() !== names.join(),
    );
    expect(wrong).toEqual([]);
  });

  it('are in the first catalogue where they are needed before the places', () => {
    const gate = fetchedWith('app');
    expect(gate.map((file) => file.fileName)).toContain('screens/locked.tsx');
    expect(gate.map((file) => file.fileName)).not.toContain('screens/talk.tsx');
    const used = gate.map(keysIn);
    const beginnings = used.flatMap((file) => file.beginnings).filter((beginning) => beginning.includes('.'));
    const late = (Object.keys(en) as MessageKey[]).filter(
      (key) =>
        !(key in enGate) &&
        (used.some(({ whole }) => whole.includes(key)) ||
          beginnings.some((beginning) => key.startsWith(beginning))),
    );
    expect(late).toEqual([]);
  });

  it('are all in use', () => {
    const used = files.map(keysIn);
    const whole = new Set(used.flatMap((file) => file.whole));
    const beginnings = used.flatMap((file) => file.beginnings).filter((beginning) => beginning.includes('.'));
    const unused = (Object.keys(en) as MessageKey[]).filter(
      (key) => !whole.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
  });
});
