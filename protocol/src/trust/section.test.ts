import assert from 'node:assert/strict';
import test from 'node:test';
import {
  KEY_IDS,
  NOON,
  sectionContent,
  sectionKeys,
  TODAY,
} from '../../../tools/vectors/region.ts';
import { currentKeys, onlyRevokes, type Section, type SectionKey } from './section.ts';

const held = sectionContent('4301');

function keysWith(parts: Partial<SectionKey>, keyId: number = KEY_IDS.issuer): SectionKey[] {
  return sectionKeys('4301').map((key) => (key.keyId === keyId ? { ...key, ...parts } : key));
}

function next(parts: Partial<Section>): Section {
  return { ...held, number: 6, made: NOON, ...parts };
}

void test('TRUST-3.4: which newer sections only revoke', () => {
  const revoked = keysWith({ revokedAt: NOON });
  const added = sectionKeys('4301')
    .slice(0, 1)
    .map((key) => ({ ...key, keyId: 99 }));
  const table: readonly (readonly [string, Section, boolean])[] = [
    ['one key revoked', next({ keys: revoked }), true],
    [
      'two keys revoked',
      next({ keys: revoked.map((k) => ({ ...k, revokedAt: k.revokedAt ?? 5 })) }),
      true,
    ],
    ['nothing changed', next({}), true],
    ['the same number', next({ keys: revoked, number: 5 }), false],
    ['an older number', next({ keys: revoked, number: 4 }), false],
    ['another party', next({ keys: revoked, party: '4201' }), false],
    ['another url', next({ keys: revoked, urls: ['https://x.example'] }), false],
    ['a key added', next({ keys: [...revoked, ...added] }), false],
    ['a key dropped', next({ keys: revoked.slice(1) }), false],
    ['keys in another order', next({ keys: [...revoked].reverse() }), false],
    ['a longer life', next({ keys: keysWith({ revokedAt: NOON, untilDay: 30_000 }) }), false],
    ['another purpose', next({ keys: keysWith({ revokedAt: NOON, purpose: 'list' }) }), false],
    ['unrevoked', next({ keys: keysWith({ revokedAt: null }, KEY_IDS.issuerRevoked) }), false],
    ['revoked anew', next({ keys: keysWith({ revokedAt: 9 }, KEY_IDS.issuerRevoked) }), false],
  ];
  for (const [what, section, expected] of table) {
    assert.equal(onlyRevokes(held, section), expected, what);
  }
});

void test('TRUST-3.3: keys count on their days, both included, and never once revoked', () => {
  const ids = (day: number) => currentKeys(held, 'issuer', day).map((key) => key.keyId);
  const { issuer, issuerSm2, issuerFromTomorrow, issuerUntilYesterday } = KEY_IDS;
  assert.deepEqual(ids(TODAY), [issuerSm2, issuer]);
  assert.deepEqual(ids(TODAY + 1), [issuerFromTomorrow, issuerSm2, issuer]);
  assert.deepEqual(ids(TODAY - 1), [issuerUntilYesterday, issuerSm2, issuer]);
  assert.deepEqual(ids(TODAY - 31), []);
  assert.deepEqual(ids(TODAY + 60), [issuerFromTomorrow, issuerSm2, issuer]);
  assert.deepEqual(ids(TODAY + 61), []);
  assert.deepEqual(
    currentKeys(held, 'peer', TODAY).map((key) => key.keyId),
    [KEY_IDS.peer],
  );
});
