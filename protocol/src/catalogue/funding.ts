import type { PartyId } from '../code/pass.ts';
import type { Checked } from '../signature/check.ts';
import { findParty, type Root } from '../trust/root.ts';
import { signatureCheck } from '../trust/signed-document.ts';
import type { Entry } from './entry.ts';
import type { ConcessionRule } from './rule.ts';

/** What a funder signs: the whole rule without its own signature, and which entry it is of. */
export type Funding = {
  readonly type: 'tongyu.funding';
  readonly host: PartyId;
  readonly entry: string;
  readonly tariff: Entry['tariff'];
  readonly rule: Omit<ConcessionRule, 'funder'>;
  readonly funder: PartyId;
  readonly ceilingFen: number;
};

/**
 * The content that the funder of a rule signs (LIST-2.5). The tariff is in it: a funder who agreed
 * to pay half of ¥4 did not agree to half of ¥40.
 */
export function fundingOf(entry: Entry, rule: ConcessionRule): Funding | undefined {
  const { funder, ...terms } = rule;
  if (funder.kind !== 'party') return undefined;
  return {
    type: 'tongyu.funding',
    host: entry.id.slice(0, 4),
    entry: entry.id,
    tariff: entry.tariff,
    rule: terms,
    funder: funder.party,
    ceilingFen: funder.ceilingFen,
  };
}

/** The first rule whose funder is another party that has not signed it; undefined if none. */
export function* unsignedRule(root: Root, entry: Entry): Checked<ConcessionRule | undefined> {
  for (const rule of entry.rules) {
    const content = fundingOf(entry, rule);
    if (content === undefined || rule.funder.kind !== 'party') continue;
    const { party, signature } = rule.funder;
    const key = findParty(root, party)?.rootKeys.find((entry) => entry.keyId === signature.keyId);
    if (key === undefined || signature.by !== party) return rule;
    if (!(yield signatureCheck(content, signature, key))) return rule;
  }
  return undefined;
}
