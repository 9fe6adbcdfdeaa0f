import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentSignature, SignedEdition, SignedErratum, SignedHead } from '@tongyu/protocol';
import type {
  CatalogueTables,
  CheckRow,
  Opening,
  SignOffRow,
  SuspensionRow,
} from './catalogue-tables.ts';
import type { NodeStore } from './node-store.ts';

const HASH = 'ab'.repeat(32);
const signature: DocumentSignature = { by: '4201', keyId: 1, signature: 'A'.repeat(86) };
const words = (zhCN: string) => ({ zhCN, zhTW: null, en: null });

function edition(number: number): SignedEdition {
  return {
    signed: {
      type: 'tongyu.edition',
      number,
      id: `20${String(20 + number)}-H1`,
      previous: null,
      root: { number: 1, hash: HASH },
      opened: 1,
      made: 2,
      effectiveFrom: 2,
      parts: [{ party: '4201', hash: HASH, count: 0 }],
    },
    signatures: [signature],
  };
}

function head(party: string, number: number): SignedHead {
  return {
    signed: {
      type: 'tongyu.head',
      party,
      number,
      time: number,
      edition: null,
      verified: [],
      suspended: [],
    },
    signatures: [{ ...signature, by: party }],
  };
}

function erratum(party: string, number: number, zhCN = '票价'): SignedErratum {
  return {
    signed: {
      type: 'tongyu.erratum',
      party,
      number,
      time: 5,
      edition: { number: 1, hash: HASH },
      entry: `${party}-metro`,
      field: null,
      correction: words(zhCN),
    },
    signatures: [{ ...signature, by: party }],
  };
}

function opening(number: number): Opening {
  return {
    number,
    id: '2026-H2',
    effectiveFrom: null,
    root: { number: 1, hash: HASH },
    previous: null,
    opened: 10,
    state: 'open',
    reason: null,
    changedAt: 10,
    edition: null,
    check: 'not yet',
    submissions: [],
    answers: [],
  };
}

const suspension: SuspensionRow = {
  entry: '4201-metro',
  rule: null,
  since: 100,
  reason: words('检修'),
  by: 'wang',
  lifted: null,
};

