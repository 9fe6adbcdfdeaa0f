import {
  findParty,
  parseCode,
  serviceDay,
  slotEnd,
  slotIndex,
  slotOf,
  slotStart,
  toHex,
  type NodeId,
  type ParsedCode,
  type PartyId,
  type SignedTimeStatement,
  type Tap,
} from '@tongyu/protocol';
import type { PassRow } from '../../server/src/store/city-tables.ts';
import type { ScanAnswer } from '../../server/src/terminal/scan-answer.ts';
import type { NumberRules } from './number-rules.ts';
import { statementLog, type StatementLog } from './statement-log.ts';
import type { RawTap } from './tap-rules.ts';
import type { StoreWrite } from './watched-store.ts';

/** What no gate may do, whatever it holds and whatever its clock says. */
export type AdmissionRules = {
  passesIssued(party: PartyId, rows: readonly PassRow[]): void;
  phonesRevoked(party: NodeId, writes: readonly StoreWrite[]): void;
  offered(gate: string, times: readonly SignedTimeStatement[]): void;
  /** A root reached the gate's disk. */
  rootSaved(gate: string, number: number): void;
  /** A round with the city is over, or the gate has just started: this root counts there. */
  settledDown(gate: string, rootNumber: number): void;
  crashed(gate: string): void;
  decided(gate: string, text: string, answer: ScanAnswer, tap: RawTap): void;
};

const DAY_SECONDS = 86_400;
const CODE_LIFE_SECONDS = 120;
const CODE_AHEAD_SECONDS = 60;
const REST_SECONDS = 120;
const SLOW_CLOCK_SECONDS = 60;

type GateFacts = {
  readonly statements: StatementLog;
  /** Times inside the accepted codes, by issuer and tag. */
  readonly accepted: Map<string, number[]>;
  readonly agedAccepts: Map<number, number>;
  /** Between these two lies the root that it decides by. */
  rootAtLeast: number;
  rootAtMost: number;
};

