import assert from 'node:assert/strict';
import test from 'node:test';
import { slotIndex, slotOf } from '@tongyu/protocol';
import type { TapCommit, TerminalStore } from './terminal-store.ts';

const TIME = 1_798_000_005;
const TAG = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

function commit(number: number, more: Partial<TapCommit> = {}): TapCommit {
  return { number, text: `tap ${String(number)}`, mark: undefined, warnedDay: undefined, ...more };
}

/** What every `TerminalStore` does. `open` answers an empty one, `reopen` the same again. */
export function terminalStoreContract(
  name: string,
  open: () => TerminalStore,
  reopen: (store: TerminalStore) => TerminalStore,
): void {
  void test(`${name}: a tap, its number, mark and count are kept as one`, () => {
    const store = open();
    const mark = { issuer: '4301', tag: TAG, time: TIME };
    store.commitTap(commit(1, { mark, warnedDay: 20_000 }));
    const again = reopen(store);
    assert.equal(again.lastNumber(), 1);
    assert.equal(again.lastUsedTime('4301', TAG), TIME);
    assert.equal(again.lastUsedTime('4201', TAG), undefined);
    assert.equal(again.warnedAccepts(20_000), 1);
    assert.equal(again.warnedAccepts(20_001), 0);
    again.commitTap(commit(2, { warnedDay: 20_001 }));
    assert.deepEqual([again.warnedAccepts(20_001), again.warnedAccepts(20_000)], [1, 1]);
    assert.deepEqual(again.pending(1), [{ number: 1, text: 'tap 1' }]);
    again.close();
  });

  void test(`${name}: a tap that is not the next one is a defect and changes nothing`, () => {
    const store = open();
    store.commitTap(commit(1));
    const mark = { issuer: '4301', tag: TAG, time: TIME };
    assert.throws(() => {
      store.commitTap(commit(3, { mark }));
    }, TypeError);
    assert.throws(() => {
      store.commitTap(commit(1, { mark }));
    }, TypeError);
    assert.equal(store.lastNumber(), 1);
    assert.equal(store.lastUsedTime('4301', TAG), undefined);
    store.close();
  });

  void test(`${name}: texts are kept and removed together`, () => {
    const store = open();
    store.saveKept(new Map([['root', '1']]));
    store.saveKept(
      new Map<string, string | null>([
        ['root', null],
        ['bundle', '2'],
      ]),
    );
    const again = reopen(store);
    assert.deepEqual([...again.loadKept()], [['bundle', '2']]);
    again.close();
  });

  void test(`${name}: unsent taps leave in number order, and only settled ones leave`, () => {
    const store = open();
    for (const number of [1, 2, 3, 4]) store.commitTap(commit(number));
    assert.deepEqual(
      store.pending(2).map((tap) => tap.number),
      [1, 2],
    );
    store.settle([
      { number: 1, outcome: 'delivered' },
      { number: 2, outcome: 'refused', code: 'TAP_IN_FUTURE', field: null },
      { number: 4, outcome: 'refused', code: 'MALFORMED', field: 'tap' },
      { number: 9, outcome: 'refused', code: 'TAP_IN_FUTURE', field: null },
    ]);
    const again = reopen(store);
    const numbers = (taps: readonly { readonly number: number }[]) => taps.map((t) => t.number);
    assert.equal(again.pendingCount(), 1);
    const malformed = { number: 4, code: 'MALFORMED', field: 'tap', text: 'tap 4' };
    const future = { number: 2, code: 'TAP_IN_FUTURE', field: null, text: 'tap 2' };
    assert.deepEqual(again.refused(), [future, malformed]);
    assert.equal(again.retryRefused('TAP_IN_FUTURE'), 1);
    assert.deepEqual(numbers(again.pending(10)), [2, 3]);
    assert.deepEqual(again.refused(), [malformed]);
    assert.equal(again.retryRefused(), 1);
    assert.deepEqual(numbers(again.pending(10)), [2, 3, 4]);
    assert.deepEqual(again.refused(), []);
    assert.equal(again.lastNumber(), 4);
    again.close();
  });

  void test(`${name}: tags of other terminals are merged, the highest time counts`, () => {
    const store = open();
    store.mergeUsed([{ issuer: '4301', tag: TAG, time: TIME }], 'c1');
    store.mergeUsed([{ issuer: '4301', tag: TAG, time: TIME - 300 }], 'c2');
    assert.equal(store.lastUsedTime('4301', TAG), TIME);
    assert.equal(store.loadKept().get('usedCursor'), 'c2');
    store.close();
  });

  void test(`${name}: used tags of old slots are pruned in bounded steps`, () => {
    const store = open();
    const marks = [0, 1, 2].map((n) => ({
      issuer: '4301',
      tag: new Uint8Array(10).fill(n),
      time: TIME - 86_400,
    }));
    store.mergeUsed([...marks, { issuer: '4301', tag: TAG, time: TIME }], '');
    const now = slotIndex(slotOf(TIME));
    assert.equal(store.pruneUsed(now, 2), 2);
    assert.equal(store.pruneUsed(now, 2), 1);
    assert.equal(store.pruneUsed(now, 2), 0);
    assert.equal(store.lastUsedTime('4301', TAG), TIME);
    store.close();
  });
}
