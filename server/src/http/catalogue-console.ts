import { Type } from '@fastify/type-provider-typebox';
import { isOverdue } from '@tongyu/domain';
import {
  activeMembers,
  documentHash,
  editionInForce,
  localTextShape,
  readShape,
  type LocalText,
} from '@tongyu/protocol';
import type { FastifyReply } from 'fastify';
import type { CatalogueRefusal, CatalogueResult } from '../catalogue/refusals.ts';
import type { Catalogue, CityCatalogue, HubCatalogue } from '../catalogue/types.ts';
import type { Clock } from '../ports/clock.ts';
import type { Opening } from '../store/catalogue-tables.ts';
import { needs } from './console-guard.ts';
import type { App } from './create-app.ts';
import { sendProblem } from './problem.ts';

type Openings = Catalogue & { openings(): Promise<readonly Opening[]> };

const tags = ['console', 'list'];
const closed = { additionalProperties: false };
const number = Type.Integer({ minimum: 1, maximum: 1_000_000 });
const byNumber = Type.Object({ number });
const hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const plainReason = Type.String({ minLength: 1, maxLength: 400, pattern: '\\S' });
const entry = Type.String({ pattern: '^[1-9][0-9]{3}-[a-z0-9-]{1,34}$' });
const rule = Type.Union([Type.String({ pattern: '^[a-z0-9-]{1,40}$' }), Type.Null()]);
const maybeText = Type.Union([Type.String({ maxLength: 1_000 }), Type.Null()]);
/** Its letters are looked at by the protocol's own shape. */
const words = Type.Object(
  { zhCN: Type.String({ minLength: 1, maxLength: 500 }), zhTW: maybeText, en: maybeText },
  closed,
);

/** What hub and city show alike: what is open, what is published, and what it changes. */
function addEditionViews(
  scope: App,
  catalogue: Openings & Pick<HubCatalogue, 'compare'>,
  clock: Clock,
): void {
  const reading = { ...needs('viewer'), schema: { tags } };
  scope.get('/console/api/editions', reading, async () => viewEditions(catalogue, clock.now()));
  const comparing = { ...needs('viewer'), schema: { params: byNumber, tags } };
  scope.get('/console/api/editions/:number/comparison', comparing, async (request, reply) =>
    answer(reply, await catalogue.compare(request.params.number)),
  );
}

async function viewEditions(catalogue: Openings, now: number): Promise<object> {
  const { editions } = await catalogue.state();
  const inForce = editionInForce(editions, now);
  const openings: object[] = [];
  for (const opening of await catalogue.openings()) {
    openings.push(await viewOpening(catalogue, opening));
  }
  return {
    openings,
    editions: [...editions].reverse().map((edition) => ({
      ...edition.signed,
      hash: documentHash(edition.signed),
      state: stateOf(edition.signed.number, inForce?.signed.number),
      isOverdue: edition === inForce && isOverdue(edition.signed, now),
    })),
  };
}

function stateOf(of: number, inForce: number | undefined): 'to-come' | 'in-force' | 'past' {
  if (of === inForce) return 'in-force';
  return of > (inForce ?? 0) ? 'to-come' : 'past';
}

/** Signatures themselves are nobody's business here; who has not given one is. */
async function viewOpening(catalogue: Catalogue, opening: Opening): Promise<object> {
  const { edition, answers, ...rest } = opening;
  const candidate = edition === null ? null : documentHash(edition);
  const root = (await catalogue.root(opening.root.number))?.signed;
  const members = root === undefined ? [] : activeMembers(root).map(({ party }) => party);
  const signed = answers.filter((one) => one.signature !== null && one.hash === candidate);
  return {
    ...rest,
    hash: candidate,
    effectiveFrom: edition?.effectiveFrom ?? opening.effectiveFrom,
    members,
    answers: answers.map(({ signature, ...one }) => ({ ...one, signed: signature !== null })),
    unsigned: members.filter((party) => !signed.some((one) => one.party === party)),
  };
}

