import { namedPart, type PartyId, type SignedEdition } from '@tongyu/protocol';
import type { PartShelf } from '../catalogue/part-shelf.ts';
import type { ListTables } from '../catalogue/room.ts';
import type { CityCatalogue } from '../catalogue/types.ts';
import type { JourneyList, RuleToSuspend } from './types.ts';

/** Said in the head by which a rule whose ceiling is reached is stopped. */
const CEILING_REACHED = {
  zhCN: '承担上限已到',
  zhTW: '承擔上限已到',
  en: 'Funding ceiling reached',
};
const BY_CEILING = 'ceiling';

/** The service list of a node as journeys ask for it, in their own transactions. */
export function journeyList<T extends ListTables>(
  party: PartyId,
  catalogue: CityCatalogue<T>,
  shelf: PartShelf,
): JourneyList<T> {
  /** What is published under a number never changes. */
  const editions = new Map<number, SignedEdition>();
  return {
    async part(tx, of, number) {
      if (!editions.has(number)) {
        for (const one of await tx.catalogue.editions()) editions.set(one.signed.number, one);
      }
      const edition = editions.get(number)?.signed;
      const named = edition === undefined ? undefined : namedPart(edition, of);
      return named === undefined ? undefined : shelf.load(tx, named.hash);
    },
    head: (tx, of, number) => tx.catalogue.headOf(of, number),
    headAt: (tx, of, time) => tx.catalogue.headAt(of, time),
    keepHead: (tx, head) => tx.catalogue.saveHead(head),
    async suspendRule(rule) {
      if (!(await isInForce(party, catalogue, rule))) return true; // it was signed anew, or is gone
      const asked = { entry: rule.entry, rule: rule.rule, reason: CEILING_REACHED };
      const result = await catalogue.suspend(asked, BY_CEILING);
      return result.ok || result.refusal.code !== 'SUSPENSIONS_FULL';
    },
  };
}

async function isInForce<T extends ListTables>(
  party: PartyId,
  catalogue: CityCatalogue<T>,
  { entry, rule, signature }: RuleToSuspend,
): Promise<boolean> {
  const part = await (await catalogue.inForce())?.part(party);
  const rules = part?.entries.find(({ id }) => id === entry)?.rules ?? [];
  const found = rules.find(({ id }) => id === rule);
  return found?.funder.kind === 'party' && found.funder.signature.signature === signature;
}
