import type { FeedbackRow, FeedbackTables } from './feedback-tables.ts';
import { createMemoryRows, type UndoLog } from './memory-rows.ts';

export function memoryFeedback(undo: UndoLog): FeedbackTables {
  const rows = createMemoryRows<FeedbackRow>(undo);
  return {
    feedback: {
      report: (id) => Promise.resolve(rows.get(id)),
      reportLike: ({ party, entry, kind, text }) =>
        Promise.resolve(
          rows
            .values()
            .find(
              (row) =>
                row.party === party &&
                row.entry === entry &&
                row.kind === kind &&
                row.text === text,
            ),
        ),
      saveReport(row) {
        rows.set(row.id, row);
        return Promise.resolve();
      },
      reports(openOnly, limit) {
        const found = rows.values().filter((row) => !openOnly || row.state === 'open');
        found.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
        return Promise.resolve(found.slice(0, limit));
      },
      countReports: () => Promise.resolve(rows.size),
      countsByEntry() {
        const counts = new Map<string, { errors: number; wishes: number }>();
        for (const { entry, kind, state } of rows.values()) {
          if (entry === null || state !== 'open') continue;
          const count = counts.get(entry) ?? { errors: 0, wishes: 0 };
          counts.set(entry, {
            errors: count.errors + (kind === 'error' ? 1 : 0),
            wishes: count.wishes + (kind === 'wish' ? 1 : 0),
          });
        }
        return Promise.resolve(counts);
      },
      dropBefore(time) {
        for (const row of rows.values()) if (row.at < time) rows.delete(row.id);
        return Promise.resolve();
      },
    },
  };
}
