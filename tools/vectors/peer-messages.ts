import {
  canonicalJson,
  documentText,
  sealPeerMessage,
  toBase64Url,
  utf8,
  type Json,
  type PeerMessage,
} from '@tongyu/protocol';
import {
  bundleContent,
  hubPeerKey,
  KEY_IDS,
  memberSigners,
  NOW,
  OBSERVER,
  rootContent,
  sectionKey,
  signed,
} from './region.ts';
import { testKey, type TestKey } from './test-keys.ts';
import { VectorSet } from './vector-set.ts';

/** PEER-1: opening a message at `self`, with the keys of the held root and bundle. */
export async function peerVectors(): Promise<VectorSet> {
  const set = new VectorSet('peer-messages');
  const root = rootContent();
  const trust = {
    root: set.document('root 1', documentText(await signed(root, memberSigners()))),
    bundle: set.document(
      'bundle 12',
      documentText(await signed(await bundleContent(root), memberSigners())),
    ),
  };
  const input = (message: string, self = '4301'): Readonly<Record<string, Json>> => ({
    ...trust,
    self,
    message,
  });
  await addGood(set, input);
  await addRefused(set, input);
  await addOddForms(set, input);
  return set;
}

type Input = (message: string, self?: string) => Readonly<Record<string, Json>>;

function message(parts: Partial<PeerMessage> = {}): PeerMessage {
  return {
    iss: '4201',
    aud: '4301',
    jti: 'message-0001',
    iat: NOW,
    type: 'party.leave',
    body: {},
    ...parts,
  };
}

const ownKey = sectionKey('4201', KEY_IDS.peer);

function seal(parts: Partial<PeerMessage> = {}, key: TestKey = ownKey): Promise<string> {
  return sealPeerMessage(message(parts), KEY_IDS.peer, key);
}

async function addGood(set: VectorSet, input: Input): Promise<void> {
  const accept = (id: string, text: string, facts: PeerMessage, self = '4301'): void => {
    const { iss, jti, type } = facts;
    set.accept(id, 'PEER-1.4', id, input(text, self), {}, { iss, jti, type });
  };
  accept('member', await seal(), message());
  const fromHub = message({ iss: 'hub', type: 'bundle.publish', body: { bundle: {} } });
  accept('hub', await sealPeerMessage(fromHub, 1, hubPeerKey), fromHub);
  const toHub = message({ aud: 'hub', type: 'section.offer' });
  accept('to-hub', await seal(toHub), toHub, 'hub');
  const apply = message({ iss: OBSERVER, type: 'party.apply' });
  const observerKey = sectionKey(OBSERVER, KEY_IDS.peer);
  accept('observer', await sealPeerMessage(apply, KEY_IDS.peer, observerKey), apply);
  const rich = message({ body: { list: [1, '一', null, { a: true }] }, jti: 'a.B_c-09' });
  accept('body-of-any-kind', await seal(rich), rich);
  for (const type of ['lines.claim', 'journey.repair', 'line.object', 'line.answer'] as const) {
    const one = message({ type });
    accept(`type-${type.replace('.', '-')}`, await seal(one), one);
  }
  const long = message({ jti: 'j'.repeat(64) });
  accept('jti-64', await seal(long), long);
}

async function addRefused(set: VectorSet, input: Input): Promise<void> {
  const refuse = (id: string, text: string, refusal: string, self?: string): void => {
    set.refuse(id, 'PEER-1.4', id, input(text, self), {}, refusal);
  };
  refuse('for-another', await seal(), 'PEER_NOT_FOR_US', '3401');
  refuse('for-hub', await seal({ aud: 'hub' }), 'PEER_NOT_FOR_US');
  const unknown = 'PEER_KEY_UNKNOWN';
  refuse('stranger', await seal({ iss: '5101' }), unknown);
  refuse('quiet-observer', await seal({ iss: '4306' }), unknown);
  refuse('key-never', await sealPeerMessage(message(), 999, ownKey), unknown);
  const issuer = sectionKey('4201', KEY_IDS.issuer);
  refuse('issuer-key', await sealPeerMessage(message(), KEY_IDS.issuer, issuer), unknown);
  refuse('after-last-day-of-key', await seal({ iat: NOW + 100 * 86_400 }), unknown);
  refuse('before-first-day-of-key', await seal({ iat: NOW - 100 * 86_400 }), unknown);
  const hub = message({ iss: 'hub' });
  refuse('hub-key-2', await sealPeerMessage(hub, 2, hubPeerKey), unknown);
  const invalid = 'PEER_SIGNATURE_INVALID';
  refuse('by-forger', await seal({}, testKey('forger')), invalid);
  const neighbour = sectionKey('3401', KEY_IDS.peer);
  refuse('by-neighbour', await seal({}, neighbour), invalid);
  refuse('hub-by-member', await sealPeerMessage(hub, 1, ownKey), invalid);
  const [header = '', , signature = ''] = (await seal()).split('.');
  const other = toBase64Url(utf8(canonicalJson(message({ iat: NOW + 1 }))));
  refuse('payload-changed', `${header}.${other}.${signature}`, invalid);
}

