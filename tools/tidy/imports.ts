// Who may import whom.
import path from 'node:path';
import ts from 'typescript';
import { allowedImports, mayImport, packagesOf } from './house-rules.ts';
import { isCode, isTest, lineOf, walk, type Check, type Finding, type Source } from './source.ts';

/**
 * The area that a file belongs to: a workspace, a room of the domain, a face of the web, a room of
 * the server with a line of its own, or a folder of the root package.
 */
export function areaOf(file: string): string {
  const [workspace = '', folder = '', room = ''] = file.split('/');
  if (workspace === 'domain') {
    if (folder === 'src' && room !== '')
      return room.includes('.') ? 'domain/index' : `domain/${room}`;
    return 'domain';
  }
  if (workspace === 'web') {
    if (folder === 'src' && room !== '' && !room.includes('.')) return `web/${room}`;
    return folder === 'src' ? 'web' : 'web/build';
  }
  if (mayImport[`${workspace}/${room}`] !== undefined) return `${workspace}/${room}`;
  return workspace;
}

interface Import {
  readonly specifier: string;
  readonly line: number;
}

function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node | undefined): void => {
    if (node !== undefined && ts.isStringLiteralLike(node)) {
      found.push({ specifier: node.text, line: lineOf(source, node) });
    }
  };
  walk(source, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0]);
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal);
    }
  });
  return found;
}

/** The area that an import reaches, or undefined for a package from outside. */
function targetArea(source: Source, specifier: string): string | undefined {
  const workspace = /^@tongyu\/(\w+)/.exec(specifier)?.[1];
  if (workspace !== undefined) return workspace;
  if (!specifier.startsWith('.')) return undefined;
  return areaOf(path.posix.join(path.posix.dirname(source.path), specifier));
}

function isAllowed(source: Source, specifier: string, from: string, to: string): boolean {
  if (from === to || to === '') return true; // '': a file of the root, such as package.json
  const allowed = mayImport[from];
  if (allowed === undefined) return true;
  // Tests may use what tests use.
  const wider = isTest(source) ? [...allowed, 'tools'] : allowed;
  if (wider.some((area) => to === area || to.startsWith(`${area}/`))) return true;
  const target = path.posix.join(path.posix.dirname(source.path), specifier);
  return allowedImports.some((pass) => source.path.startsWith(pass.from) && target === pass.to);
}

function checkImport(source: Source, { specifier, line }: Import): Finding[] {
  const at = (message: string): Finding[] => [{ path: source.path, line, message }];
  const from = areaOf(source.path);
  const workspace = from.split('/')[0] ?? '';
  const to = targetArea(source, specifier);
  if (to === undefined) {
    const packages = packagesOf[workspace];
    if (packages === undefined || isTest(source)) return [];
    if (packages.some((name) => specifier === name || specifier.startsWith(`${name}/`))) return [];
    return at(
      `${workspace} may not import '${specifier}': pass what is needed as an argument, or add ` +
        'the package to packagesOf in tools/tidy/house-rules.ts by a recorded decision',
    );
  }
  const library = ['protocol', 'domain'].includes(to.split('/')[0] ?? '');
  if (specifier.startsWith('.') && library && to.split('/')[0] !== workspace) {
    return at(`import '@tongyu/${to.split('/')[0] ?? ''}' instead of '${specifier}'`);
  }
  if (isAllowed(source, specifier, from, to)) return [];
  const allowed = mayImport[from] ?? [];
  return at(
    `${from} may not import ${to} (only ${allowed.length > 0 ? allowed.join(', ') : 'itself'}): ` +
      'move the shared part down, or pass it as an argument',
  );
}

/** Every import keeps to the table, and every room has its line in it. */
export const checkImports: Check = (sources) =>
  sources.filter(isCode).flatMap((source) => {
    const area = areaOf(source.path);
    const inTable = mayImport[area] !== undefined || !/^(domain|web)\//.test(area);
    const findings: Finding[] = inTable
      ? []
      : [
          {
            path: source.path,
            line: 0,
            message: `the area '${area}' has no line in mayImport, tools/tidy/house-rules.ts`,
          },
        ];
    return [...findings, ...importsOf(source).flatMap((one) => checkImport(source, one))];
  });
