import type { Entry, LocalText, Part, PartyId } from '@tongyu/protocol';
import { seedEntries } from '../server/src/city/list-seeds.ts';

/** Deterministic, so that sizes can be compared between runs. */
function diceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const FIRST_CHARACTER = 0x4e00;
/** As many different characters as names of a city's places use. */
const CHARACTERS = 1_200;
const SYLLABLES = 'jiang han lu qiao men shan hu da xue bei nan dong xi zhong guang chang'.split(
  ' ',
);

/**
 * A city's part of many entries: each seed again and again, with names, texts, addresses, places
 * and prices of its own, so that it compresses no better than a real list would.
 */
export function largePart(party: PartyId, edition: string, count: number, dearer = 0): Part {
  const dice = diceOf(Number(party));
  const seeds = seedEntries(party, '2026-11-27');
  const entries = Array.from({ length: count }, (_, i) => {
    const seed = seeds[i % seeds.length];
    if (seed === undefined) throw new TypeError(`no seeds for ${party}`);
    return variant(seed, `${party}-s${String(i).padStart(5, '0')}`, dice, i < dearer ? 100 : 0);
  });
  const kind = dearer > 0 ? 'changed' : 'added';
  const changed = dearer > 0 ? entries.slice(0, dearer) : entries;
  const reason = { zhCN: '半年更新', zhTW: null, en: null };
  const changes = changed.map(({ id }) => ({ entry: id, kind: kind as 'changed', reason }));
  return { type: 'tongyu.part', party, edition, entries, changes };
}

function variant(seed: Entry, id: string, dice: (below: number) => number, more: number): Entry {
  const chinese = (length: number): string =>
    Array.from({ length }, () => String.fromCharCode(FIRST_CHARACTER + 7 * dice(CHARACTERS))).join(
      '',
    );
  const english = (): string => `${SYLLABLES[dice(16)] ?? ''}${SYLLABLES[dice(16)] ?? ''}`;
  const own = (text: LocalText, length: number): LocalText => {
    const name = chinese(length);
    return {
      zhCN: `${name}${text.zhCN}`.slice(0, 60),
      zhTW: null,
      en: `${english()} ${english()}`,
    };
  };
  return {
    ...seed,
    id,
    name: own(seed.name, 4),
    summary: { ...seed.summary, zhCN: `${chinese(12)}${seed.summary.zhCN}`.slice(0, 400) },
    contact: { ...seed.contact, phone: `027-${String(80_000_000 + dice(10_000_000))}` },
    places: [
      ...seed.places.slice(0, 1),
      {
        id: 'own',
        name: own(seed.name, 5),
        address: own({ zhCN: `路${String(dice(900))}号`, zhTW: null, en: null }, 5),
        position: {
          latitudeE6: 30_000_000 + dice(900_000),
          longitudeE6: 114_000_000 + dice(900_000),
        },
        hours: [{ days: [1, 2, 3, 4, 5], fromMinute: 480 + 30 * dice(4), toMinute: 1_020 }],
      },
    ],
    tariff: { kind: 'flat', priceFen: 100 * (1 + dice(60)) + more },
  };
}
