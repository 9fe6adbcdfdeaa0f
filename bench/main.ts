import { cpus } from 'node:os';
import { benchCodeSize } from './code-size.ts';
import { benchCamera } from './camera.ts';
import { benchCodePage } from './code-page.ts';
import { benchDecision } from './decision.ts';
import { benchEdition } from './edition.ts';
import { benchEntitlement } from './entitlement.ts';
import { benchHostile } from './hostile.ts';
import { benchJourneys } from './journeys.ts';
import { benchSearch } from './search.ts';
import { benchVerify } from './verify.ts';
import { printJson, printTable, type Row } from './report.ts';

/** `npm run bench [-- --json] [name…]`: all benchmarks, or those named. */
const BENCHMARKS: readonly (readonly [string, () => Promise<readonly Row[]>])[] = [
  ['code-size', benchCodeSize],
  ['verify', benchVerify],
  ['decision', benchDecision],
  ['hostile', benchHostile],
  ['entitlement', benchEntitlement],
  ['journeys', benchJourneys],
  ['search', benchSearch],
  ['edition', benchEdition],
  ['code-page', benchCodePage],
  ['camera', benchCamera],
];

const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const asJson = process.argv.includes('--json');
if (!asJson) {
  console.log(
    `Node ${process.version}, ${String(cpus().length)} × ${cpus()[0]?.model ?? 'unknown'}`,
  );
}
for (const [name, run] of BENCHMARKS) {
  if (names.length > 0 && !names.includes(name)) continue;
  const rows = await run();
  if (asJson) printJson(rows);
  else printTable(rows);
}
