import type { LocalText, PartyId } from '@tongyu/protocol';
import { PARTIES } from '../hub/parties.ts';

const NAMES: ReadonlyMap<PartyId, LocalText> = new Map(
  PARTIES.map(({ party, names }) => [
    party,
    { zhCN: names['zh-CN'], zhTW: names['zh-TW'], en: names.en },
  ]),
);

/** A city's name; its number where nobody has named it. */
export function partyName(party: PartyId): LocalText {
  return NAMES.get(party) ?? { zhCN: party, zhTW: party, en: party };
}
