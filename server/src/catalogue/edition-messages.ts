import {
  editionContentShape,
  editionIdShape,
  editionNumberShape,
  editionShape,
  erratumShape,
  hashShape,
  headShape,
  integer,
  nullable,
  object,
  signatureShape,
  text,
  timeShape,
  type Edition,
  type Json,
  type Shape,
} from '@tongyu/protocol';
import type { CandidateFault, Opening } from '../store/catalogue-tables.ts';

/** Bodies of the messages that an edition needs (PEER-2.1). */
const referenceShape = object({ number: integer(1, 1_000_000), hash: hashShape });

/** What the hub says of an edition that it has opened. */
const openedMembers = {
  number: editionNumberShape,
  id: editionIdShape,
  effectiveFrom: nullable(timeShape),
  root: referenceShape,
  previous: nullable(referenceShape),
  opened: timeShape,
};
export type Opened = Pick<
  Opening,
  'number' | 'id' | 'effectiveFrom' | 'root' | 'previous' | 'opened'
>;

export const openShape: Shape<Opened> = object(openedMembers);
/** With all that `edition.open` said, which may come after it. */
export const withdrawShape = object({ ...openedMembers, reason: text(400) });

export const submitShape = object({
  edition: editionNumberShape,
  hash: hashShape,
  count: integer(0, 2_500),
});

const faultShape: Shape<CandidateFault> = (value, path) => {
  const all = object({
    code: text(60, /^[A-Z][A-Z0-9_]*$/),
    party: nullable(text(4, /^[1-9][0-9]{3}$/)),
    entry: nullable(text(40)),
    field: nullable(text(400)),
  })(value, path);
  return withoutNulls(all);
};
export const partAnswerShape = object({
  number: editionNumberShape,
  hash: hashShape,
  fault: nullable(faultShape),
});

export const proposeShape = object({ edition: editionContentShape });
export const answerShape = object({
  number: editionNumberShape,
  hash: hashShape,
  signature: nullable(signatureShape),
  reason: nullable(text(400)),
});
export const publishShape = object({ edition: editionShape });
export const headPublishShape = object({ head: headShape });
export const erratumPublishShape = object({ erratum: erratumShape });

export function openedOf({ number, id, effectiveFrom, root, previous, opened }: Opened): Opened {
  return { number, id, effectiveFrom, root, previous, opened };
}

/** An opening as somebody knows it who has only seen the candidate. */
export function openedOfEdition(edition: Edition): Opened {
  const { number, id, root, previous, opened } = edition;
  return { number, id, effectiveFrom: null, root, previous, opened };
}

export function newOpening(opened: Opened, now: number): Opening {
  return {
    ...openedOf(opened),
    state: 'open',
    reason: null,
    changedAt: now,
    edition: null,
    check: 'not yet',
    submissions: [],
    answers: [],
  };
}

export function faultJson(fault: CandidateFault): Json {
  const { code, party = null, entry = null, field = null } = fault;
  return { code, party, entry, field };
}

/** What the machine says of a faulty candidate: code, city, entry, member. */
export function faultText({ code, party, entry, field }: CandidateFault): string {
  return [code, party, entry, field].filter((word) => word !== undefined).join(' ');
}

function withoutNulls(fault: {
  readonly code: string;
  readonly party: string | null;
  readonly entry: string | null;
  readonly field: string | null;
}): CandidateFault {
  const { code, party, entry, field } = fault;
  return {
    code,
    ...(party === null ? {} : { party }),
    ...(entry === null ? {} : { entry }),
    ...(field === null ? {} : { field }),
  };
}
