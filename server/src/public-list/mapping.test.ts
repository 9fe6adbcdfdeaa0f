import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { LIST_MEMBERS, sampleEntry } from './list-fixture.ts';
import { CONTEXT, graphNode, MAPPING } from './mapping.ts';

test('the mapping has one row for each member of an entry', () => {
  assert.deepEqual(
    MAPPING.map(({ member }) => member),
    Object.keys(sampleEntry('4201-library')),
  );
});

test('docs/MAPPING.md says what the table says', () => {
  const file = path.resolve(import.meta.dirname, '../../../docs/MAPPING.md');
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const written = (names: readonly string[]): string =>
    names.length === 0 ? '–' : names.map((name) => `\`${name}\``).join(' ');
  assert.deepEqual(
    rows.map(([, member, cpsv, schema]) => [member, cpsv, schema]),
    MAPPING.map(({ member, cpsv, schema }) => [`\`${member}\``, written(cpsv), written(schema)]),
  );
});

test('a node carries the properties of the table, and each has a prefix', () => {
  const rule = {
    id: 'senior-65',
    name: { zhCN: '免费', zhTW: null, en: null },
    class: 2,
    residences: LIST_MEMBERS,
    benefit: { kind: 'share', permille: 500 },
    funder: { kind: 'host' },
    reciprocity: 'mutual',
    agreement: { zhCN: '备忘录', zhTW: null, en: null },
    from: '2026-07-01',
    until: null,
    perDay: null,
  } as const;
  const entry = sampleEntry('4201-library', {
    rules: [rule],
    asks: [{ data: 'name', why: { zhCN: '预约', zhTW: null, en: null } }],
    source: {
      ...sampleEntry('4201-library').source,
      url: 'https://example.org/',
    },
    tariff: { kind: 'ticket', priceFen: 5 },
  });
  const node = graphNode('http://hub.example', entry);
  const text = JSON.stringify(node);
  for (const name of MAPPING.flatMap(({ cpsv, schema }) => [...cpsv, ...schema])) {
    assert.ok(text.includes(`"${name}"`), name);
    assert.ok(Object.hasOwn(CONTEXT, name.split(':')[0] ?? ''), name);
  }
  assert.ok(text.includes('"@value":"0.05"'));
  assert.ok(text.includes('"30.580000"'));
});
