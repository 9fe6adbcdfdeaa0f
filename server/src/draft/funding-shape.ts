import {
  entryIdShape,
  integer,
  object,
  oneOf,
  partyShape,
  ruleShape,
  tariffShape,
  type ConcessionRule,
  type DocumentSignature,
  type Entry,
  type Funding,
  type Json,
  type PartyId,
  type Shape,
} from '@tongyu/protocol';

/** A rule whose funder is still to be asked: no signature yet. */
export type UnsignedRule = Omit<ConcessionRule, 'funder'> & { readonly funder: UnsignedFunder };
type UnsignedFunder = {
  readonly kind: 'party';
  readonly party: PartyId;
  readonly ceilingFen: number;
};

const MAX_CEILING_FEN = 1_000_000_000_000;
const ceilingShape = integer(1, MAX_CEILING_FEN);
const funderShape: Shape<UnsignedFunder> = object({
  kind: oneOf('party'),
  party: partyShape,
  ceilingFen: ceilingShape,
});

/** The members of a rule but its funder: read with one that every rule may have. */
const termsShape: Shape<Omit<ConcessionRule, 'funder'>> = (value, path) => {
  const given = isObject(value) ? { ...value, funder: { kind: 'host' } } : (value ?? null);
  return termsOf(ruleShape(given, path));
};

function termsOf({ funder: _stand, ...terms }: ConcessionRule): Omit<ConcessionRule, 'funder'> {
  return terms;
}

export const unsignedRuleShape: Shape<UnsignedRule> = (value, path) => {
  const terms = termsShape(value, path);
  const funder = isObject(value) ? value['funder'] : undefined;
  return { ...terms, funder: funderShape(funder, `${path}.funder`) };
};

/** The content that a funder is asked to sign (LIST-2.5); a rule in it has no funder member. */
export const fundingShape: Shape<Funding> = object({
  type: oneOf('tongyu.funding'),
  host: partyShape,
  entry: entryIdShape,
  tariff: tariffShape,
  rule: (value, path) => {
    // A member that the content does not have would be signed and then be lost.
    if (isObject(value) && Object.hasOwn(value, 'funder')) return neverShape(value, path);
    return termsShape(value, path);
  },
  funder: partyShape,
  ceilingFen: ceilingShape,
});

const neverShape: Shape<never> = oneOf();

function isObject(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The rule that the content is about, as its funder signed it. */
export function fundedRule(funding: Funding, signature: DocumentSignature): ConcessionRule {
  const { rule, funder: party, ceilingFen } = funding;
  return { ...rule, funder: { kind: 'party', party, ceilingFen, signature } };
}

/** The entry with the rule in the place of the one of that id, or as the last. */
export function entryWithRule(entry: Entry, rule: ConcessionRule): Entry {
  const isThere = entry.rules.some(({ id }) => id === rule.id);
  const rules = isThere
    ? entry.rules.map((one) => (one.id === rule.id ? rule : one))
    : [...entry.rules, rule];
  return { ...entry, rules };
}
