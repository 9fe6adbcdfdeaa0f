import type { ConcessionRule, Entry, Part } from '@tongyu/protocol';
import {
  entryContent,
  fundedRule,
  partContent,
  placeContent,
  ruleContent,
  words,
  zonesTariff,
} from './catalogue-region.ts';
import { OBSERVER, rootSigner, type SignerName } from './region.ts';
import { testKey } from './test-keys.ts';

/** What is wrong with a part that is what the members signed (LIST-3.4, steps 4 and 5). */
export type PartStage = {
  readonly accept: (id: string, clause: string, part: Part) => void;
  readonly refuse: (
    id: string,
    clause: string,
    part: Part,
    refusal: string,
    details?: Readonly<Record<string, string>>,
  ) => void;
};

export const ofEntries = (...entries: readonly Entry[]): Part => partContent('4201', { entries });
export const ofRules = (...rules: readonly ConcessionRule[]): Part =>
  ofEntries(entryContent({ rules }));

export function addPartOrder({ refuse }: PartStage): void {
  const [first, second] = [entryContent(), entryContent({ id: '4201-museum' })];
  const order = (id: string, part: Part, entry: string): void => {
    refuse(id, 'LIST-3.4', part, 'PART_ORDER', { entry });
  };
  order('entries-falling', ofEntries(second, first), '4201-metro');
  order('entry-twice', ofEntries(first, first), '4201-metro');
  const changes = ofEntries(first, second).changes;
  const falling = { ...ofEntries(first, second), changes: [...changes].reverse() };
  order('changes-falling', falling, '4201-metro');
  const twice = [
    ...changes,
    { entry: '4201-museum', kind: 'removed', reason: words('又') } as const,
  ];
  order('change-twice', { ...ofEntries(first, second), changes: twice }, '4201-museum');
  const both = { ...ofEntries(first, { ...second, access: ['code', 'code'] as const }) };
  order('order-before-faults', { ...both, changes: twice }, '4201-museum');
}

type EntryCase = readonly [id: string, parts: Partial<Entry>, refusal: string, field: string];

const hoursOf = (
  days: readonly number[],
  fromMinute: number,
  toMinute: number,
): Partial<Entry> => ({
  places: [placeContent({ hours: [{ days, fromMinute, toMinute }] })],
});
const asked = { data: 'name', why: words('登记') } as const;
const transfer = {
  kind: 'transfer',
  withinMinutes: 90,
  lessFen: 100,
  funder: 'operator',
} as const;
const dailyCap = { kind: 'daily-cap', capFen: 2_000, funder: 'host' } as const;
const noCode = { access: ['counter'], admits: [], rules: [] } as const;

const entryCases: readonly EntryCase[] = [
  ['id-foreign', { id: '4301-metro' }, 'ENTRY_FOREIGN', 'id'],
  [
    'operator-foreign',
    { operator: { id: '4301-metro-co', name: words('他') } },
    'ENTRY_FOREIGN',
    'operator.id',
  ],
  ['fare-group-foreign', { fareGroup: '4301-metro-co' }, 'ENTRY_FOREIGN', 'fareGroup'],
  ['access-unordered', { access: ['counter', 'code'] }, 'ENTRY_ORDER', 'access'],
  ['access-twice', { access: ['code', 'code'] }, 'ENTRY_ORDER', 'access'],
  ['admits-falling', { admits: ['4201', '3401'], rules: [] }, 'ENTRY_ORDER', 'admits'],
  ['admits-twice', { admits: ['4201', '4201'], rules: [] }, 'ENTRY_ORDER', 'admits'],
  ['code-admits-nobody', { admits: [], rules: [] }, 'ENTRY_ACCESS', 'admits'],
  ['admits-without-code', { access: ['counter'] }, 'ENTRY_ACCESS', 'admits'],
  [
    'for-nobody',
    { audience: { residents: false, organisations: false } },
    'ENTRY_AUDIENCE',
    'audience',
  ],
  ['place-twice', { places: [placeContent(), placeContent()] }, 'ENTRY_REPEATS', 'places'],
  ['weekdays-falling', hoursOf([2, 1], 0, 60), 'ENTRY_ORDER', 'places[0].hours[0].days'],
  ['weekday-twice', hoursOf([1, 1], 0, 60), 'ENTRY_ORDER', 'places[0].hours[0].days'],
  ['closes-as-it-opens', hoursOf([1], 60, 60), 'ENTRY_HOURS', 'places[0].hours[0].toMinute'],
  ['closes-before', hoursOf([1], 60, 59), 'ENTRY_HOURS', 'places[0].hours[0].toMinute'],
  ['open-too-long', hoursOf([1], 0, 1441), 'ENTRY_HOURS', 'places[0].hours[0].toMinute'],
  [
    'longer-is-cheaper',
    { tariff: { ...zonesTariff, pricesFen: [200, 300, 299] } },
    'ENTRY_TARIFF',
    'tariff.pricesFen',
  ],
  [
    'stop-twice',
    { tariff: { ...zonesTariff, stops: zonesTariff.stops.map((s) => ({ ...s, id: 'east' })) } },
    'ENTRY_REPEATS',
    'tariff.stops',
  ],
  ['rule-twice', { rules: [ruleContent(), ruleContent()] }, 'ENTRY_REPEATS', 'rules'],
  ['asked-twice', { asks: [asked, asked] }, 'ENTRY_REPEATS', 'asks'],
  ['cap-before-transfer', { reductions: [dailyCap, transfer] }, 'ENTRY_ORDER', 'reductions'],
  ['transfer-twice', { reductions: [transfer, transfer] }, 'ENTRY_ORDER', 'reductions'],
  ['cap-twice', { reductions: [dailyCap, dailyCap] }, 'ENTRY_ORDER', 'reductions'],
];

