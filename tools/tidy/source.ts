// The files that tidy looks at, and what a check says about them.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface Source {
  /** Path from the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** One broken rule: where, and what to do about it. */
export interface Finding {
  readonly path: string;
  /** Counted from 1; 0 when the file as a whole is meant. */
  readonly line: number;
  readonly message: string;
}

/** A check of one file after another, or of all of them together. */
export type Check = (sources: readonly Source[]) => Finding[];

const binary = /\.(png|jpe?g|webp|ico|wasm|ttf|woff2?|gz|zip|y4m)$/;

/** Files that git tracks or would track, as they stand in the folder. */
export function readRepository(root: string): Source[] {
  const list = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(list.split('\0'))]
    .filter((file) => file !== '' && !binary.test(file))
    .filter((file) => existsSync(path.join(root, file)) && statSync(path.join(root, file)).isFile())
    .sort()
    .map((file) => ({ path: file, text: readFileSync(path.join(root, file), 'utf8') }));
}

export function isCode(source: Source): boolean {
  return /\.(ts|tsx|mjs|js)$/.test(source.path);
}

/** A test, or a contract: tests that several implementations run. */
export function isTest(source: Source): boolean {
  return /\.(test|contract)\.ts$/.test(source.path);
}

const trees = new WeakMap<Source, ts.SourceFile>();

/** The syntax tree of a file of code; parsed once. */
export function parse(source: Source): ts.SourceFile {
  let tree = trees.get(source);
  if (tree === undefined) {
    tree = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest, true);
    trees.set(source, tree);
  }
  return tree;
}

/** Calls `visit` for every node of the file, parents first. */
export function walk(source: Source, visit: (node: ts.Node) => void): void {
  const step = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, step);
  };
  step(parse(source));
}

export function lineOf(source: Source, node: ts.Node): number {
  return parse(source).getLineAndCharacterOfPosition(node.getStart()).line + 1;
}

/** A finding at each line that the pattern matches. */
export function findLines(
  source: Source,
  pattern: RegExp,
  message: (match: RegExpExecArray) => string,
): Finding[] {
  return source.text.split('\n').flatMap((line, index) => {
    const match = pattern.exec(line);
    return match === null ? [] : [{ path: source.path, line: index + 1, message: message(match) }];
  });
}
