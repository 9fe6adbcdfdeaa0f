import { canonicalJson, documentText, partTextHash, type Part } from '@tongyu/protocol';
import {
  entryContent,
  namedPartOf,
  partContent,
  placeContent,
  ruleContent,
  words,
  zonesTariff,
} from './catalogue-region.ts';
import {
  addEntryFaults,
  addFundings,
  addPartOrder,
  addRuleFaults,
  ofEntries,
  ofRules,
  type PartStage,
} from './part-faults.ts';
import { memberSigners, OBSERVER, rootContent, signed } from './region.ts';
import { VectorSet } from './vector-set.ts';

/** LIST-3.4, LIST-1.11, LIST-2: a part against what the edition says of it. */
export async function partVectors(): Promise<VectorSet> {
  const set = new VectorSet('parts');
  const root = documentText(await signed(rootContent(), memberSigners()));
  set.document('root 1', root);
  const inputOf = (part: Part, text = canonicalJson(part), named: object = namedPartOf(part)) => ({
    ...{ root: 'root 1', edition: '2027-H1', text },
    named: { ...namedPartOf(part), ...named },
  });
  const stage: PartStage = {
    accept: (id, clause, part) => {
      set.accept(id, clause, id, inputOf(part), {}, { entries: part.entries.length });
    },
    refuse: (id, clause, part, refusal, details = {}) => {
      set.refuse(id, clause, id, inputOf(part), {}, refusal, { party: part.party, ...details });
    },
  };
  addGood(stage);
  addDiffering(set, inputOf);
  addMalformed(set, inputOf);
  addPartOrder(stage);
  addEntryFaults(stage);
  addRuleFaults(stage);
  await addFundings(stage);
  return set;
}

function addGood({ accept }: PartStage): void {
  accept('two-entries', 'LIST-3.4', partContent());
  accept('no-entries', 'LIST-3.3', ofEntries());
  accept('of-an-observer', 'LIST-3.3', partContent(OBSERVER));
  const noCode = { access: ['counter', 'phone'], admits: [], rules: [] } as const;
  accept('without-code', 'LIST-1.5', ofEntries(entryContent(noCode)));
  accept('zones', 'LIST-1.7', ofEntries(entryContent({ tariff: zonesTariff })));
  const night = placeContent({ hours: [{ days: [5], fromMinute: 1439, toMinute: 2879 }] });
  accept('open-for-a-day', 'LIST-1.6', ofEntries(entryContent({ places: [night] })));
  const one = placeContent({ hours: [{ days: [5], fromMinute: 0, toMinute: 1 }] });
  accept('open-for-a-minute', 'LIST-1.6', ofEntries(entryContent({ places: [one] })));
  accept('leap-day', 'LIST-1.11', ofRules(ruleContent({ from: '2028-02-29' })));
  accept('one-day', 'LIST-2.6', ofRules(ruleContent({ until: '2027-01-01' })));
  const name = words('‮地铁<b>', { zhTW: '捷運', en: 'M'.repeat(120) });
  accept('markup-is-text', 'LIST-1.3', ofEntries(entryContent({ name })));
  const changes = [{ entry: '4201-gone', kind: 'removed', reason: words('停办') } as const];
  accept('removed-in-changes', 'LIST-3.3', { ...ofEntries(), changes });
}

type InputOf = (part: Part, text?: string, named?: object) => Readonly<Record<string, unknown>>;
type Input = Parameters<VectorSet['refuse']>[3];

