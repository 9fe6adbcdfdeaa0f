import type { HubTables, PartyRequest } from './hub-tables.ts';
import { createMemoryRows, type UndoLog } from './memory-rows.ts';

export function memoryHub(undo: UndoLog): HubTables {
  const requests = createMemoryRows<PartyRequest>(undo);
  return {
    hub: {
      requests: () =>
        Promise.resolve(requests.values().sort((a, b) => (a.party < b.party ? -1 : 1))),
      saveRequest(request) {
        requests.set(request.party, request);
        return Promise.resolve();
      },
    },
  };
}
