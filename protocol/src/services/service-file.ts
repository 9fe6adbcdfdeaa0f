import type { PartyId } from '../code/pass.ts';
import {
  flag,
  integer,
  list,
  object,
  oneOf,
  nullable,
  text,
  type Shape,
} from '../encoding/shape.ts';
import type { Checked } from '../signature/check.ts';
import { serviceDay } from '../time/service-day.ts';
import { currentKeys, type Section } from '../trust/section.ts';
import {
  documentHash,
  parseDocument,
  partyShape,
  signatureCheck,
  signedShape,
  timeShape,
  type ParseResult,
  type SignedDocument,
} from '../trust/signed-document.ts';

/** A host city's services with what a visitor pays, signed by its list key (TAP-1). */
export type ServiceFile = {
  readonly type: 'tongyu.services';
  readonly party: PartyId;
  readonly number: number;
  readonly made: number;
  readonly services: readonly ServiceEntry[];
};

export type ServiceEntry = {
  /** Stable, e.g. `4201-metro`. */
  readonly id: string;
  readonly operator: string;
  readonly name: {
    readonly zhCN: string;
    readonly zhTW: string | null;
    readonly en: string | null;
  };
  readonly category: 'transport' | 'culture' | 'tourism';
  readonly open: boolean;
  /** Residences that have a price; a code of another city is `NOT_ENTITLED`. */
  readonly prices: readonly ServicePrice[];
};

/** Flat price for residents of one city, in 分. */
export type ServicePrice = { readonly residence: PartyId; readonly priceFen: number };

export type SignedServiceFile = SignedDocument<ServiceFile>;

export const serviceIdShape = text(40, /^[1-9][0-9]{3}-[a-z0-9-]{1,34}$/);

export const serviceEntryShape: Shape<ServiceEntry> = object({
  id: serviceIdShape,
  operator: text(40, /^[1-9][0-9]{3}-[a-z0-9-]{1,34}$/),
  name: object({ zhCN: text(60), zhTW: nullable(text(60)), en: nullable(text(120)) }),
  category: oneOf('transport', 'culture', 'tourism'),
  open: flag(),
  prices: list(object({ residence: partyShape, priceFen: integer(0, 10_000_000) }), 0, 64),
});

export const serviceFileShape: Shape<SignedServiceFile> = signedShape(
  object({
    type: oneOf('tongyu.services'),
    party: partyShape,
    number: integer(1, 1_000_000_000),
    made: timeShape,
    services: list(serviceEntryShape, 0, 2_500),
  }),
  1,
);

export const MAX_SERVICE_FILE_LENGTH = 4_000_000;
/** 2,500 services with a price for each of 16 cities have some 305,000 (TRUST-1.2). */
export const MAX_SERVICE_FILE_VALUES = 310_000;

export function parseServiceFile(source: string): ParseResult<SignedServiceFile> {
  const [length, values] = [MAX_SERVICE_FILE_LENGTH, MAX_SERVICE_FILE_VALUES];
  return parseDocument(serviceFileShape, source, length, values);
}

export type ServiceFileRefusal = {
  readonly code: 'SERVICES_SIGNATURE_INVALID' | 'SERVICES_OLDER' | 'TRUST_FORKED';
};

export type ServiceFileResult =
  | { readonly ok: true; readonly file: SignedServiceFile }
  | { readonly ok: false; readonly refusal: ServiceFileRefusal };

/** A service file against its city's section and the one held before. */
export function* verifyServiceFile(
  section: Section | undefined,
  held: ServiceFile | undefined,
  file: SignedServiceFile,
): Checked<ServiceFileResult> {
  const refuse = (code: ServiceFileRefusal['code']): ServiceFileResult => ({
    ok: false,
    refusal: { code },
  });
  const now = file.signed;
  const signature = file.signatures[0];
  const keys =
    section?.party === now.party ? currentKeys(section, 'list', serviceDay(now.made)) : [];
  const key = keys.find((entry) => entry.keyId === signature?.keyId);
  if (signature?.by !== now.party || key === undefined) return refuse('SERVICES_SIGNATURE_INVALID');
  if (!(yield signatureCheck(now, signature, key))) return refuse('SERVICES_SIGNATURE_INVALID');
  if (held !== undefined && now.number < held.number) return refuse('SERVICES_OLDER');
  if (held?.number === now.number && documentHash(held) !== documentHash(now)) {
    return refuse('TRUST_FORKED');
  }
  return { ok: true, file };
}
