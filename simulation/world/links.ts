import { hash } from 'node:crypto';
import {
  parseCanonicalJson,
  parseTrustOffer,
  toBase64Url,
  trustOfferText,
  type CatalogueOffer,
  type Json,
  type NodeId,
  type PartyId,
  type TrustHave,
  type TrustOffer,
} from '@tongyu/protocol';
import type { City } from '../../server/src/city/city.ts';
import { phoneRequestInput } from '../../server/src/city/phone-request.ts';
import type { CityResult } from '../../server/src/city/refusals.ts';
import { terminalRequestInput } from '../../server/src/city/terminal-request.ts';
import { PeerAway, type PeerNet } from '../../server/src/peers/types.ts';
import {
  HomeAway,
  type HomeAnswer,
  type HomeLink,
  type HomeRefusal,
  type PhoneIdentity,
} from '../../server/src/phone/ports.ts';
import type { PhoneRow } from '../../server/src/store/city-tables.ts';
import { CityAway, type CityLink } from '../../server/src/terminal/ports.ts';
import type { SimTables } from '../judge/watched-store.ts';
import { NoAnswer } from '../kernel/wire.ts';
import { forEver, type Life } from './process.ts';
import type { SimGate } from './sim-gate.ts';
import { reach } from './sim-node.ts';
import type { World } from './world.ts';

const MAX_TAP_TEXT = 4_000;
const MAX_SEEN_OFFERS = 6;
const HAS_NOTHING: TrustHave = { root: 0, bundle: 0, lists: {} };

export function peerNet(world: World, self: NodeId): PeerNet {
  const away = (why: string): Error => new PeerAway(why);
  return {
    async send(to, text) {
      const deliver = async () => {
        const received = await reach(world, to).keeper.receive(text);
        if (received.ok) world.judge.receiptLeaves(to, text);
        return received;
      };
      const received = await world.wire.request(self, to, deliver, away);
      if (!received.ok) throw new PeerAway(`${to} refuses: ${received.refusal.code}`);
      return received.receipt;
    },
    async fetchTrust(from, have) {
      const ask = () => reach(world, from).keeper.offer(have, 'node');
      return carried(world, await world.wire.request(self, from, ask, away));
    },
    fetchFounding: (from) =>
      world.wire.request(self, from, () => reach(world, from).keeper.founding(), away),
    fetchCatalogue: (from, have) =>
      world.wire.request(self, from, () => reach(world, from).catalogue.face.offer(have), away),
    async fetchPart(from, hash) {
      const ask = () => reach(world, from).catalogue.face.partText(hash);
      const text = await world.wire.request(self, from, ask, away);
      if (text === undefined) throw new PeerAway(`${from} has no such part`);
      return text;
    },
  };
}

/** The offer as it is after its way over HTTP, in those seeds that take the time for it. */
function carried(world: World, offer: TrustOffer): TrustOffer {
  if (!world.options.offersAsText) return offer;
  const parsed = parseTrustOffer(trustOfferText(offer));
  if (!parsed.ok) throw new TypeError(`an offer does not parse at ${parsed.refusal.path}`);
  return parsed.value;
}

function cityOf(world: World, party: PartyId): City<SimTables> {
  const { city } = reach(world, party);
  if (city === undefined) throw new NoAnswer('no city');
  return city;
}

export function cityLink(world: World, gate: SimGate, life: Life): CityLink {
  const away = (why: string): Error => new CityAway(why);
  const host = gate.host;
  return {
    async sync(have, usedCursor) {
      const ask = async (): Promise<TrustOffer> => {
        const old = gate.mirror.shift();
        if (old !== undefined) return old; // somebody answers in the city's place, from the past
        const city = cityOf(world, host);
        const { keeper } = reach(world, host);
        // Whoever is in the middle may ask as a gate that has nothing, and keep the whole answer.
        if (gate.seenOffers.length === 0) {
          gate.seenOffers.push(await keeper.offer(HAS_NOTHING, 'terminal'));
        }
        const offer = await keeper.offer(have, 'terminal');
        const feed = await feedOf(world, gate, city, usedCursor);
        return { ...offer, used: feed.used, usedCursor: feed.cursor };
      };
      const offer = carried(world, await world.wire.request(gate.endpoint, host, ask, away));
      if (!life.alive) return forEver();
      world.judge.gateOffered(gate.id, offer);
      gate.seenOffers.push(offer);
      if (gate.seenOffers.length > MAX_SEEN_OFFERS) gate.seenOffers.splice(1, 1);
      return offer;
    },
    async list(have) {
      const ask = async (): Promise<CatalogueOffer> => {
        const old = gate.listMirror.shift();
        return old ?? cityOf(world, host).listOffer(have);
      };
      const offer = await world.wire.request(gate.endpoint, host, ask, away);
      if (!life.alive) return forEver();
      if (offer.heads.length > 0) gate.seenLists.push(offer);
      if (gate.seenLists.length > 6) gate.seenLists.shift();
      return offer;
    },
    async part(hash) {
      const ask = () => reach(world, host).catalogue.face.partText(hash);
      return (await world.wire.request(gate.endpoint, host, ask, away)) ?? '';
    },
    uploadTaps: (batch, usedCursor) =>
      world.wire.request(
        gate.endpoint,
        host,
        async () => {
          const taps = batch.map((text) => parseCanonicalJson(text, MAX_TAP_TEXT) ?? null);
          const cursor = usedCursor === '' ? '0' : usedCursor;
          const answer = await cityOf(world, host).takeTaps(taps, cursor);
          world.judge.hostAnswers(host, gate.id, answer.results);
          return answer;
        },
        away,
      ),
  };
}

