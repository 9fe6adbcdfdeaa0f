import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  canonicalJson,
  serviceDay,
  slotOf,
  toBase64Url,
  type Json,
  type Tap,
} from '@tongyu/protocol';
import { generateSigner } from '../crypto/sign.ts';
import {
  asJson,
  bindTestPhone,
  carryMessages,
  fetchPasses,
  makeTap,
  NOON,
  registerTestTerminal,
  showCode,
  testRegion,
  type TestPhone,
  type TestRegion,
  type TestTerminal,
} from './city-fixture.ts';

type Scene = {
  readonly region: TestRegion;
  readonly gate: TestTerminal;
  readonly phone: TestPhone;
  /** Passes of a Changsha phone for this slot. */
  readonly passes: readonly string[];
  /** A code of pass number `i` at the region's time. */
  code(i?: number): Promise<string>;
  /** Sends taps to Wuhan and answers outcome or refusal of each. */
  send(taps: readonly unknown[]): Promise<readonly string[]>;
};

async function scene(home = '4301'): Promise<Scene> {
  const region = await testRegion();
  const gate = await registerTestTerminal(region.city('4201'));
  const phone = await bindTestPhone(region, region.city(home));
  const pool = await fetchPasses(region.city(home), phone, slotOf(NOON), 4);
  const passes = pool.passes.map(({ pass }) => pass);
  return {
    region,
    gate,
    phone,
    passes,
    code: (i = 0) => showCode(phone, passes[i] ?? '', region.now),
    async send(taps) {
      const answer = await region.city('4201').city.takeTaps(taps as readonly Json[]);
      return answer.results.map(({ outcome, refusal }) =>
        refusal === null ? outcome : [refusal.code, refusal.field].filter(Boolean).join(' '),
      );
    },
  };
}

const wuhanTaps = async ({ region }: Scene) =>
  (await region.city('4201').city.taps({ limit: 100 })).taps;

test('a tap is taken once; again is a duplicate, changed is refused with the field', async () => {
  const here = await scene();
  const { region, gate } = here;
  const code = await here.code();
  const tap = await makeTap(region, gate, 1, code);
  assert.deepEqual(await here.send([tap]), ['accepted']);
  assert.deepEqual(await here.send([tap]), ['duplicate']);
  const changed = await makeTap(region, gate, 1, code, { time: NOON + 15 });
  assert.deepEqual(await here.send([changed]), ['TAP_CONTENT_DIFFERS time']);
  const older = { ...tap.signed.held, listNumber: null };
  const inside = await makeTap(region, gate, 1, code, { held: older });
  assert.deepEqual(await here.send([inside]), ['TAP_CONTENT_DIFFERS held.listNumber']);
  const stored = await wuhanTaps(here);
  assert.equal(stored.length, 1);
  assert.equal(stored[0]?.charged, true);
  const { refusedUploads } = await region.city('4201').city.exceptions(9);
  assert.deepEqual(
    refusedUploads.map((row) => [row.code, row.field]),
    [['TAP_CONTENT_DIFFERS', 'time']],
  );
});

test('a batch is answered in order, each tap on its own, also when it repeats itself', async () => {
  const here = await scene();
  const { region, gate } = here;
  const one = await makeTap(region, gate, 1, await here.code(0));
  const two = await makeTap(region, gate, 2, await here.code(1));
  const twoAgain = await makeTap(region, gate, 2, await here.code(2));
  const late = await makeTap(region, gate, 3, await here.code(2), { time: NOON + 121 });
  const forged = { ...two, signatures: one.signatures };
  const batch = [one, { signed: 1 }, one, two, twoAgain, forged, late, null];
  assert.deepEqual(await here.send(batch), [
    'accepted',
    'MALFORMED .signed',
    'duplicate',
    'accepted',
    'TAP_CONTENT_DIFFERS code',
    'TAP_SIGNATURE_INVALID',
    'TAP_IN_FUTURE time',
    'MALFORMED',
  ]);
  assert.equal((await wuhanTaps(here)).length, 2);
});

