// What documents and comments promise: files that exist, clauses that stand in the standard.
import { requiredFiles } from './house-rules.ts';
import { findLines, isCode, isTest, type Check, type Finding, type Source } from './source.ts';

const topFolders = '\\.ci|spec|protocol|domain|server|web|journeys|simulation|bench|tools|docs';
const namedFile = new RegExp(`\`((?:${topFolders})/[\\w./-]+)\``, 'g');
const linkedFile = /\]\((?!\w+:|#)([^)\s#]+)(?:#[^)]*)?\)/g;

/** All paths of the repository, folders included. */
function allPaths(sources: readonly Source[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { path } of sources) {
    const parts = path.split('/');
    parts.forEach((_, index) => paths.add(parts.slice(0, index + 1).join('/')));
  }
  return paths;
}

function resolve(base: string, relative: string): string {
  const url = new URL(relative, `file:///${base}`);
  return decodeURIComponent(url.pathname).slice(1);
}

function namedIn(source: Source): { path: string; line: number }[] {
  return source.text.split('\n').flatMap((text, index) => [
    ...[...text.matchAll(namedFile)].map((match) => ({ path: match[1] ?? '', line: index + 1 })),
    ...[...text.matchAll(linkedFile)].map((match) => ({
      path: resolve(source.path, match[1] ?? ''),
      line: index + 1,
    })),
  ]);
}

/** Made by the build or at run time, and named in documents all the same. */
const notTracked = /^(web\/dist|data)(\/|$)|\.(png|jpe?g)$/;

/** Each file that a document names exists, and so do the documents. */
export const checkNamedFiles: Check = (sources) => {
  const paths = allPaths(sources);
  const documents = sources.filter(
    (source) => source.path.endsWith('.md') && !source.path.startsWith('docs/decisions/'),
  );
  const missing = requiredFiles
    .filter((file) => !paths.has(file))
    .map((file) => ({ path: file, line: 0, message: 'is missing: the project is read from it' }));
  const dangling = documents.flatMap((source) =>
    namedIn(source)
      .map(({ path, line }) => ({ path: path.replace(/\/$/, ''), line }))
      .filter(({ path }) => !paths.has(path) && !notTracked.test(path))
      .map(({ path, line }) => ({
        path: source.path,
        line,
        message: `names ${path}, which is not there: correct the text`,
      })),
  );
  return [...missing, ...dangling];
};

const citation = /\b(?:CODE|TRUST|REV|TIME|REF|TAP|PEER|LIST|JRN|ENT|CLS)-\d+(?:\.\d+)*\b/g;
const sectionCitation = /\bspec\/([\w-]+\.md) §(\d+(?:\.\d+)*)/g;
const clauseId = /\*\*((?:CODE|TRUST|REV|TIME|REF|TAP|PEER|LIST|JRN|ENT|CLS)-\d+(?:\.\d+)*)\*\*/g;

/** The ids of the clauses of each chapter: the bold ids. */
function clauses(sources: readonly Source[]): Map<string, Set<string>> {
  const chapters = sources.filter((source) => /^spec\/[\w-]+\.md$/.test(source.path));
  return new Map(
    chapters
      .filter(({ path }) => path !== 'spec/README.md')
      .map(({ path, text }) => [
        path.slice('spec/'.length),
        new Set([...text.matchAll(clauseId)].map((match) => match[1] ?? '')),
      ]),
  );
}

/** A citation of a whole section, such as CODE-3, stands if the section has a clause. */
function isDefined(id: string, ids: Iterable<string>): boolean {
  for (const known of ids) if (known === id || known.startsWith(`${id}.`)) return true;
  return false;
}

/** Every clause of the standard that the code or a document cites stands in it. */
export const checkCitations: Check = (sources) => {
  const chapters = clauses(sources);
  const all = [...chapters.values()].flatMap((ids) => [...ids]);
  const cites = (source: Source): Finding[] =>
    source.text.split('\n').flatMap((text, index) => {
      const at = (what: string): Finding => {
        const message = `cites ${what}, which the standard does not have: cite the right clause`;
        return { path: source.path, line: index + 1, message };
      };
      const unknown = [...text.matchAll(citation)]
        .filter(([id]) => !isDefined(id, all))
        .map(([id]) => at(id));
      const sections = [...text.matchAll(sectionCitation)]
        .filter(([, chapter = '', number = '']) => {
          const numbers = [...(chapters.get(chapter) ?? [])].map((id) => id.replace(/^\w+-/, ''));
          return !isDefined(number, numbers);
        })
        .map(([whole]) => at(whole));
      return [...unknown, ...sections];
    });
  return sources
    .filter((source) => isCode(source) || source.path.endsWith('.md'))
    .filter((source) => source.path !== 'spec/README.md')
    .flatMap(cites);
};

const suppression = /\/[/*]\s*(?:eslint-disable|@ts-(?:ignore|nocheck|expect-error))/;
/** In a test, "this must not compile" is what is tested. */
const suppressionInTest = /\/[/*]\s*(?:eslint-disable|@ts-(?:ignore|nocheck))/;

/** Comments that switch a check off hide what the check is for. */
export const checkSuppressions: Check = (sources) =>
  sources
    .filter(isCode)
    .flatMap((source) =>
      findLines(
        source,
        isTest(source) ? suppressionInTest : suppression,
        (match) => `'${match[0]}': change the code, or the rule for everybody`,
      ),
    );
