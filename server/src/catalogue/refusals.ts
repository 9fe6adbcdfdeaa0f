import type { CatalogueRefusal as TakenRefusal, PartRefusal, PartyId } from '@tongyu/protocol';
import type { ChangesFault } from '@tongyu/domain';

/** Why an act on the service list is refused. */
export type CatalogueRefusal = {
  readonly code: CatalogueRefusalCode;
  readonly party?: PartyId;
  readonly entry?: string;
  /** As in `rules[0].until`. */
  readonly field?: string;
  /** Of `EDITION_UNSIGNED` and `PART_MISSING`: whose it is that lacks. */
  readonly missing?: readonly PartyId[];
  /** Of `EDITION_OPEN_ALREADY`: which. */
  readonly number?: number;
};

export type CatalogueRefusalCode =
  | 'TRUST_MISSING'
  | 'NOT_MEMBER'
  | 'EDITION_UNKNOWN'
  | 'EDITION_NOT_OPEN'
  | 'EDITION_OPEN_ALREADY'
  | 'EDITION_NOT_FROZEN'
  | 'EDITION_OVER'
  | 'EDITION_ID_TAKEN'
  | 'EDITION_DATE'
  | 'EDITION_UNSIGNED'
  | 'EDITION_SIGNED'
  | 'EDITION_OTHER_SIGNED'
  | 'CANDIDATE_DIFFERS'
  | 'CANDIDATE_UNCHECKED'
  | 'CANDIDATE_FAULTY'
  | 'PART_MISSING'
  | 'PART_TOO_LARGE'
  | 'ENTRY_UNKNOWN'
  | 'RULE_UNKNOWN'
  | 'ALREADY_SUSPENDED'
  | 'NOT_SUSPENDED'
  | 'SUSPENSIONS_FULL'
  | PartRefusal['code']
  | ChangesFault['code']
  | TakenRefusal['code']
  | 'HEAD_IN_FUTURE';

export type CatalogueResult<T> =
  | { readonly ok: true; readonly value: Readonly<T> }
  | { readonly ok: false; readonly refusal: CatalogueRefusal };

export function done<T>(value: T): CatalogueResult<T> {
  return { ok: true, value };
}

export function refuse(
  code: CatalogueRefusalCode,
  facts: Omit<CatalogueRefusal, 'code'> = {},
): { readonly ok: false; readonly refusal: CatalogueRefusal } {
  return { ok: false, refusal: { code, ...facts } };
}