test('an unknown or revoked terminal, and a key that is not its own, are refused', async () => {
  const here = await scene();
  const { region, gate } = here;
  const stranger = { id: '4201-nobody', key: gate.key };
  const code = await here.code();
  assert.deepEqual(await here.send([await makeTap(region, stranger, 1, code)]), [
    'TERMINAL_UNKNOWN',
  ]);
  const forger = { id: gate.id, key: generateSigner('ES256') };
  assert.deepEqual(await here.send([await makeTap(region, forger, 1, code)]), [
    'TAP_SIGNATURE_INVALID',
  ]);
  await region.city('4201').city.revokeTerminal(gate.id);
  assert.deepEqual(await here.send([await makeTap(region, gate, 1, code)]), ['TERMINAL_REVOKED']);
  assert.equal((await wuhanTaps(here)).length, 0);
});

test('a passed tap without good evidence is kept apart, visible and not charged', async () => {
  const here = await scene();
  const { region, gate, phone, passes } = here;
  const code = await here.code();
  const swapped = code.slice(0, -1) + (code.endsWith('0') ? '1' : '0');
  const held = (await makeTap(region, gate, 1, code)).signed.held;
  const old = await showCode(phone, passes[0] ?? '', NOON - 135);
  const cases: readonly (readonly [string, string | null, Partial<Tap>])[] = [
    ['code/DEVICE_SIGNATURE_INVALID', swapped, {}],
    ['code/CODE_STALE', old, {}],
    ['code', null, {}],
    ['refusal', code, { refusal: 'CODE_STALE' }],
    ['assistedReason', code, { assistedReason: 'other' }],
    ['shownPriceFen', code, { shownPriceFen: 1 }],
    ['service', code, { service: '4201-museum', shownPriceFen: 0 }],
    ['service', code, { service: '4201-none' }],
    ['warned', code, { warned: true }],
    ['held.bundleVersion', code, { held: { ...held, bundleVersion: 9 } }],
    ['held.bundleHash', code, { held: { ...held, bundleHash: '0'.repeat(64) } }],
    ['held.editionNumber', code, { held: { ...held, editionNumber: 7 } }],
    ['held.headNumber', code, { held: { ...held, headNumber: 7 } }],
    ['code/TRUST_STALE', code, { held: { ...held, trustTime: NOON - 73 * 3600 } }],
    ['code/TRUST_STALE', code, { held: { ...held, trustTime: null } }],
    ['code/REVOCATION_STALE', code, { held: { ...held, listTime: null } }],
    ['assistedReason', null, { kind: 'assisted', shownPriceFen: null }],
    ['code', code, { kind: 'assisted', assistedReason: 'no-phone', shownPriceFen: null }],
    ['refusal', code, { verdict: 'refuse', shownPriceFen: null }],
  ];
  const taps = await Promise.all(
    cases.map(([, text, more], i) => makeTap(region, gate, i + 1, text, more)),
  );
  const expected = cases.map(([field]) => `TAP_EVIDENCE_INVALID ${field}`);
  assert.deepEqual(await here.send(taps), expected);
  assert.deepEqual(await here.send(taps), expected);
  const { taps: exceptions } = await region.city('4201').city.exceptions(100);
  assert.equal(exceptions.length, cases.length);
  assert(
    exceptions.every((tap) => tap.exception === 'TAP_EVIDENCE_INVALID' && tap.charged !== true),
  );
  assert.equal(region.messages.length, 0);
  assert.deepEqual(await region.city('4201').city.gaps(), []);
});

test('each tap repeats the registered direction and stop, which its edition knows', async () => {
  const here = await scene();
  const { region } = here;
  const place = { direction: 'entry', stop: 'middle' } as const;
  const gate = await registerTestTerminal(region.city('4201'), 'tram-1', 'tram', place);
  const tram = { service: '4201-tram', ...place };
  const assisted = { kind: 'assisted', assistedReason: 'no-phone', shownPriceFen: null } as const;
  const cases: readonly (readonly [string, string | null, Partial<Tap>])[] = [
    ['accepted', await here.code(), tram],
    ['accepted', null, { ...tram, ...assisted }],
    ['TAP_EVIDENCE_INVALID direction', await here.code(1), { ...tram, direction: 'exit' }],
    ['TAP_EVIDENCE_INVALID stop', await here.code(1), { ...tram, stop: 'south' }],
    ['TAP_EVIDENCE_INVALID stop', null, { ...tram, stop: null, ...assisted }],
    ['TAP_EVIDENCE_INVALID stop', await here.code(1), { ...tram, service: '4201-metro' }],
  ];
  const taps = await Promise.all(
    cases.map(([, text, more], i) => makeTap(region, gate, i + 1, text, more)),
  );
  const expected = cases.map(([outcome]) => outcome);
  assert.deepEqual(await here.send(taps), expected);
  assert.deepEqual(
    (await wuhanTaps(here)).filter(({ charged }) => charged).map(({ number }) => number),
    [1],
  );
});