/** Two faults each: the one that is looked at first is the answer. */
const precedence: readonly EntryCase[] = [
  ['foreign-first', { id: '4301-a', access: ['code', 'code'] }, 'ENTRY_FOREIGN', 'id'],
  ['order-before-access', { access: ['phone', 'counter'] }, 'ENTRY_ORDER', 'access'],
  [
    'access-before-audience',
    { access: ['counter'], audience: { residents: false, organisations: false } },
    'ENTRY_ACCESS',
    'admits',
  ],
  [
    'audience-before-places',
    {
      audience: { residents: false, organisations: false },
      places: [placeContent(), placeContent()],
    },
    'ENTRY_AUDIENCE',
    'audience',
  ],
  [
    'hours-before-tariff',
    { ...hoursOf([1], 60, 60), tariff: { ...zonesTariff, pricesFen: [2, 1] } },
    'ENTRY_HOURS',
    'places[0].hours[0].toMinute',
  ],
  [
    'tariff-before-rules',
    { tariff: { ...zonesTariff, pricesFen: [2, 1] }, rules: [ruleContent(), ruleContent()] },
    'ENTRY_TARIFF',
    'tariff.pricesFen',
  ],
  [
    'asks-before-dates',
    { asks: [asked, asked], rules: [ruleContent({ until: '2026-12-31' })] },
    'ENTRY_REPEATS',
    'asks',
  ],
  [
    'asks-before-reductions',
    { asks: [asked, asked], reductions: [dailyCap, transfer] },
    'ENTRY_REPEATS',
    'asks',
  ],
  [
    'reductions-before-dates',
    { reductions: [dailyCap, transfer], rules: [ruleContent({ until: '2026-12-31' })] },
    'ENTRY_ORDER',
    'reductions',
  ],
];

export function addEntryFaults({ accept, refuse }: PartStage): void {
  for (const [id, parts, refusal, field] of [...entryCases, ...precedence]) {
    const entry = entryContent(parts);
    refuse(id, 'LIST-1.11', ofEntries(entry), refusal, { entry: entry.id, field });
  }
  const second = entryContent({ id: '4201-museum', admits: [] });
  refuse('second-entry', 'LIST-1.11', ofEntries(entryContent(), second), 'ENTRY_ACCESS', {
    entry: '4201-museum',
  });
  for (const reductions of [[transfer], [dailyCap], [transfer, dailyCap]]) {
    const id = reductions.map(({ kind }) => kind).join('-and-');
    accept(id, 'LIST-1.11', ofEntries(entryContent({ reductions })));
  }
  accept('daily-number', 'LIST-1.11', ofRules(ruleContent({ perDay: 2 })));
  accept(
    'organisations-only',
    'LIST-1.11',
    ofEntries(entryContent({ ...noCode, audience: { residents: false, organisations: true } })),
  );
}

