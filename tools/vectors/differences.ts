import { canonicalJson, type Entry, type Part, type PartChange } from '@tongyu/protocol';
import {
  entryContent,
  partContent,
  placeContent,
  ruleContent,
  words,
  zonesTariff,
} from './catalogue-region.ts';
import { VectorSet } from './vector-set.ts';

const metro = entryContent();
const museum = entryContent({
  id: '4201-museum',
  rules: [ruleContent({ id: 'a' }), ruleContent({ id: 'b' }), ruleContent({ id: 'c' })],
});
const tower = entryContent({ id: '4201-tower' });

function part(entries: readonly Entry[], ...kinds: readonly [PartChange['kind'], string][]): Part {
  const changes = kinds
    .map(([kind, entry]) => ({ entry, kind, reason: words('示例理由') }))
    .sort((a, b) => (a.entry < b.entry ? -1 : 1));
  return partContent('4201', { entries, changes });
}

type Found = {
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  /** Entry and the paths of its changed members, sorted. */
  readonly changed?: Readonly<Record<string, readonly string[]>>;
  readonly unchanged?: number;
};

/** LIST-3.7: what changed between two parts, and whether each change has its reason. */
export function differenceVectors(): VectorSet {
  const set = new VectorSet('differences');
  const before = set.document('before', canonicalJson(part([metro, museum])));
  const inputOf = (after: Part, from: string | null) => ({
    before: from,
    after: canonicalJson(after),
  });
  const found = (id: string, after: Part, facts: Found, from: string | null = before): void => {
    const { added = [], removed = [], changed = {}, unchanged = 0 } = facts;
    const all = { added, removed, changed, unchanged };
    set.accept(id, 'LIST-3.7', id, inputOf(after, from), {}, all);
  };
  const refuse = (id: string, after: Part, refusal: string, entry: string): void => {
    set.refuse(id, 'LIST-3.7', id, inputOf(after, before), {}, refusal, { entry });
  };
  addKinds(found);
  addFields(found);
  addUnexplained(refuse);
  return set;
}

type FoundOf = (id: string, after: Part, facts: Found, from?: string | null) => void;

function addKinds(found: FoundOf): void {
  found('nothing', part([metro, museum]), { unchanged: 2 });
  found('first', part([metro], ['added', '4201-metro']), { added: ['4201-metro'] }, null);
  found('first-empty', part([]), {}, null);
  found('added', part([metro, museum, tower], ['added', '4201-tower']), {
    ...{ added: ['4201-tower'], unchanged: 2 },
  });
  found('removed', part([museum], ['removed', '4201-metro']), {
    ...{ removed: ['4201-metro'], unchanged: 1 },
  });
  const all = part(
    [{ ...metro, stage: 'live' }, tower],
    ['changed', '4201-metro'],
    ['removed', '4201-museum'],
    ['added', '4201-tower'],
  );
  found('of-each-kind', all, {
    ...{ added: ['4201-tower'], removed: ['4201-museum'] },
    changed: { '4201-metro': ['stage'] },
  });
  found('everything-removed', part([], ['removed', '4201-metro'], ['removed', '4201-museum']), {
    removed: ['4201-metro', '4201-museum'],
  });
}

function addFields(found: FoundOf): void {
  const rule = ruleContent();
  const cases: readonly (readonly [string, Partial<Entry>, readonly string[]])[] = [
    ['a-text', { name: words('地下铁', { en: 'Metro' }) }, ['name.zhCN']],
    ['a-translation', { name: words('地铁', { en: 'Metro', zhTW: '捷運' }) }, ['name.zhTW']],
    ['a-price', { tariff: { kind: 'flat', priceFen: 500 } }, ['tariff.priceFen']],
    ['a-tariff', { tariff: { kind: 'free' } }, ['tariff.kind', 'tariff.priceFen']],
    [
      'to-zones',
      { tariff: zonesTariff },
      ['tariff.kind', 'tariff.priceFen', 'tariff.pricesFen', 'tariff.stops'],
    ],
    ['ways', { access: ['code', 'counter', 'phone'] }, ['access']],
    [
      'a-benefit',
      { rules: [ruleContent({ benefit: { kind: 'share', permille: 400 } })] },
      ['rules.senior-65.benefit.permille'],
    ],
    ['a-rule-more', { rules: [rule, ruleContent({ id: 'b' })] }, ['rules.b']],
    ['a-rule-instead', { rules: [ruleContent({ id: 'b' })] }, ['rules.b', 'rules.senior-65']],
    ['no-rule-left', { rules: [] }, ['rules']],
    ['hours', { places: [placeContent({ hours: [] })] }, ['places.station-1.hours']],
    ['a-position', { places: [placeContent({ position: null })] }, ['places.station-1.position']],
    ['an-operator', { operator: { id: '4201-m', name: words('示例运营方') } }, ['operator.id']],
    ['asks', { asks: [] }, ['asks']],
  ];
  for (const [id, parts, paths] of cases) {
    const after = part([entryContent(parts), museum], ['changed', '4201-metro']);
    found(id, after, { changed: { '4201-metro': paths }, unchanged: 1 });
  }
  const orders: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['rules-turned', ['b', 'a', 'c'], ['rules']],
    ['rules-turned-and-one-gone', ['c', 'a'], ['rules', 'rules.b']],
    ['one-gone-in-order', ['a', 'c'], ['rules.b']],
    ['one-more-in-between', ['a', 'd', 'b', 'c'], ['rules.d']],
  ];
  for (const [id, ids, paths] of orders) {
    const turned = { ...museum, rules: ids.map((name) => ruleContent({ id: name })) };
    const after = part([metro, turned], ['changed', '4201-museum']);
    found(id, after, { changed: { '4201-museum': paths }, unchanged: 1 });
  }
}

function addUnexplained(
  refuse: (id: string, after: Part, refusal: string, entry: string) => void,
): void {
  const unexplained = 'CHANGE_UNEXPLAINED';
  const live: Entry = { ...metro, stage: 'live' };
  refuse('added-silently', part([metro, museum, tower]), unexplained, '4201-tower');
  refuse('changed-silently', part([live, museum]), unexplained, '4201-metro');
  refuse('removed-silently', part([metro]), unexplained, '4201-museum');
  const wrong = part([live, museum], ['added', '4201-metro']);
  refuse('called-added', wrong, unexplained, '4201-metro');
  refuse('called-changed', part([metro], ['changed', '4201-museum']), unexplained, '4201-museum');
  const idle = part([metro, museum], ['changed', '4201-museum']);
  refuse('nothing-changed', idle, 'CHANGE_NOT_MADE', '4201-museum');
  const nowhere = part([metro, museum], ['removed', '4201-nowhere']);
  refuse('never-there', nowhere, 'CHANGE_NOT_MADE', '4201-nowhere');
  const both = part([live, museum], ['changed', '4201-museum']);
  refuse('unexplained-first', both, unexplained, '4201-metro');
  refuse('added-before-changed', part([live, museum, tower]), unexplained, '4201-tower');
  refuse(
    'changed-before-removed',
    part([{ ...museum, stage: 'live' }]),
    unexplained,
    '4201-museum',
  );
}