test('refusals and assisted passages are kept, not charged and told nobody', async () => {
  const here = await scene();
  const { region, gate } = here;
  const refusedTap = { verdict: 'refuse', refusal: 'ALREADY_USED', shownPriceFen: null } as const;
  const taps = [
    await makeTap(region, gate, 1, await here.code(), refusedTap),
    await makeTap(region, gate, 2, null, { ...refusedTap, refusal: 'MALFORMED' }),
    await makeTap(region, gate, 3, null, {
      kind: 'assisted',
      assistedReason: 'no-phone',
      shownPriceFen: null,
    }),
  ];
  assert.deepEqual(await here.send(taps), ['accepted', 'accepted', 'accepted']);
  const stored = await wuhanTaps(here);
  assert(stored.every((tap) => tap.charged === null && tap.home === 'none'));
  assert.equal(stored[2]?.issuer, '4301');
  assert.equal(region.messages.length, 0);
});

test('one picture at two gates is charged once; the second is an exception', async () => {
  const here = await scene();
  const { region, gate } = here;
  const second = await registerTestTerminal(region.city('4201'), 'gate-2');
  const code = await here.code();
  await here.send([await makeTap(region, gate, 1, code)]);
  assert.deepEqual(await here.send([await makeTap(region, second, 1, code)]), ['accepted']);
  region.now = NOON + 30;
  await here.send([await makeTap(region, second, 2, await here.code())]);
  const stored = await wuhanTaps(here);
  assert.deepEqual(
    stored.map((tap) => [tap.terminal, tap.charged, tap.exception]),
    [
      ['4201-gate-2', true, null],
      ['4201-gate-2', false, 'DOUBLE_PRESENTATION'],
      ['4201-gate-1', true, null],
    ],
  );
});

test('missing numbers are reported, and the gap closes when they arrive', async () => {
  const here = await scene();
  const { region, gate } = here;
  const { city } = region.city('4201');
  const assisted = { kind: 'assisted', assistedReason: 'other', shownPriceFen: null } as const;
  const send = async (number: number) =>
    here.send([await makeTap(region, gate, number, null, assisted)]);
  await send(2);
  await send(6);
  const gap = (first: number, last: number) => ({
    terminal: gate.id,
    first,
    last,
    noticedAt: NOON,
  });
  assert.deepEqual(await city.gaps(), [gap(1, 1), gap(3, 5)]);
  await send(4);
  assert.deepEqual(await city.gaps(), [gap(1, 1), gap(3, 3), gap(5, 5)]);
  for (const number of [5, 1, 3]) await send(number);
  assert.deepEqual(await city.gaps(), []);
});

test('the home city finds its resident, keeps the trip only, and answers once', async () => {
  const here = await scene();
  const { region, gate } = here;
  const sent = await makeTap(region, gate, 1, await here.code());
  await here.send([sent]);
  assert.equal((await wuhanTaps(here))[0]?.home, 'pending');
  const message = region.messages[0];
  assert(message !== undefined);
  region.messages.push(message); // delivered twice
  await carryMessages(region);
  assert.equal((await wuhanTaps(here))[0]?.home, 'accepted');
  const { store } = region.city('4301');
  const resident = await store.transaction((tx) => tx.city.phone(here.phone.phoneId));
  const trips = await store.transaction((tx) => tx.city.tripsOf(resident?.residentRef ?? '', 9));
  const { hash, key, text, ...trip } = trips[0] ?? { hash: '', key: '' };
  assert.match(hash, /^[0-9a-f]{64}$/);
  assert.match(key, /^[0-9a-f]{32}$/);
  assert.equal(text, canonicalJson(sent));
  assert.deepEqual(trip, {
    terminal: gate.id,
    number: 1,
    residentRef: resident?.residentRef,
    host: '4201',
    time: NOON,
    service: '4201-metro',
    shownPriceFen: 400,
    charged: true,
    direction: 'single',
    stop: null,
    class: 0,
    fareGroup: '4201-transit',
    edition: 1,
    head: 1,
    day: serviceDay(NOON),
    previousKey: null,
  });
  assert.equal(trips.length, 1);
});