/** What both implementations must do; each test begins with an empty store. */
export function catalogueTablesContract(
  name: string,
  open: () => Promise<NodeStore<CatalogueTables>>,
): void {
  test(`${name}: editions come in the order of their numbers and are never replaced`, async () => {
    const store = await open();
    const other = { ...edition(2), signatures: [] };
    await store.transaction(async ({ catalogue }) => {
      await catalogue.addEdition(edition(2));
      await catalogue.addEdition(edition(1));
      await catalogue.addEdition(other);
    });
    const kept = await store.read(({ catalogue }) => catalogue.editions());
    assert.deepEqual(kept, [edition(1), edition(2)]);
  });

  test(`${name}: a revision is what was set last, and undone with its transaction`, async () => {
    const store = await open();
    assert.equal(await store.read(({ catalogue }) => catalogue.revision()), undefined);
    await store.transaction(({ catalogue }) => catalogue.setRevision('a'));
    const failing = store.transaction(async ({ catalogue }) => {
      await catalogue.setRevision('b');
      await catalogue.addEdition(edition(1));
      throw new Error('rolled back');
    });
    await assert.rejects(failing, /rolled back/);
    assert.equal(await store.read(({ catalogue }) => catalogue.revision()), 'a');
    assert.deepEqual(await store.read(({ catalogue }) => catalogue.editions()), []);
  });

  test(`${name}: heads are found by number and time, and the newest is never dropped`, async () => {
    const store = await open();
    await store.transaction(async ({ catalogue }) => {
      for (const number of [1, 4, 2, 4]) await catalogue.saveHead(head('4301', number));
      for (const number of [1, 2]) await catalogue.saveHead(head('4201', number));
    });
    await store.read(async ({ catalogue }) => {
      assert.deepEqual(await catalogue.heads(), [head('4201', 2), head('4301', 4)]);
      assert.deepEqual(await catalogue.headOf('4301', 1), head('4301', 1));
      assert.equal(await catalogue.headOf('4201', 4), undefined);
      assert.deepEqual(await catalogue.headAt('4301', 3), head('4301', 2));
      assert.equal(await catalogue.headAt('4301', 0), undefined);
    });
    assert.equal(await store.transaction(({ catalogue }) => catalogue.dropHeads(5)), 3);
    await store.read(async ({ catalogue }) => {
      assert.deepEqual(await catalogue.heads(), [head('4201', 2), head('4301', 4)]);
      assert.equal(await catalogue.headOf('4301', 2), undefined);
    });
  });

  test(`${name}: the first erratum of a number stays`, async () => {
    const store = await open();
    await store.transaction(async ({ catalogue }) => {
      await catalogue.addErratum(erratum('4301', 1));
      await catalogue.addErratum(erratum('4201', 2));
      await catalogue.addErratum(erratum('4201', 1));
      await catalogue.addErratum(erratum('4201', 1, '别的'));
    });
    const kept = await store.read(({ catalogue }) => catalogue.errata());
    assert.deepEqual(kept, [erratum('4201', 1), erratum('4201', 2), erratum('4301', 1)]);
  });

  test(`${name}: parts are found by their hash, and only the named ones are kept`, async () => {
    const store = await open();
    const text = '地铁'.repeat(300_000);
    await store.transaction(async ({ catalogue }) => {
      await catalogue.addPart({ hash: 'one', party: '4201', text });
      await catalogue.addPart({ hash: 'one', party: '4201', text });
      await catalogue.addPart({ hash: 'two', party: '4301', text: 'b' });
    });
    await store.read(async ({ catalogue }) => {
      assert.equal(await catalogue.partText('one'), text);
      assert.equal(await catalogue.partText('three'), undefined);
      assert.deepEqual(await catalogue.heldParts(['three', 'two']), new Set(['two']));
    });
    assert.equal(await store.transaction(({ catalogue }) => catalogue.keepParts(['one'])), 1);
    await store.read(async ({ catalogue }) => {
      assert.deepEqual(await catalogue.heldParts(['one', 'two']), new Set(['one']));
    });
  });

  test(`${name}: an opening is kept as it was saved last`, async () => {
    const store = await open();
    const frozen: Opening = {
      ...opening(1),
      state: 'frozen',
      edition: edition(1).signed,
      check: { code: 'PART_ORDER', party: '4301', entry: '4301-bus' },
      answers: [{ party: '4201', hash: HASH, at: 3, signature, reason: null, by: 'wang' }],
    };
    await store.transaction(async ({ catalogue }) => {
      await catalogue.saveOpening(opening(2));
      await catalogue.saveOpening(opening(1));
      await catalogue.saveOpening(frozen);
    });
    await store.transaction(async ({ catalogue }) => {
      assert.deepEqual(await catalogue.openings(), [frozen, opening(2)]);
      assert.deepEqual(await catalogue.lockOpening(2), opening(2));
      assert.equal(await catalogue.lockOpening(3), undefined);
    });
  });

  test(`${name}: a number is signed off for one content only`, async () => {
    const store = await open();
    const row: SignOffRow = { number: 3, id: '2026-H2', hash: HASH, signedAt: 7 };
    await store.transaction(({ catalogue }) => catalogue.recordSignOff(row));
    await store.transaction(({ catalogue }) => catalogue.recordSignOff({ ...row, signedAt: 9 }));
    const second = store.transaction(({ catalogue }) =>
      catalogue.recordSignOff({ ...row, hash: 'cd'.repeat(32) }),
    );
    await assert.rejects(second, /one content/);
    assert.deepEqual(await store.read(({ catalogue }) => catalogue.signOffs()), [row]);
  });

  test(`${name}: a lifted suspension is history`, async () => {
    const store = await open();
    const rule: SuspensionRow = { ...suspension, rule: 'senior-65' };
    const lifted = { ...suspension, lifted: { at: 200, reason: words('修好'), by: 'li' } };
    const again = { ...suspension, since: 300 };
    await store.transaction(async ({ catalogue }) => {
      await catalogue.saveSuspension(rule);
      await catalogue.saveSuspension(suspension);
      await catalogue.saveSuspension({ ...suspension, entry: '4201-bus' });
    });
    await store.read(async ({ catalogue }) => {
      const open = await catalogue.suspensions();
      assert.deepEqual(open, [{ ...suspension, entry: '4201-bus' }, suspension, rule]);
    });
    await store.transaction(async ({ catalogue }) => {
      await catalogue.saveSuspension(lifted);
      await catalogue.saveSuspension(again);
    });
    await store.read(async ({ catalogue }) => {
      const open = await catalogue.suspensions();
      assert.deepEqual(open, [{ ...suspension, entry: '4201-bus' }, again, rule]);
      assert.deepEqual(await catalogue.suspensionsOf('4201-metro'), [rule, lifted, again]);
    });
  });

  test(`${name}: the newest check of each entry counts`, async () => {
    const store = await open();
    const check: CheckRow = {
      entry: '4201-metro',
      on: '2026-11-20',
      by: words('王'),
      at: 1,
      author: 'wang',
    };
    const later = { ...check, on: '2026-11-24' };
    await store.transaction(async ({ catalogue }) => {
      await catalogue.addCheck(check);
      await catalogue.addCheck({ ...check, entry: '4201-bus' });
      await catalogue.addCheck(later);
    });
    const newest = await store.read(({ catalogue }) => catalogue.checks());
    assert.deepEqual(newest, [{ ...check, entry: '4201-bus' }, later]);
  });
}
