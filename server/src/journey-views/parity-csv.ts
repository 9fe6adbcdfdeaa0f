import { csvText, markedCell } from '../draft/csv.ts';
import { partyName } from './party-names.ts';
import type { ParityReport, ServiceParity, Side } from './parity.ts';

/** Spreadsheets take UTF-8 for something else without it. */
const BYTE_ORDER_MARK = '\ufeff';

const COLUMNS = [
  'from',
  'to',
  'service',
  'service_name',
  'operator',
  'residence',
  'residence_name',
  'who',
  'taps',
  'refused',
  'refusals',
  'journeys',
  'full_fen',
  'rider_fen',
  'concession_fen',
  'disputed',
] as const;

/**
 * The report as a table: one row for each service and residence, and one for scans of what was no
 * code. No cell begins as a formula does.
 */
export function parityCsv(party: string, report: ParityReport): string {
  const rows = report.services.flatMap((service) => rowsOf(party, report, service));
  return BYTE_ORDER_MARK + csvText([COLUMNS, ...rows].map((row) => row.map(markedCell)));
}

function rowsOf(
  party: string,
  { from, to }: ParityReport,
  { service, name, operator, byResidence, unread }: ServiceParity,
): readonly (readonly string[])[] {
  const cells = (residence: string, who: string, side: Side): readonly string[] => [
    ...[from, to, service, name?.zhCN ?? '', operator, residence],
    residence === '' ? '' : partyName(residence).zhCN,
    who,
    ...numbersOf(side),
  ];
  const rows = Object.entries(byResidence).map(([residence, side]) =>
    cells(residence, residence === party ? 'local' : 'visitor', side),
  );
  return unread.taps === 0 ? rows : [...rows, cells('', 'unread', unread)];
}

function numbersOf(side: Side): readonly string[] {
  const refusals = Object.entries(side.refusals).map(([code, count]) => `${code} ${String(count)}`);
  const { journeys, fullFen, riderFen, concessionFen, disputed } = side;
  return [
    ...[side.taps, side.refused].map(String),
    refusals.join('; '),
    ...[journeys, fullFen, riderFen, concessionFen, disputed].map(String),
  ];
}
