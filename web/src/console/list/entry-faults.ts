import { entryFault, entryShape, readShape, type Entry, type Json } from '@tongyu/protocol';

/** A wrong member of the form, by its path as in `places[0].name.zhCN`. */
export type FormFault = { readonly path: string; readonly code: string };

/** One wrong member ends a reading of the form; each round takes one out of the way. */
const MAX_ROUNDS = 40;

/** All that this page can find wrong before the node looks: at most one fault of each member. */
export function faultsOf(party: string, tree: Json, template: Entry): readonly FormFault[] {
  const faults: FormFault[] = [];
  let rest = tree as Readonly<Record<string, Json>>;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const read = readShape(entryShape, rest);
    if (read.ok) {
      const fault = faults.length === 0 ? entryFault(party, read.value) : undefined;
      return fault === undefined ? faults : [{ path: fault.field, code: fault.code }];
    }
    const path = read.path.replace(/^\./, '');
    const member = /^[^.[]+/.exec(path)?.[0] ?? '';
    if (!Object.hasOwn(template, member)) return [...faults, { path, code: 'ENTRY_INVALID' }];
    faults.push({ path, code: 'ENTRY_INVALID' });
    rest = { ...rest, [member]: template[member as keyof Entry] };
  }
  return faults;
}

/** The entry, once `faultsOf` finds nothing. */
export function entryOf(tree: Json): Entry | undefined {
  const read = readShape(entryShape, tree);
  return read.ok ? read.value : undefined;
}

/** An entry with all its members and nothing to say yet. */
export function emptyEntry(party: string, today: string): Entry {
  const nothing = { zhCN: '', zhTW: null, en: null };
  return {
    id: `${party}-`,
    name: nothing,
    summary: nothing,
    operator: { id: `${party}-`, name: nothing },
    category: 'public-service',
    lifeEvent: 'getting-around',
    audience: { residents: true, organisations: false },
    access: ['counter'],
    staffed: nothing,
    contact: { phone: null, url: null },
    places: [],
    admits: [],
    tariff: { kind: 'free' },
    fareGroup: `${party}-`,
    rules: [],
    reductions: [],
    asks: [],
    assurance: 'none',
    source: { facts: 'public', terms: 'official', text: nothing, url: null },
    checked: { by: nothing, on: today },
    stage: 'pilot',
  };
}

/** The same with every text filled in: its members take the place of wrong ones. */
export function faultlessEntry(party: string): Entry {
  const words = { zhCN: '-', zhTW: null, en: null };
  const entry = emptyEntry(party, '2027-01-01');
  return {
    ...entry,
    id: `${party}-x`,
    ...{ name: words, summary: words, staffed: words, fareGroup: `${party}-x` },
    operator: { id: `${party}-x`, name: words },
    source: { ...entry.source, text: words },
    checked: { ...entry.checked, by: words },
  };
}
