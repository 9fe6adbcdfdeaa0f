/** One line of the report: what was seen, and the figure that it is held against. */
export type Row = {
  readonly group: string;
  readonly name: string;
  readonly value: number;
  readonly unit:
    | 'x raw ES256'
    | 'x raw SM2'
    | 'x verify'
    | 'us'
    | 'ms'
    | 'chars'
    | 'QR version'
    | 'bytes'
    | 'MB'
    | 'per s'
    | 'ratio';
  readonly goal?: number;
  /** Goals are upper limits unless this says otherwise. */
  readonly goalIsMinimum?: boolean;
};

export function meetsGoal(row: Row): boolean | undefined {
  if (row.goal === undefined) return undefined;
  return row.goalIsMinimum === true ? row.value >= row.goal : row.value <= row.goal;
}

export function printTable(rows: readonly Row[]): void {
  let group = '';
  for (const row of rows) {
    if (row.group !== group) {
      group = row.group;
      console.log(`\n${group}`);
    }
    const value = `${row.value.toFixed(decimals(row))} ${row.unit}`;
    const sign = row.goalIsMinimum === true ? '≥' : '≤';
    const verdict = meetsGoal(row) === true ? 'met' : 'MISSED';
    const goal = row.goal === undefined ? '' : `  goal ${sign} ${String(row.goal)}  ${verdict}`;
    console.log(`  ${row.name.padEnd(52)} ${value.padStart(20)}${goal}`);
  }
}

export function printJson(rows: readonly Row[]): void {
  for (const row of rows) console.log(JSON.stringify({ ...row, met: meetsGoal(row) ?? null }));
}

function decimals(row: Row): number {
  if (['chars', 'QR version', 'bytes', 'per s'].includes(row.unit)) return 0;
  return row.unit === 'us' ? 1 : 2;
}
