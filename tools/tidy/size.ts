// Lengths of lines, functions and files, and names of files.
import ts from 'typescript';
import {
  emptyNames,
  longByNature,
  longestFile,
  longestFunction,
  longestLine,
  longLinesByNature,
  meantNames,
} from './house-rules.ts';
import { isCode, lineOf, parse, walk, type Check, type Finding, type Source } from './source.ts';

function longLines(source: Source): Finding[] {
  if (longLinesByNature.test(source.path)) return [];
  return source.text.split('\n').flatMap((line, index) => {
    if (line.length <= longestLine) return [];
    const message = `${line.length} columns: break it at ${longestLine}`;
    return [{ path: source.path, line: index + 1, message }];
  });
}

function linesOf(source: Source, node: ts.Node): number {
  const tree = parse(source);
  const first = tree.getLineAndCharacterOfPosition(node.getStart()).line;
  return tree.getLineAndCharacterOfPosition(node.getEnd()).line - first + 1;
}

/** The lines of a function without those of the functions inside it, which count for themselves. */
function ownLines(source: Source, node: ts.Node): number {
  let inner = 0;
  const step = (child: ts.Node): void => {
    if (ts.isFunctionLike(child)) inner += linesOf(source, child) - 1;
    else ts.forEachChild(child, step);
  };
  ts.forEachChild(node, step);
  return linesOf(source, node) - inner;
}

function longFunctions(source: Source): Finding[] {
  const findings: Finding[] = [];
  walk(source, (node) => {
    if (!ts.isFunctionLike(node)) return;
    const length = ownLines(source, node);
    if (length <= longestFunction) return;
    const message = `${length} lines in one function, of ${longestFunction}: name its parts`;
    findings.push({ path: source.path, line: lineOf(source, node), message });
  });
  return findings;
}

function longFile(source: Source): Finding[] {
  const length = source.text.trimEnd().split('\n').length;
  if (length <= longestFile) return [];
  const message = `${length} lines: it is more than one thing; split it, at most ${longestFile}`;
  return [{ path: source.path, line: 0, message }];
}

/** Lines fit a screen, functions a page, files a head. */
export const checkSizes: Check = (sources) =>
  sources
    .filter((source) => isCode(source) || /\.(css|sql)$/.test(source.path))
    .flatMap((source) => {
      if (source.path.startsWith('spec/vectors/')) return [];
      if (longByNature.some((pattern) => pattern.test(source.path))) return longLines(source);
      const functions = isCode(source) ? longFunctions(source) : [];
      return [...longLines(source), ...functions, ...longFile(source)];
    });

/** No file or folder has a name that says nothing. */
export const checkNames: Check = (sources) =>
  sources
    .filter((source) => isCode(source) && !meantNames.includes(source.path))
    .flatMap((source) => {
      const names = source.path.split('/').map((name) => name.replace(/\..*$/, ''));
      const empty = names.find((name) => emptyNames.includes(name.toLowerCase()));
      if (empty === undefined) return [];
      const message = `'${empty}' says nothing: name it for the act or the thing it holds`;
      return [{ path: source.path, line: 0, message }];
    });
