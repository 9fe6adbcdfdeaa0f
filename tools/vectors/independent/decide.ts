import { deviceSigned, issuerSigned, readCode, slotBegin, type Code } from './read-code.ts';
import {
  activeMembers,
  countSigners,
  goodKeys,
  hashOf,
  listIsSigned,
  readList,
  rootKeysOf,
  secondNewest,
  serviceDayOf,
  type Bundle,
  type Document,
  type ListHead,
  type ListPart,
  type Root,
  type Section,
  type TimeStatement,
} from './trust.ts';

/** One decision of codes.json, from documents to refusal, by the words of REF-1.2. */
export type TrustContext = {
  readonly root: string;
  readonly bundle: string;
  readonly times: readonly string[];
  readonly lists: Readonly<Record<string, string>>;
  readonly part: string;
  readonly head: string;
};
export type Moment = {
  readonly trust: string;
  readonly now: number;
  readonly highestSignedTime: number;
  readonly agedAcceptsToday: number;
  readonly maxAgedAcceptsPerDay: number;
  readonly lastAcceptedTime: number | null;
  readonly service: string;
};
export type Decision =
  | { readonly refusal: string }
  | { readonly code: Code; readonly priceFen: number; readonly warned: boolean };

export type HeldTrust = {
  readonly root: Root;
  readonly bundle: Bundle;
  readonly times: readonly TimeStatement[];
  readonly lists: Readonly<Record<string, Buffer>>;
  readonly part: ListPart;
  readonly head: ListHead;
};

const DAY_SECONDS = 86_400;

/** Reads a context's documents and checks every signature on them; throws when one is bad. */
export function openTrust(
  context: TrustContext,
  documents: Readonly<Record<string, string>>,
): HeldTrust {
  const open = <T>(name: string): Document<T> =>
    JSON.parse(documents[name] ?? 'null') as Document<T>;
  const must = (good: boolean, what: string): void => {
    if (!good) throw new Error(`${what} of the context is not good`);
  };
  const root = open<Root>(context.root);
  const bundle = open<Bundle>(context.bundle);
  const rootKeys = rootKeysOf(root.signed);
  const members = activeMembers(root.signed);
  const ofMembers = (party: string) => (members.includes(party) ? rootKeys(party) : []);
  must(countSigners(root, ofMembers) >= root.signed.threshold, 'root');
  must(countSigners(bundle, ofMembers) >= root.signed.threshold, 'bundle');
  must(bundle.signed.root.hash === hashOf(root.signed), 'root of the bundle');
  for (const section of bundle.signed.sections) {
    const own = (party: string) => (party === section.signed.party ? rootKeys(party) : []);
    must(countSigners(section, own) === 1, `section ${section.signed.party}`);
  }
  const sectionOf = (party: string): Section | undefined =>
    bundle.signed.sections.find((entry) => entry.signed.party === party)?.signed;
  const byListKey = (party: string, time: number) => (by: string) =>
    by === party ? goodKeys(sectionOf(party), 'list', serviceDayOf(time)) : [];
  const times = context.times.map((name) => open<TimeStatement>(name));
  for (const time of times) {
    const { party, time: when } = time.signed;
    must(countSigners(time, byListKey(party, when)) === 1, `time of ${party}`);
  }
  const part = JSON.parse(documents[context.part] ?? 'null') as ListPart;
  const head = open<ListHead>(context.head);
  must(countSigners(head, byListKey(part.party, head.signed.time)) === 1, 'head');
  const lists: Record<string, Buffer> = {};
  for (const [issuer, name] of Object.entries(context.lists)) {
    const bytes = Buffer.from(documents[name] ?? '', 'base64url');
    must(listIsSigned(bytes, sectionOf(issuer)), `list of ${issuer}`);
    lists[issuer] = bytes;
  }
  return {
    root: root.signed,
    bundle: bundle.signed,
    times: times.map((entry) => entry.signed),
    lists,
    part,
    head: head.signed,
  };
}