async function feedOf(
  world: World,
  gate: SimGate,
  city: City<SimTables>,
  usedCursor: string,
): Promise<Awaited<ReturnType<City<SimTables>['used']>>> {
  const path = '/terminal/sync';
  const time = String(world.seconds() + gate.skewSeconds);
  const signature = gate.key.sign(terminalRequestInput(path, time));
  const header = `${gate.id}.${time}.${toBase64Url(signature)}`;
  const terminal = await city.recogniseTerminal(header, path);
  if (!terminal.ok) return { used: [], cursor: '' };
  return city.used(terminal.value, usedCursor === '' ? '0' : usedCursor);
}

/** A phone's way home. */
export function homeLink(world: World, phone: string, party: PartyId): HomeLink {
  const away = (why: string): Error => new HomeAway(why);
  const call = <T>(
    work: (city: City<SimTables>) => Promise<HomeAnswer<T>>,
  ): Promise<HomeAnswer<T>> =>
    world.wire.request(phone, party, () => work(cityOf(world, party)), away);
  const asPhone = <T>(
    as: PhoneIdentity,
    method: 'GET' | 'POST',
    path: string,
    body: Json,
    work: (city: City<SimTables>, row: PhoneRow) => Promise<HomeAnswer<T>>,
  ): Promise<HomeAnswer<T>> =>
    call(async (city) => {
      const bodyHash = hash('sha256', JSON.stringify(body), 'hex');
      const input = phoneRequestInput({ method, path, bodyHash }, as.time, as.nonce);
      const signature = toBase64Url(await as.key.sign(input));
      const header = `${as.phoneId}.${String(as.time)}.${as.nonce}.${signature}`;
      const row = await city.recognisePhone({ header, method, path, bodyHash });
      return row.ok ? work(city, row.value) : refusalOf(row);
    });
  return {
    personas: () => Promise.resolve({ ok: true, value: [] }),
    bind: (request) => call(async (city) => answerOf(await city.bind(request))),
    pool: (as, wanted, classNumber) =>
      asPhone(as, 'POST', '/resident/pool', { wanted: [...wanted] }, async (city, row) =>
        answerOf(await city.pool(row.phoneId, { wanted, class: classNumber })),
      ),
    classes: (as) =>
      asPhone(as, 'GET', '/resident/classes', null, async (city, row) => {
        const result = await city.classes(row);
        return result.ok ? { ok: true, value: result.value.classes } : refusalOf(result);
      }),
    status: (as) =>
      asPhone(as, 'GET', '/resident/status', null, async (city, row) => ({
        ok: true,
        value: await city.status(row),
      })),
    ask: () => Promise.reject(away('riders show codes and nothing else')),
    unbind: (as) =>
      asPhone(as, 'POST', '/resident/unbind', null, async (city, row) =>
        answerOf(await city.unbind(row.phoneId)),
      ),
    phonesOf: (proof) =>
      call(async (city) => {
        const result = await city.reportLost({ proof });
        if (!result.ok) return refusalOf(result);
        return { ok: true, value: 'phones' in result.value ? result.value.phones : [] };
      }),
    reportLost: (proof, phoneId) =>
      call(async (city) => {
        const result = await city.reportLost({ proof, phoneId });
        if (!result.ok) return refusalOf(result);
        if (!('revokedAt' in result.value)) throw new TypeError('a report answers its moment');
        return { ok: true, value: result.value };
      }),
  };
}

function answerOf<T>(result: CityResult<T>): HomeAnswer<T> {
  return result.ok ? result : refusalOf(result);
}

function refusalOf(
  result: Extract<CityResult<unknown>, { ok: false }>,
): Extract<HomeAnswer<never>, { ok: false }> {
  const { code, facts } = result.refusal;
  const { serverTime, day, slot } = facts ?? {};
  const refusal: HomeRefusal = {
    code,
    ...(typeof serverTime === 'number' ? { serverTime } : {}),
    ...(typeof day === 'number' && typeof slot === 'number' ? { slot: { day, slot } } : {}),
  };
  return { ok: false, refusal };
}