test('the home city refuses what is not its own, not the host’s, or no good code', async () => {
  const here = await scene();
  const { region, gate, phone, passes } = here;
  const home = region.city('4301');
  const code = await here.code();
  const fareGroup = '4201-metro';
  const report = async (from: string, reported: readonly object[]) => {
    const taps = reported.map((one) => ({ fareGroup, ...one }));
    const message = { iss: from, body: { taps } } as unknown as Parameters<
      typeof home.city.takeReport
    >[1];
    const answer = await home.store.transaction((tx) => home.city.takeReport(tx, message));
    if (answer.outcome === 'refused') return answer.code;
    const { results } = answer.answer as { results: { refusal: { code: string } | null }[] };
    return results.map((result) => result.refusal?.code ?? 'accepted');
  };
  const tap = await makeTap(region, gate, 1, code);
  assert.deepEqual(await report('3401', [{ tap, charged: true }]), ['TAP_NOT_OF_HOST']);
  const old = await showCode(phone, passes[0] ?? '', NOON - 300);
  const swapped = code.slice(0, -1) + (code.endsWith('0') ? '1' : '0');
  for (const text of [old, swapped, null]) {
    const bad = await makeTap(region, gate, 2, text);
    assert.deepEqual(await report('4201', [{ tap: bad, charged: true }]), ['TAP_EVIDENCE_INVALID']);
  }
  const wuhanPhone = await bindTestPhone(region, region.city('4201'));
  const wuhanPool = await fetchPasses(region.city('4201'), wuhanPhone, slotOf(NOON), 1);
  const wuhanCode = await showCode(wuhanPhone, wuhanPool.passes[0]?.pass ?? '', NOON);
  const foreign = await makeTap(region, gate, 3, wuhanCode);
  assert.deepEqual(await report('4201', [{ tap: foreign, charged: true }]), ['TAP_NOT_OURS']);
  await home.store.transaction((tx) => tx.city.dropPasses(1e6));
  assert.deepEqual(await report('4201', [{ tap, charged: true }]), ['PASS_UNKNOWN']);
  assert.equal(await report('4201', [{ tap, charged: true, more: 1 }]), 'MALFORMED');
  assert.equal(await report('4201', []), 'MALFORMED');
});

test('a tap that arrives after ten days is kept, priced never and told nobody', async () => {
  const here = await scene();
  const { region, gate } = here;
  const taps = [await makeTap(region, gate, 1, await here.code(0))];
  taps.push(await makeTap(region, gate, 2, await here.code(1), { time: NOON + 1 }));
  region.now = NOON + 10 * 86_400 + 1;
  assert.deepEqual(await here.send(taps), ['accepted', 'accepted']);
  const stored = await wuhanTaps(here);
  assert.deepEqual(
    stored.map((tap) => [tap.number, tap.exception, tap.home]),
    [
      [2, null, 'pending'],
      [1, 'TAP_TOO_LATE', 'none'],
    ],
  );
  assert.equal(region.messages.length, 1);
});

test('charged taps get a key of day and fare group; a refused one is an exception', async () => {
  const here = await scene();
  const { region, gate } = here;
  const second = await registerTestTerminal(region.city('4201'), 'gate-2');
  const code = await here.code(0);
  await here.send([await makeTap(region, gate, 1, code)]);
  await here.send([await makeTap(region, second, 1, code)]);
  await here.send([await makeTap(region, gate, 2, await here.code(1))]);
  await carryMessages(region);
  await region.city('4301').store.transaction((tx) => tx.city.dropPasses(1e6));
  await here.send([await makeTap(region, gate, 3, await here.code(2))]);
  await carryMessages(region);
  const rows = await region.city('4201').store.read((tx) => tx.city.taps({ limit: 9 }));
  const [refused, third, double, first] = rows;
  assert.match(first?.journeyKey ?? '', /^[0-9a-f]{32}$/);
  assert.equal(third?.journeyKey, first?.journeyKey);
  assert.deepEqual([double?.journeyKey, double?.exception], [null, 'DOUBLE_PRESENTATION']);
  assert.deepEqual([refused?.journeyKey, refused?.exception], [null, 'HOME_REFUSED']);
  const due = await region.city('4201').store.read((tx) => tx.host.hasDue(0));
  assert.equal(due, true);
});