export function decide(text: string, trust: HeldTrust, moment: Moment): Decision {
  const code = readCode(text);
  if ('refusal' in code) return { refusal: code.refusal };
  const { now } = moment;
  if (now + 60 < moment.highestSignedTime) return { refusal: 'TERMINAL_CLOCK' };
  const { version } = trust.bundle;
  const current = trust.times.filter((entry) => entry.bundle.version <= version);
  const trustTime = secondNewest(trust.root, current);
  if (trustTime === null || now - trustTime > 3 * DAY_SECONDS) return { refusal: 'TRUST_STALE' };
  const isAged = now - trustTime > DAY_SECONDS;
  if (isAged && moment.agedAcceptsToday >= moment.maxAgedAcceptsPerDay) {
    return { refusal: 'TRUST_STALE' };
  }
  const refusal = ofIssuer(code, trust) ?? ofTime(code, now);
  if (refusal !== undefined) return { refusal };
  return ofRest(code, trust, moment, isAged);
}

function ofIssuer(code: Code, trust: HeldTrust): string | undefined {
  const party = trust.root.parties.find((entry) => entry.party === code.issuer);
  if (party === undefined) return 'ISSUER_UNKNOWN';
  if (party.role === 'observer') return 'ISSUER_NOT_PARTY';
  if (party.status === 'suspended') return 'ISSUER_SUSPENDED';
  const section = trust.bundle.sections.find((entry) => entry.signed.party === code.issuer);
  const key = section?.signed.keys.find((entry) => entry.keyId === code.keyId);
  if (key?.purpose !== 'issuer') return 'KEY_UNKNOWN';
  if (code.day < (key.fromDay ?? 0) || code.day > (key.untilDay ?? 0)) return 'KEY_UNKNOWN';
  if (key.revokedAt !== null) return 'KEY_REVOKED';
  if (key.alg !== (code.suite === 1 ? 'ES256' : 'SM2')) return 'KEY_UNKNOWN';
  if (!issuerSigned(code, Buffer.from(key.key, 'base64url'))) return 'PASS_SIGNATURE_INVALID';
  return deviceSigned(code) ? undefined : 'DEVICE_SIGNATURE_INVALID';
}

function ofTime(code: Code, now: number): string | undefined {
  const begin = slotBegin(code.day, code.slot);
  if (code.time < begin) return 'PASS_NOT_YET_VALID';
  if (code.time >= begin + 21_600) return 'PASS_EXPIRED';
  if (now - code.time > 120) return 'CODE_STALE';
  if (code.time - now > 60) return 'CLOCK_SKEW';
  return undefined;
}

function ofRest(code: Code, trust: HeldTrust, moment: Moment, isAged: boolean): Decision {
  const bytes = trust.lists[code.issuer];
  const list = bytes === undefined ? undefined : readList(bytes, code.day, code.slot);
  if (list?.tags.includes(code.tagHex) === true) return { refusal: 'PASS_REVOKED' };
  const agreeing = trust.times.filter(
    (entry) => (entry.lists[code.issuer] ?? 0) <= (list?.number ?? -1),
  );
  const listTime = list === undefined ? null : secondNewest(trust.root, agreeing);
  if (listTime === null || moment.now - listTime > 3 * DAY_SECONDS) {
    return { refusal: 'REVOCATION_STALE' };
  }
  const last = moment.lastAcceptedTime;
  if (last !== null && !(code.reserve && code.time - last >= 120)) {
    return { refusal: 'ALREADY_USED' };
  }
  const service = trust.part.entries.find((entry) => entry.id === moment.service);
  const isSuspended = trust.head.suspended.some((entry) => entry.entry === moment.service);
  const isHeadOld = moment.now - trust.head.time > 3 * DAY_SECONDS;
  if (service === undefined || isSuspended || isHeadOld) return { refusal: 'SERVICE_NOT_OPEN' };
  if (!service.admits.includes(code.issuer)) return { refusal: 'NOT_ENTITLED' };
  // The rules of these documents are for everybody of one residence.
  const rule = service.rules.find((entry) => entry.residences.includes(code.issuer));
  const priceFen = rule?.benefit.priceFen ?? service.tariff.priceFen;
  const warned = isAged || moment.now - listTime > DAY_SECONDS;
  return { code, priceFen, warned };
}
