// What may stand in no file: work left for later, and traces of one machine.
import { findLines, isCode, type Check } from './source.ts';

// Written so that these patterns do not match themselves.
const leftover =
  /\b(TO(?:DO)|FIX(?:ME)|X{3})\b|\b(not (?:implemented)|stub(?:bed)? (?:for|out)|for (?:now),)/;
const machinePath = /(?:^|[^\w.-])\/(?:work|tmp|root)\/|\.\.\/(?:shared)\b/;
const registryHost = /https?:\/\/[\w.-]*(?:registry|npmmirror|verdaccio|artifactory|nexus)[\w.-]*/;

/** Nothing is left for later in the code. */
export const checkLeftovers: Check = (sources) =>
  sources
    .filter((source) => isCode(source) || /\.(css|html|sql|md)$/.test(source.path))
    .filter((source) => !source.path.startsWith('docs/decisions/'))
    .flatMap((source) =>
      findLines(source, leftover, (match) => `'${match[0]}': do it now, or file it as an issue`),
    );

/** Nothing in the repository knows the machine it was written on. */
export const checkMachineTraces: Check = (sources) =>
  sources.flatMap((source) => [
    ...findLines(source, machinePath, () => 'a path of one machine: derive it, or use os.tmpdir()'),
    ...findLines(source, registryHost, () => "a registry's address: leave it to npm's settings"),
  ]);