export function addHubCatalogueConsole(scope: App, hub: HubCatalogue, clock: Clock): void {
  addEditionViews(scope, hub, clock);
  const openBody = Type.Object(
    {
      id: Type.String({ pattern: '^20[0-9]{2}-H[12]$' }),
      effectiveFrom: Type.Union([Type.Integer({ minimum: 0, maximum: 0xffffffff }), Type.Null()]),
    },
    closed,
  );
  const opening = { ...needs('publisher'), schema: { body: openBody, tags } };
  scope.post('/console/api/editions', opening, async (request, reply) =>
    answer(reply, await hub.openEdition(request.body)),
  );
  const freezing = { ...needs('publisher'), schema: { params: byNumber, tags } };
  scope.post('/console/api/editions/:number/freeze', freezing, async (request, reply) =>
    answer(reply, await hub.freeze(request.params.number)),
  );
  const withdrawBody = Type.Object({ reason: plainReason }, closed);
  const withdrawing = {
    ...needs('publisher'),
    schema: { params: byNumber, body: withdrawBody, tags },
  };
  scope.post('/console/api/editions/:number/withdraw', withdrawing, async (request, reply) =>
    answer(reply, await hub.withdraw(request.params.number, request.body.reason)),
  );
  const publishing = {
    ...needs('publisher'),
    schema: { params: byNumber, body: Type.Object({ hash }, closed), tags },
  };
  scope.post('/console/api/editions/:number/publish', publishing, async (request, reply) =>
    answer(reply, await hub.publish(request.params.number, request.body.hash)),
  );
}

export function addCityCatalogueConsole<T>(scope: App, city: CityCatalogue<T>, clock: Clock): void {
  addEditionViews(scope, city, clock);
  const signing = {
    ...needs('publisher'),
    schema: { params: byNumber, body: Type.Object({ hash }, closed), tags },
  };
  scope.post('/console/api/editions/:number/sign-off', signing, async (request, reply) => {
    const { params, body, account } = request;
    return answer(reply, await city.signOff(params.number, body.hash, account));
  });
  const objectBody = Type.Object({ hash, reason: plainReason }, closed);
  const objecting = { ...needs('publisher'), schema: { params: byNumber, body: objectBody, tags } };
  scope.post('/console/api/editions/:number/object', objecting, async (request, reply) => {
    const { params, body, account } = request;
    return answer(reply, await city.objectTo(params.number, body.hash, body.reason, account));
  });
  addWatchRoutes(scope, city);
}

/** What a city says of its own entries between two editions. */
function addWatchRoutes<T>(scope: App, city: CityCatalogue<T>): void {
  const suspendBody = Type.Object({ entry, rule, reason: words }, closed);
  const suspending = { ...needs('publisher'), schema: { body: suspendBody, tags } };
  scope.post('/console/api/list/suspensions', suspending, async (request, reply) => {
    const { body, account } = request;
    if (!isText(body.reason, 200)) return invalid(reply, 'reason');
    return answer(reply, await city.suspend(body, account));
  });
  scope.post('/console/api/list/suspensions/lift', suspending, async (request, reply) => {
    const { body, account } = request;
    if (!isText(body.reason, 200)) return invalid(reply, 'reason');
    return answer(reply, await city.restore(body, account));
  });
  const checkBody = Type.Object({ entry, by: words }, closed);
  const checking = { ...needs('editor'), schema: { body: checkBody, tags } };
  scope.post('/console/api/list/checks', checking, async (request, reply) => {
    const { body, account } = request;
    if (!isText(body.by, 60)) return invalid(reply, 'by');
    return answer(reply, await city.confirmCheck(body, account));
  });
  const field = Type.Union([Type.String({ pattern: '^[a-zA-Z0-9.[\\]-]{1,80}$' }), Type.Null()]);
  const erratumBody = Type.Object({ edition: number, entry, field, correction: words }, closed);
  const correcting = { ...needs('publisher'), schema: { body: erratumBody, tags } };
  scope.post('/console/api/list/errata', correcting, async (request, reply) => {
    const { body, account } = request;
    if (!isText(body.correction, 400)) return invalid(reply, 'correction');
    return answer(reply, await city.addErratum(body, account));
  });
}

function isText(value: LocalText, maxLength: number): boolean {
  return readShape(localTextShape(maxLength), value).ok;
}

function invalid(reply: FastifyReply, field: string): FastifyReply {
  return sendProblem(reply, { status: 400, code: 'INVALID', facts: { field: `body/${field}` } });
}

function answer<V extends object>(
  reply: FastifyReply,
  result: CatalogueResult<V>,
): Readonly<V> | FastifyReply {
  return result.ok ? result.value : sendCatalogueRefusal(reply, result.refusal);
}

/** The refusal's own members are the problem's facts, so that a screen can say where. */
export function sendCatalogueRefusal(reply: FastifyReply, refusal: CatalogueRefusal): FastifyReply {
  const { code, ...facts } = refusal;
  const status = code.endsWith('_UNKNOWN') ? 404 : code === 'TRUST_MISSING' ? 503 : 409;
  return sendProblem(reply, { status, code, facts });
}
