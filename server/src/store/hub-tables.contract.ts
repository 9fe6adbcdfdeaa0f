import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HubTables, PartyRequest } from './hub-tables.ts';
import type { NodeStore } from './node-store.ts';

/** What both implementations of the hub's tables must do; each test begins with an empty store. */
export function hubTablesContract(name: string, open: () => Promise<NodeStore<HubTables>>): void {
  test(`${name}: the newest request of each party is kept`, async () => {
    const store = await open();
    const asked: PartyRequest = {
      party: '4202',
      kind: 'accession',
      at: 10,
      state: 'asked',
      proposalHash: null,
    };
    const proposed: PartyRequest = { ...asked, state: 'proposed', proposalHash: 'ab'.repeat(32) };
    const other: PartyRequest = { ...asked, party: '3601', kind: 'withdrawal' };
    await store.transaction(async ({ hub }) => {
      await hub.saveRequest(asked);
      await hub.saveRequest(other);
      await hub.saveRequest(proposed);
    });
    const failing = store.transaction(async ({ hub }) => {
      await hub.saveRequest(asked);
      throw new Error('rolled back');
    });
    await assert.rejects(failing, /rolled back/);
    assert.deepEqual(await store.transaction(({ hub }) => hub.requests()), [other, proposed]);
  });
}