test('an own resident’s tap is kept at home at once', async () => {
  const here = await scene('4201');
  const { region, gate } = here;
  await here.send([await makeTap(region, gate, 1, await here.code())]);
  assert.equal((await wuhanTaps(here))[0]?.home, 'own');
  assert.equal(region.messages.length, 0);
});

test('terminals of one operator learn of each other’s accepted tags, by cursor', async () => {
  const here = await scene();
  const { region, gate } = here;
  const { city } = region.city('4201');
  const second = await registerTestTerminal(region.city('4201'), 'gate-2');
  const museum = await registerTestTerminal(region.city('4201'), 'museum-1', 'museum');
  await here.send([await makeTap(region, gate, 1, await here.code(0))]);
  const rowOf = async (id: string) => {
    const [row] = await region.city('4201').store.transaction((tx) => tx.city.terminals([id]));
    assert(row !== undefined);
    return row;
  };
  const feed = await city.used(await rowOf(second.id), '');
  assert.equal(feed.used.length, 1);
  assert.equal(feed.used[0]?.time, NOON);
  assert.deepEqual(await city.used(await rowOf(second.id), feed.cursor), {
    used: [],
    cursor: feed.cursor,
  });
  assert.deepEqual((await city.used(await rowOf(gate.id), 'odd')).used, []);
  assert.deepEqual((await city.used(await rowOf(museum.id), '')).used, []);
  const tap = await makeTap(region, second, 1, await here.code(1));
  const answer = await city.takeTaps(asJson([tap]), '0');
  assert.equal(answer.used.length, 1);
  assert.equal(answer.usedCursor, '2');
});

test('a crash before the commit keeps nothing, one after it loses only the answer', async () => {
  const here = await scene();
  const { region, gate } = here;
  const tap = await makeTap(region, gate, 1, await here.code());
  const crashAt = (point: string): void => {
    region.faults = {
      point: (name) => {
        if (name === point) throw new Error(`crash at ${point}`);
      },
    };
  };
  crashAt('taps/before-commit');
  await assert.rejects(here.send([tap]), /crash/);
  assert.equal((await wuhanTaps(here)).length, 0);
  region.messages.splice(0);
  crashAt('taps/after-commit');
  await assert.rejects(here.send([tap]), /crash/);
  assert.equal((await wuhanTaps(here)).length, 1);
  crashAt('none');
  assert.deepEqual(await here.send([tap]), ['duplicate']);
  assert.equal(region.messages.length, 1);
});

test('the same tap sent many times at once has one effect', async () => {
  const here = await scene();
  const { region, gate } = here;
  const tap = await makeTap(region, gate, 1, await here.code());
  const answers = await Promise.all(Array.from({ length: 20 }, () => here.send([tap])));
  assert.equal(answers.flat().filter((answer) => answer === 'accepted').length, 1);
  assert.equal(answers.flat().filter((answer) => answer === 'duplicate').length, 19);
  assert.equal(region.messages.length, 1);
});

test('a city that issues with SM2 is accepted like any other', async () => {
  const region = await testRegion();
  const changsha = region.city('4301');
  const signer = generateSigner('SM2');
  changsha.signers.set(2, signer);
  const keys = changsha.section.keys.map((key) =>
    key.keyId === 2 ? ({ ...key, alg: 'SM2', key: toBase64Url(signer.publicKey) } as const) : key,
  );
  changsha.section = { ...changsha.section, keys };
  const gate = await registerTestTerminal(region.city('4201'));
  const phone = await bindTestPhone(region, changsha);
  const pool = await fetchPasses(changsha, phone, slotOf(NOON), 1);
  const code = await showCode(phone, pool.passes[0]?.pass ?? '', NOON);
  const taps = asJson([await makeTap(region, gate, 1, code)]);
  const { results } = await region.city('4201').city.takeTaps(taps);
  assert.equal(results[0]?.outcome, 'accepted');
  await carryMessages(region);
  const [tap] = (await region.city('4201').city.taps({ limit: 1 })).taps;
  assert.equal(tap?.home, 'accepted');
});
