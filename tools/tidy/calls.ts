// Calls that reach the world, and what a test may not do.
import ts from 'typescript';
import { adapters, bannedCalls, bannedModules, pureFolders } from './house-rules.ts';
import { isCode, isTest, lineOf, walk, type Check, type Finding, type Source } from './source.ts';

/** `globalThis.fetch` and `window.fetch` are `fetch`. */
function plainName(expression: ts.Node): string {
  return expression.getText().replace(/^(globalThis|window|self)\./, '');
}

/** Names that the file brings in itself, as a parameter, variable or import of its own files. */
function ownNames(source: Source): ReadonlySet<string> {
  const names = new Set<string>();
  walk(source, (node) => {
    const declares =
      ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isBindingElement(node);
    const declaration = declares || ts.isFunctionDeclaration(node);
    if (declaration && node.name !== undefined && ts.isIdentifier(node.name)) {
      names.add(node.name.text);
    }
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      if (!node.moduleSpecifier.text.startsWith('.')) return;
      const { namedBindings } = node.importClause ?? {};
      if (namedBindings === undefined || !ts.isNamedImports(namedBindings)) return;
      for (const element of namedBindings.elements) names.add(element.name.text);
    }
  });
  return names;
}

/** The banned name that a node uses, if any. */
function usedName(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) && plainName(node.expression) === 'Date') {
    return (node.arguments?.length ?? 0) === 0 ? 'new Date' : undefined;
  }
  if (ts.isPropertyAccessExpression(node)) return plainName(node); // also when passed as a value
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) return node.expression.text;
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return node.moduleSpecifier.text;
  }
  return undefined;
}

function checkPurity(source: Source): Finding[] {
  const own = ownNames(source);
  const findings: Finding[] = [];
  walk(source, (node) => {
    const name = usedName(node);
    if (name === undefined || own.has(name.split('.')[0] ?? '')) return;
    const table = ts.isImportDeclaration(node) ? bannedModules : bannedCalls;
    const instead = Object.hasOwn(table, name) ? table[name] : undefined;
    if (instead === undefined) return;
    const message = `${name} stands outside an adapter: ${instead}`;
    findings.push({ path: source.path, line: lineOf(source, node), message });
  });
  return findings;
}

function checkTest(source: Source): Finding[] {
  const findings: Finding[] = [];
  const add = (node: ts.Node, message: string): void => {
    findings.push({ path: source.path, line: lineOf(source, node), message });
  };
  walk(source, (node) => {
    if (!ts.isCallExpression(node)) return;
    const name = node.expression.getText();
    if (name === 'process.exit') {
      add(node, 'process.exit in a test hides the tests after it: close what keeps it running');
    }
    if (/^(test|it|describe|suite|t)\.(skip|only|todo)$/.test(name)) {
      add(node, `${name}: a test runs, or is removed`);
    }
  });
  return findings;
}

/** The world is reached through ports, and tests are neither skipped nor cut short. */
export const checkCalls: Check = (sources) =>
  sources.filter(isCode).flatMap((source) => {
    if (isTest(source)) return checkTest(source);
    const isAdapter = adapters.some((pattern) => pattern.test(source.path));
    return pureFolders.test(source.path) && !isAdapter ? checkPurity(source) : [];
  });
