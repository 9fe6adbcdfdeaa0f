import {
  canonicalJson,
  partTextHash,
  signContent,
  toBase64Url,
  type Entry,
  type Json,
  type Part,
  type PartyId,
  type Root,
  type SignedEdition,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import { generateSigner, type SyncSigner } from '../../crypto/sign.ts';
import { verifySync } from '../../crypto/verify.ts';
import type { HandledType, PeerAnswer, PeerHandlers } from '../../peers/types.ts';
import { memoryDraft } from '../../store/draft-memory.ts';
import { memoryFeedback } from '../../store/feedback-memory.ts';
import { createMemoryStore, type NodeStore } from '../../store/node-store.ts';
import { countingRng } from '../../trust/testing/test-clockwork.ts';
import { createDraft, type Draft } from '../draft.ts';
import type { DraftList, OfficeTables } from '../ports.ts';

/** 2026-11-24 12:00 in Wuhan. */
export const NOON = 1_795_492_800;

/** Offices of some cities; their messages wait in a row until the test carries them. */
export type TestOffices = {
  now: number;
  readonly waiting: TestMessage[];
  office(party: PartyId): TestOffice;
  /** Carries all waiting messages and their receipts; answers what the receivers said. */
  carry(): Promise<readonly PeerAnswer[]>;
};

export type TestMessage = {
  readonly from: string;
  readonly to: string;
  readonly type: HandledType;
  readonly body: Json;
};

export type TestOffice = {
  readonly party: PartyId;
  readonly draft: Draft;
  readonly store: NodeStore<OfficeTables>;
  readonly rootKey: SyncSigner;
  /** Parts that were handed in. */
  readonly submitted: Part[];
  /** The newest edition has these entries of the city from now on. */
  publish(entries: readonly Entry[]): void;
  /** What the office's node makes of a message. */
  take(from: string, type: TestMessage['type'], body: Json): Promise<PeerAnswer>;
};

export function testOffices(
  parties: readonly PartyId[] = ['4201', '4301'],
  makeStore: (party: PartyId) => NodeStore<OfficeTables> = memoryStore,
): TestOffices {
  const keys = new Map(parties.map((party) => [party, generateSigner('ES256')]));
  const waiting: TestMessage[] = [];
  const offices = new Map<PartyId, TestOffice>();
  const region: TestOffices = {
    now: NOON,
    waiting,
    office(party) {
      const found = offices.get(party);
      if (found === undefined) throw new Error('no such office in the test');
      return found;
    },
    async carry() {
      const answers: PeerAnswer[] = [];
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { from, to, type, body } = next;
        const answer = await region.office(to).take(from, type, body);
        answers.push(answer);
        const receipt = {
          ...{ of: 'jti', hash: '', outcome: answer.outcome, answer: null },
          refusal: answer.outcome === 'refused' ? { code: answer.code, field: null } : null,
        };
        const sent = { to, jti: 'jti', type, body };
        const { store, draft } = region.office(from);
        await store.transaction(async (tx) => draft.receipts[type]?.(tx, sent, receipt));
      }
      return answers;
    },
  };
  const root = testRoot(keys);
  for (const party of parties) {
    offices.set(party, testOffice(region, party, keys, root, makeStore(party)));
  }
  return region;
}

function memoryStore(): NodeStore<OfficeTables> {
  return createMemoryStore((undo) => ({ ...memoryDraft(undo), ...memoryFeedback(undo) }));
}

function testOffice(
  region: TestOffices,
  party: PartyId,
  keys: ReadonlyMap<PartyId, SyncSigner>,
  root: Root,
  store: NodeStore<OfficeTables>,
): TestOffice {
  const rootKey = keys.get(party);
  if (rootKey === undefined) throw new Error('no key in the test');
  const submitted: Part[] = [];
  const list = testList(party, submitted);
  const draft = createDraft<OfficeTables>({
    party,
    ports: { clock: { now: () => region.now }, rng: countingRng(party), verify: verifySync },
    store,
    list,
    trust: {
      root: () => Promise.resolve(root),
      signFunding: (funding) => signContent(funding, party, 1, rootKey),
    },
    peers: {
      send(_tx, { to, type, body }) {
        region.waiting.push({ from: party, to, type, body: copyOf(body) });
        return Promise.resolve();
      },
      kick: () => undefined,
    },
  });
  return {
    ...{ party, draft, store, rootKey, submitted },
    publish(entries) {
      list.publish(entries);
    },
    take(from, type, body) {
      const handlers: Partial<PeerHandlers<OfficeTables>> = draft.handlers;
      const handler = handlers[type];
      if (handler === undefined) throw new Error(`the office takes no ${type}`);
      const message = { iss: from, body: copyOf(body) } as VerifiedPeerMessage;
      return store.transaction((tx) => handler(tx, message));
    },
  };
}

/** What travels is text: what comes out of it is nobody's object. */
function copyOf(body: Json): Json {
  return JSON.parse(canonicalJson(body)) as Json;
}

type TestList = DraftList<OfficeTables> & { publish(entries: readonly Entry[]): void };

function testList(party: PartyId, submitted: Part[]): TestList {
  const parts = new Map<string, Part>();
  let edition: SignedEdition | undefined;
  return {
    state: () =>
      Promise.resolve({ editions: edition === undefined ? [] : [edition], heads: [], errata: [] }),
    part: (hash) => Promise.resolve(parts.get(hash)),
    opened: (number) => Promise.resolve(number === 9 ? { id: '2027-H1' } : undefined),
    submit(_tx, _number, part) {
      submitted.push(part);
      return Promise.resolve({ ok: true, hash: partTextHash(canonicalJson(part)) });
    },
    publish(entries) {
      const sorted = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
      const number = (edition?.signed.number ?? 0) + 1;
      const part: Part = {
        ...{ type: 'tongyu.part', party, edition: '2026-H2', entries: sorted, changes: [] },
      };
      const hash = partTextHash(canonicalJson(part));
      parts.set(hash, part);
      edition = {
        signed: {
          ...{ type: 'tongyu.edition', number, id: '2026-H2', previous: null },
          ...{ root: { number: 1, hash: '' }, opened: NOON, made: NOON, effectiveFrom: NOON },
          parts: [{ party, hash, count: sorted.length }],
        },
        signatures: [],
      };
    },
  };
}

function testRoot(keys: ReadonlyMap<PartyId, SyncSigner>): Root {
  return {
    type: 'tongyu.root',
    number: 1,
    previous: null,
    made: NOON,
    threshold: 1,
    hub: { url: 'http://127.0.0.1', peerKey: { keyId: 1, alg: 'ES256', key: '' } },
    parties: [...keys].map(([party, { publicKey }]) => ({
      ...{ party, role: 'member', status: 'active' },
      rootKeys: [{ keyId: 1, alg: 'ES256', key: toBase64Url(publicKey) }],
    })),
  };
}
