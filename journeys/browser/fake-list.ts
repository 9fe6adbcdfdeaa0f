// The service list of the fake region: the real seeds under one edition, which a test may age,
// suspend or change. Nothing in it is signed; phones take their own city's word.
import { createHash } from 'node:crypto';
import {
  dateAt,
  documentHash,
  EMPTY_CATALOGUE,
  editionIdAt,
  type Edition,
  type EditionId,
  type Entry,
  type Head,
  type Part,
  type PartyId,
  type Suspension,
} from '@tongyu/protocol';
import { hereList, type HeldList } from '../../server/src/city/here-list.ts';
import { seedEntries } from '../../server/src/city/list-seeds.ts';

const CITIES: readonly PartyId[] = ['3401', '3601', '4201', '4301'];

/** What a test may change. */
export type ListState = {
  editionId: EditionId;
  /** When the cities last signed their heads. */
  told: number;
  members: readonly PartyId[];
  suspended: readonly Suspension[];
  /** What a city's entries are made into. */
  change: (entry: Entry) => Entry;
};

export type FakeList = ListState & {
  /** The answer to a phone that already has the list with this tag. */
  readonly answer: (party: PartyId, knownTag: string | undefined) => Promise<Answer>;
};

type Answer = { readonly status: 200 | 304 | 404; readonly tag: string; readonly text: string };

export function untouchedList(now: number): ListState {
  return {
    editionId: editionIdAt(now),
    told: now - 60,
    members: CITIES,
    suspended: [],
    change: (entry) => entry,
  };
}

/** The list as of `now`, Unix seconds. */
export function makeFakeList(now: number): FakeList {
  const list: FakeList = {
    ...untouchedList(now),
    answer: async (party, knownTag) => {
      const found = await hereList(heldOf(list, now), party);
      if (found === undefined) return { status: 404, tag: '', text: '' };
      // A test changes entries under one edition, so the tag is over the text.
      const text = found.text();
      const tag = `"${createHash('sha256').update(text).digest('hex')}"`;
      return tag === knownTag ? { status: 304, tag, text: '' } : { status: 200, tag, text };
    },
  };
  return list;
}

function heldOf(list: ListState, now: number): HeldList {
  const edition = editionOf(list, now);
  return {
    current: () => EMPTY_CATALOGUE,
    members: () => list.members,
    inForce: () =>
      Promise.resolve({
        edition: { signed: edition, signatures: [] },
        part: (party) =>
          Promise.resolve(CITIES.includes(party) ? partOf(list, party, now) : undefined),
        head: (party) => ({ signed: headOf(list, party, edition), signatures: [] }),
      }),
  };
}

function partOf({ editionId, change }: ListState, party: PartyId, now: number): Part {
  const entries = seedEntries(party, dateAt(now)).map(change);
  return { type: 'tongyu.part', party, edition: editionId, entries, changes: [] };
}

function editionOf({ editionId }: ListState, now: number): Edition {
  return {
    type: 'tongyu.edition',
    number: 1,
    id: editionId,
    previous: null,
    root: { number: 1, hash: '0'.repeat(64) },
    opened: now - 7200,
    made: now - 7200,
    effectiveFrom: now - 3600,
    parts: CITIES.map((party) => ({ party, hash: party, count: 1 })),
  };
}

function headOf({ told, suspended }: ListState, party: PartyId, edition: Edition): Head {
  return {
    type: 'tongyu.head',
    party,
    number: 1,
    time: told,
    edition: { number: 1, hash: documentHash(edition) },
    verified: [],
    suspended: suspended.filter(({ entry }) => entry.startsWith(party)),
  };
}