function addDiffering(set: VectorSet, inputOf: InputOf): void {
  const part = partContent();
  const text = canonicalJson(part);
  const refuse = (id: string, of: Part, changed: string | undefined, named: object): void => {
    const input = inputOf(of, changed, named) as Input;
    set.refuse(id, 'LIST-3.4', id, input, {}, 'PART_DIFFERS', { party: '4201' });
  };
  refuse('byte-changed', part, text.replace('"priceFen":405', '"priceFen":404'), {});
  refuse('space-added', part, text.replace('"changes"', ' "changes"'), {});
  refuse('cut-off', part, text.slice(0, -1), {});
  refuse('mixed-parts', part, canonicalJson(partContent('4301')), {});
  refuse('count-low', part, undefined, { count: 1 });
  refuse('count-high', part, undefined, { count: 3 });
  refuse('of-another-half-year', { ...part, edition: '2027-H2' }, undefined, {});
  refuse('of-another-city', partContent('4301'), undefined, { party: '4201' });
  const before = namedPartOf(ofEntries(entryContent({ rules: [] })));
  refuse('of-the-edition-before', part, undefined, { hash: before.hash });
}

/** Texts that have the hash that the members signed, and are no parts. */
function addMalformed(set: VectorSet, inputOf: InputOf): void {
  const part = ofEntries(entryContent({ tariff: { kind: 'flat', priceFen: 405 } }));
  const text = canonicalJson(part);
  const odd: readonly (readonly [string, string, string])[] = [
    ['spaced', '{"changes"', '{ "changes"'],
    ['member-twice', '"stage":"pilot"', '"stage":"pilot","stage":"pilot"'],
    ['member-extra', '"stage":"pilot"', '"stage":"pilot","state":"on"'],
    ['member-missing', ',"stage":"pilot"', ''],
    ['type-other', '"type":"tongyu.part"', '"type":"tongyu.edition"'],
    ['price-negative', '"priceFen":405', '"priceFen":-1'],
    ['price-fraction', '"priceFen":405', '"priceFen":4.5'],
    ['price-too-high', '"priceFen":405', '"priceFen":10000001'],
    ['category-other', '"category":"transport"', '"category":"parking"'],
    ['chinese-missing', '"zhCN":"地铁"', '"zhCN":null'],
    ['text-blank', '"zhCN":"地铁"', '"zhCN":" "'],
    ['text-of-two-lines', '"zhCN":"地铁"', '"zhCN":"地\\n铁"'],
    ['text-of-a-control', '"zhCN":"地铁"', '"zhCN":"\\u0001"'],
    ['text-too-long', '"zhCN":"地铁"', `"zhCN":"${'地'.repeat(61)}"`],
    ['no-such-date', '"from":"2027-01-01"', '"from":"2027-02-29"'],
    ['no-such-month', '"from":"2027-01-01"', '"from":"2027-13-01"'],
    ['date-short', '"from":"2027-01-01"', '"from":"2027-1-1"'],
    ['class-reserved', '"class":2', '"class":7'],
    ['permille-1001', '"permille":500', '"permille":1001'],
    ['benefit-of-both', '"permille":500', '"permille":500,"priceFen":1'],
    ['no-way-in', '"access":["code","counter"]', '"access":[]'],
    ['url-script', '"url":"https://metro.example/"', '"url":"javascript:alert(1)"'],
    ['url-markup', '"url":"https://metro.example/"', '"url":"https://metro.example/<b>"'],
    ['weekday-8', '"days":[1,2,3,4,5,6,7]', '"days":[1,8]'],
    ['minute-2881', '"toMinute":1470', '"toMinute":2881'],
    ['tariff-other', '{"kind":"flat","priceFen":405}', '{"kind":"flat","permille":405}'],
    ['id-upper-case', '"id":"4201-metro",', '"id":"4201-Metro",'],
    ['edition-h3', '"edition":"2027-H1"', '"edition":"2027-H3"'],
  ];
  for (const [id, from, to] of odd) {
    if (text.split(from).length !== 2) throw new Error(`${id}: "${from}" stands not once`);
    const spoiled = text.replace(from, to);
    const input = inputOf(part, spoiled, { hash: partTextHash(spoiled) }) as Input;
    set.refuse(id, 'LIST-3.4', id, input, {}, 'PART_MALFORMED', { party: '4201' });
  }
}
