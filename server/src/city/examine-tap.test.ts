import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentHash, serviceDay, type Root } from '@tongyu/protocol';
import { NOON, regionTrust, testRegion } from './city-fixture.ts';
import { trustContext } from './examine-tap.ts';

const PARTY = '4301';

function rootWhere(root: Root, role: 'member' | 'observer', number: number): Root {
  const parties = root.parties.map((entry) => (entry.party === PARTY ? { ...entry, role } : entry));
  return { ...root, number, parties };
}

test('a member of the bundle’s root or of one that followed was one for the tap', async () => {
  const trust = regionTrust(await testRegion());
  const bundleHash = documentHash(trust.bundle);
  const as = (first: 'member' | 'observer', ...later: ('member' | 'observer')[]): string => {
    const root = rootWhere(trust.root, first, 1);
    const laterRoots = later.map((role, i) => rootWhere(root, role, i + 2));
    const context = trustContext({ trust: { ...trust, root }, bundleHash, laterRoots });
    return context.lookup(PARTY, 2, serviceDay(NOON)).party;
  };
  assert.equal(as('observer'), 'observer');
  assert.equal(as('observer', 'member'), 'member', 'acceded: the root came before its bundle');
  assert.equal(as('member', 'observer'), 'member', 'left: the terminal may not have known yet');
  assert.equal(as('observer', 'observer'), 'observer');
});