export function admissionRules(
  fail: (what: string) => void,
  numbers: NumberRules,
  maxWarnedAccepts: number,
): AdmissionRules {
  const gates = new Map<string, GateFacts>();
  const phoneOfTag = new Map<string, string>();
  /** The list that names the phone first, and the slot of the report: from it on (REV-3.1). */
  const revokedBy = new Map<string, { readonly number: number; readonly fromSlot: number }>();
  const gateOf = (id: string): GateFacts => {
    const known = gates.get(id);
    if (known !== undefined) return known;
    const fresh: GateFacts = {
      statements: statementLog(),
      accepted: new Map(),
      agedAccepts: new Map(),
      rootAtLeast: 1,
      rootAtMost: 1,
    };
    gates.set(id, fresh);
    return fresh;
  };

  const checkTime = (gate: string, { time, pass }: ParsedCode, now: number): void => {
    if (now - time > CODE_LIFE_SECONDS) fail(`${gate} accepted a code of ${now - time} s ago`);
    if (time - now > CODE_AHEAD_SECONDS) fail(`${gate} accepted a code from the future`);
    if (time < slotStart(pass.slot) || time >= slotEnd(pass.slot)) {
      fail(`${gate} accepted a code outside its slot`);
    }
  };
  const isMember = ({ rootAtLeast, rootAtMost }: GateFacts, party: PartyId): boolean => {
    for (let number = rootAtLeast; number <= rootAtMost; number++) {
      const root = numbers.rootOf(number);
      const entry = root === undefined ? undefined : findParty(root, party);
      if (entry?.role === 'member' && entry.status === 'active') return true;
    }
    return false;
  };
  const checkParty = (gate: string, code: ParsedCode, { held }: Tap): void => {
    const { issuer, keyId, slot } = code.pass;
    const bundle = numbers.bundleOf(held.bundleVersion);
    if (!isMember(gateOf(gate), issuer)) {
      fail(`${gate} accepted a code of ${issuer}, which is no member`);
    }
    const section = bundle?.sections.find(({ signed }) => signed.party === issuer)?.signed;
    const key = section?.keys.find((candidate) => candidate.keyId === keyId);
    if (key?.purpose !== 'issuer' || key.revokedAt !== null) {
      fail(`${gate} accepted a code under key ${issuer}.${keyId}, which does not count`);
    } else if (slot.day < key.fromDay || slot.day > key.untilDay) {
      fail(`${gate} accepted a code under a key of other days`);
    }
  };
  const checkAges = (gate: string, issuer: PartyId, tap: Tap): void => {
    const { statements, agedAccepts } = gateOf(gate);
    const { held, time: now } = tap;
    const trust = statements.agreed((s) => s.bundle.version <= held.bundleVersion);
    const list = statements.agreed((s) => (s.lists[issuer] ?? 0) <= (held.listNumber ?? -1));
    if (trust === undefined || now - trust > 3 * DAY_SECONDS) {
      fail(`${gate} accepted on trust older than 72 h`);
    } else if (now - trust > DAY_SECONDS) {
      const day = serviceDay(now);
      const count = (agedAccepts.get(day) ?? 0) + 1;
      agedAccepts.set(day, count);
      if (!tap.warned) fail(`${gate} accepted on aged trust and did not say so`);
      if (count > maxWarnedAccepts) fail(`${gate} accepted ${count} times a day on aged trust`);
    }
    if (list === undefined || now - list > 3 * DAY_SECONDS) {
      fail(`${gate} accepted on a list older than 72 h`);
    }
    const signed = statements.surelyAgreed((party) => isMember(gateOf(gate), party));
    if (signed !== undefined && now < signed - SLOW_CLOCK_SECONDS) {
      fail(`${gate} accepted at a time before one that two members had signed`);
    }
  };
  const checkUse = (gate: string, code: ParsedCode): void => {
    const { accepted } = gateOf(gate);
    const key = `${code.pass.issuer} ${toHex(code.pass.tag)}`;
    const times = accepted.get(key) ?? [];
    if (times.includes(code.time)) fail(`${gate} accepted one presentation twice`);
    if (times.length > 0 && !code.pass.reserve) fail(`${gate} accepted one pass twice`);
    const tooSoon = times.some((time) => Math.abs(time - code.time) < REST_SECONDS);
    if (tooSoon && code.pass.reserve) fail(`${gate} accepted a reserve pass without its rest`);
    accepted.set(key, [...times, code.time]);
  };
  const checkPhone = (gate: string, code: ParsedCode, { held }: Tap): void => {
    const { issuer, tag, slot } = code.pass;
    const phone = phoneOfTag.get(`${issuer} ${toHex(tag)}`);
    if (phone === undefined) {
      fail(`${gate} accepted a pass that ${issuer} never issued`);
      return;
    }
    const { number, fromSlot = 0 } = revokedBy.get(phone) ?? {};
    const isNamed = number !== undefined && (held.listNumber ?? 0) >= number;
    if (isNamed && slotIndex(slot) >= fromSlot) {
      fail(`${gate} accepted a lost phone although it holds list ${number} of ${issuer}`);
    }
  };

  return {
    passesIssued(party, rows) {
      for (const { tag, phoneId } of rows) phoneOfTag.set(`${party} ${tag}`, `${party} ${phoneId}`);
    },
    phonesRevoked(party, writes) {
      const list = writes.findLast((write) => write.kind === 'list');
      if (list === undefined) return;
      for (const write of writes) {
        if (write.kind !== 'phone' || write.row.revokedAt === null) continue;
        const key = `${party} ${write.row.phoneId}`;
        const fromSlot = slotIndex(slotOf(write.row.revokedAt));
        if (!revokedBy.has(key)) revokedBy.set(key, { number: list.row.number, fromSlot });
      }
    },
    offered(gate, times) {
      gateOf(gate).statements.heard(times.map(({ signed }) => signed));
    },
    rootSaved(gate, number) {
      gateOf(gate).rootAtMost = number;
    },
    settledDown(gate, rootNumber) {
      const it = gateOf(gate);
      it.statements.saved();
      it.rootAtLeast = rootNumber;
      it.rootAtMost = Math.max(it.rootAtMost, rootNumber);
    },
    crashed(gate) {
      gateOf(gate).statements.forgetUnsaved();
    },
    decided(gate, text, answer, { signed }) {
      if (answer.verdict !== 'pass') return;
      const parsed = parseCode(text);
      if (!parsed.ok) {
        fail(`${gate} accepted what is no code`);
        return;
      }
      checkTime(gate, parsed.code, signed.time);
      checkParty(gate, parsed.code, signed);
      checkAges(gate, parsed.code.pass.issuer, signed);
      checkUse(gate, parsed.code);
      checkPhone(gate, parsed.code, signed);
    },
  };
}