async function addOddForms(set: VectorSet, input: Input): Promise<void> {
  const good = await seal();
  const [header = '', payload = '', signature = ''] = good.split('.');
  const refuse = (id: string, clause: string, text: string): void => {
    set.refuse(id, clause, id, input(text), {}, 'PEER_MALFORMED');
  };
  refuse('empty', 'PEER-1.1', '');
  refuse('two-parts', 'PEER-1.1', `${header}.${payload}`);
  refuse('four-parts', 'PEER-1.1', `${good}.`);
  refuse('space-after', 'PEER-1.1', `${good} `);
  refuse('signature-cut', 'PEER-1.1', good.slice(0, -4));
  refuse('signature-empty', 'PEER-1.1', `${header}.${payload}.`);
  refuse('signature-padded', 'PEER-1.1', `${good}==`);
  const withHeader = (id: string, value: string): void => {
    refuse(id, 'PEER-1.2', `${toBase64Url(utf8(value))}.${payload}.${signature}`);
  };
  const kid = '"kid":"4201.40"';
  const typ = '"typ":"tongyu-peer+jws"';
  withHeader('alg-none', `{"alg":"none",${kid},${typ}}`);
  withHeader('alg-hs256', `{"alg":"HS256",${kid},${typ}}`);
  withHeader('typ-other', `{"alg":"ES256",${kid},"typ":"JWT"}`);
  withHeader('typ-missing', `{"alg":"ES256",${kid}}`);
  withHeader('kid-of-another', `{"alg":"ES256","kid":"4301.40",${typ}}`);
  withHeader('kid-leading-zero', `{"alg":"ES256","kid":"4201.040",${typ}}`);
  withHeader('kid-without-party', `{"alg":"ES256","kid":"40",${typ}}`);
  withHeader('key-inside', `{"alg":"ES256","jwk":{},${kid},${typ}}`);
  withHeader('header-unsorted', `{"typ":"tongyu-peer+jws",${kid},"alg":"ES256"}`);
  withHeader('header-spaced', `{"alg":"ES256", ${kid},${typ}}`);
  withHeader('header-empty', '');
  const withPayload = (id: string, change: Record<string, unknown>, drop?: string): void => {
    const value: Record<string, unknown> = { ...message(), ...change };
    if (drop !== undefined) Reflect.deleteProperty(value, drop);
    const changed = toBase64Url(utf8(canonicalJson(value as Json)));
    refuse(id, 'PEER-1.3', `${header}.${changed}.${signature}`);
  };
  withPayload('type-unknown', { type: 'resident.mark' });
  withPayload('type-missing', {}, 'type');
  withPayload('body-extra-beside', { extra: 1 });
  withPayload('jti-short', { jti: '1234567' });
  withPayload('jti-long', { jti: 'j'.repeat(65) });
  withPayload('jti-space', { jti: 'with a space' });
  withPayload('iat-text', { iat: String(NOW) });
  withPayload('iat-negative', { iat: -1 });
  withPayload('iss-name', { iss: 'wuhan' });
  withPayload('iss-leading-zero', { iss: '0420' });
  const spaced = toBase64Url(utf8(JSON.stringify(message(), null, 1)));
  refuse('payload-not-canonical', 'PEER-1.3', `${header}.${spaced}.${signature}`);
}
