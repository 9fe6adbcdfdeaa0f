import path from 'node:path';
import {
  fromBase64Url,
  parseCanonicalJson,
  sealPeerMessage,
  utf8Text,
  type Json,
  type PeerMessageType,
} from '@tongyu/protocol';
import type { RegionNodeId } from '../../config.ts';
import { fileKeyStore } from '../../ports/keys.ts';
import { listAt, member, numberAt, textAt } from './read-json.ts';
import type { World } from './world.ts';

const TIMEOUT_MS = 10_000;

/**
 * What a city with a good key and bad intentions could send: a message under its peer key, which
 * the story may read because it is told beside the nodes. Answers the body of the signed receipt.
 */
export async function sendInItsName(
  world: World,
  from: RegionNodeId,
  to: RegionNodeId,
  type: PeerMessageType,
  body: Json,
): Promise<Json> {
  const keyId = await peerKeyOf(world, from);
  const folder = path.join(world.folder, '..', from, 'keys');
  const signer = fileKeyStore(folder).signer(`peer-${String(keyId)}`, 'ES256');
  const iat = world.clock.now();
  const jti = `story-${String(iat)}-${String(process.pid)}`;
  const text = await sealPeerMessage({ iss: from, aud: to, jti, iat, type, body }, keyId, signer);
  const answer = await fetch(`${world.node(to).url}/peer`, {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { 'content-type': 'application/jose' },
    body: text,
  });
  if (!answer.ok) throw new Error(`${to} answered ${String(answer.status)}`);
  const payload = fromBase64Url((await answer.text()).split('.')[1] ?? '');
  const receipt = parseCanonicalJson(utf8Text(payload ?? new Uint8Array(0)) ?? '', 4_000_000);
  return member(receipt ?? null, 'body');
}

async function peerKeyOf(world: World, party: RegionNodeId): Promise<number> {
  const bundle = await world.node(party).get('/trust/bundle');
  const section = listAt(bundle, 'signed', 'sections')
    .map((entry) => member(entry, 'signed'))
    .find((entry) => textAt(entry, 'party') === party);
  const key = listAt(section ?? {}, 'keys').find(
    (one) => member(one, 'purpose') === 'peer' && member(one, 'revokedAt') === null,
  );
  return numberAt(key ?? null, 'keyId');
}