export function addRuleFaults({ refuse }: PartStage): void {
  const clause = 'LIST-2.6';
  const details = (field: string) => ({ entry: '4201-metro', field });
  const falling = ruleContent({ residences: ['4301', '4201'] });
  refuse(
    'residences-falling',
    clause,
    ofRules(falling),
    'ENTRY_ORDER',
    details('rules[0].residences'),
  );
  const stranger = ruleContent({ residences: ['4202', '4301'], until: '2026-12-31' });
  refuse(
    'not-admitted',
    clause,
    ofRules(stranger),
    'RULE_RESIDENCE',
    details('rules[0].residences'),
  );
  const past = ruleContent({ id: 'past', until: '2026-12-31' });
  refuse(
    'ends-before',
    clause,
    ofRules(ruleContent(), past),
    'RULE_DATES',
    details('rules[1].until'),
  );
}

/** LIST-2.4, LIST-2.5: nobody pays for what it has not signed. */
export async function addFundings({ accept, refuse }: PartStage): Promise<void> {
  const rule = ruleContent({ id: 'guests', residences: ['4301'], class: 0, until: '2027-06-30' });
  const entry = entryContent();
  const holding = (funded: ConcessionRule, parts: Partial<Entry> = {}): Part =>
    ofEntries(entryContent({ ...parts, rules: [funded] }));
  const funded = await fundedRule(entry, rule, '4301');
  accept('funded-by-home-city', 'LIST-2.5', holding(funded));
  const observer = await fundedRule(entry, rule, OBSERVER);
  accept('funded-by-observer', 'LIST-2.5', holding(observer));
  const unsigned = (id: string, part: Part): void => {
    const field = `rules.${part.entries[0]?.rules[0]?.id ?? ''}`;
    const entry = part.entries[0]?.id ?? '';
    refuse(id, 'LIST-2.5', part, 'FUNDING_UNSIGNED', { entry, field });
  };
  const by = (signer: SignerName) => fundedRule(entry, rule, '4301', signer);
  unsigned('funding-by-host', holding(await by(rootSigner('4201'))));
  unsigned('funding-forged', holding(await by({ ...rootSigner('4301'), key: testKey('forger') })));
  const named = holding(await by({ ...rootSigner('4301'), by: '3401' }));
  unsigned('funding-named-other', named);
  unsigned('funding-other-key', holding(await by({ ...rootSigner('4301'), keyId: 2 })));
  unsigned('funding-by-stranger', holding(await fundedRule(entry, rule, '5101')));
  unsigned('funding-keyless', holding(await fundedRule(entry, rule, '4306')));
  unsigned('fare-raised-after', holding(funded, { tariff: { kind: 'flat', priceFen: 4050 } }));
  unsigned('rule-widened-after', holding({ ...funded, benefit: { kind: 'share', permille: 0 } }));
  unsigned('rule-prolonged-after', holding({ ...funded, until: '2027-12-31' }));
  unsigned('entry-other', ofEntries(entryContent({ id: '4201-metro-2', rules: [funded] })));
  if (funded.funder.kind === 'party') {
    const higher = { ...funded.funder, ceilingFen: 1_000_001 };
    unsigned('ceiling-raised-after', holding({ ...funded, funder: higher }));
  }
  const own = await fundedRule(entry, rule, '4201');
  const field = { entry: '4201-metro' };
  refuse('funds-itself', 'LIST-2.6', holding(own), 'RULE_FUNDER', {
    ...field,
    field: 'rules[0].funder.party',
  });
  const endless = await fundedRule(entry, { ...rule, until: null }, '4301');
  refuse('funded-without-end', 'LIST-2.6', holding(endless), 'RULE_FUNDER', {
    ...field,
    field: 'rules[0].until',
  });
  const second = entryContent({ id: '4201-museum', access: ['code', 'code'] });
  const unsignedFirst = entryContent({ rules: [await by(rootSigner('4201'))] });
  refuse(
    'funding-before-next-entry',
    'LIST-3.4',
    ofEntries(unsignedFirst, second),
    'FUNDING_UNSIGNED',
    {
      entry: '4201-metro',
    },
  );
}
