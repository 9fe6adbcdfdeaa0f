import {
  EMPTY_CATALOGUE_OFFER,
  type Entry,
  type Head,
  type Part,
  type PartyId,
} from '@tongyu/protocol';
import { seedEntries } from './list-seeds.ts';
import type { CityList } from './ports.ts';

/** A service with stops, of the metro's operator. */
function tramOf(party: PartyId): Entry {
  const metro = seedEntries(party, '2026-11-01').find(({ id }) => id.endsWith('-metro'));
  if (metro === undefined) throw new Error('no metro to make a tram of');
  const stops = ['north', 'middle', 'south'].map((id, zone) => {
    return { id, name: { zhCN: `${id} 站`, zhTW: null, en: null }, zone };
  });
  const tariff = { kind: 'zones', stops, pricesFen: [200, 300, 400] } as const;
  return { ...metro, id: `${party}-tram`, tariff };
}

/** The list as a city of the test region holds it: its seeds, a tram, and a head of just now. */
export function testList(region: { readonly now: number }, party: PartyId): CityList {
  const part: Part = {
    type: 'tongyu.part',
    party,
    edition: '2026-H2',
    entries: [...seedEntries(party, '2026-11-01'), tramOf(party)],
    changes: [],
  };
  const head: Head = {
    type: 'tongyu.head',
    party,
    number: 1,
    time: region.now,
    edition: null,
    verified: [],
    suspended: [],
  };
  const only =
    <T>(value: T) =>
    (number: number) =>
      Promise.resolve(number === 1 ? value : undefined);
  return {
    inForce: () => Promise.resolve(part),
    part: only(part),
    head: only({ ...head, time: region.now }),
    newestHead: () => Promise.resolve({ ...head, time: region.now }),
    offer: () => Promise.resolve(EMPTY_CATALOGUE_OFFER),
  };
}
