import type { ComponentChildren } from 'preact';

export type Column<Row> = {
  readonly label: string;
  readonly show: (row: Row) => ComponentChildren;
  readonly isNumber?: boolean;
};

/**
 * A table with scoped headers; the first column names the row. On a narrow page each row folds
 * into labelled lines.
 */
export function Table<Row>(props: {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}) {
  return (
    <table class="folding">
      <caption>{props.caption}</caption>
      <thead>
        <tr>
          {props.columns.map((column) => (
            <th key={column.label} scope="col" class={column.isNumber === true ? 'number' : ''}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={props.keyOf(row)}>
            {props.columns.map((column, index) => cell(column, row, index === 0))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function cell<Row>(column: Column<Row>, row: Row, namesTheRow: boolean) {
  const shared = { key: column.label, 'data-label': column.label };
  const name = column.isNumber === true ? 'number' : '';
  return namesTheRow ? (
    <th {...shared} scope="row" class={name}>
      <span>{column.show(row)}</span>
    </th>
  ) : (
    <td {...shared} class={name}>
      <span>{column.show(row)}</span>
    </td>
  );
}
