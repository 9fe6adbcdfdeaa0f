import { fromBase64Url, slotIndex, slotOf, utf8 } from '@tongyu/protocol';
import { SEED_BYTES, type Bytes } from '@tongyu/protocol';
import { askAll, keepAnswers } from '../classes/refresh-classes.ts';
import type { CityTables, PhoneRow } from '../store/city-tables.ts';
import type { CityRoom } from './ports.ts';
import type { Proof } from './proofing.ts';
import { done, refuse, type CityResult } from './refusals.ts';
import { listMoment, revokePhone } from './revocation-list.ts';
import { isOver } from './seeds.ts';

export const MAX_PHONES = 5;
/** A request's time may lie this far from the node's clock. */
export const REQUEST_CLOCK_SECONDS = 120;

export type BindRequest = {
  readonly proof: Proof;
  /** base64url of a 33-byte ES256 key. */
  readonly phoneKey: string;
  readonly time: number;
  /** base64url, over `bindInput`. */
  readonly signature: string;
};

export type Bound = {
  readonly phoneId: string;
  readonly party: string;
  readonly serverTime: number;
};

/** What the phone signs to show that it holds the key that it brings. */
export function bindInput(phoneKey: string, time: number): Bytes {
  return utf8(`tongyu-bind-1\n${phoneKey}\n${String(time)}`);
}

/**
 * Enrols whoever the proofing port recognises and binds this phone. The same key again answers the
 * same phone. A sixth phone pushes out the oldest, which is not at hand and so goes onto the list.
 */
export async function bindPhone<Tx extends CityTables>(
  room: CityRoom<Tx>,
  request: BindRequest,
): Promise<CityResult<Bound>> {
  const { ports, config } = room;
  const now = ports.clock.now();
  const publicKey = fromBase64Url(request.phoneKey);
  const signature = fromBase64Url(request.signature);
  if (publicKey?.length !== 33 || signature?.length !== 64) {
    return refuse('PHONE_SIGNATURE_INVALID');
  }
  const message = bindInput(request.phoneKey, request.time);
  const [good] = await ports.verifyMany([{ alg: 'ES256', publicKey, message, signature }]);
  if (good !== true) return refuse('PHONE_SIGNATURE_INVALID');
  if (Math.abs(request.time - now) > REQUEST_CLOCK_SECONDS) {
    return refuse('PHONE_CLOCK', { serverTime: now });
  }
  const proved = await ports.proofing.prove(request.proof);
  if (!proved.ok) return refuse('PROOF_REFUSED');
  const fresh: PhoneRow = {
    phoneId: ports.rng.id(),
    residentRef: proved.residentRef,
    phoneKey: request.phoneKey,
    boundAt: now,
    revokedAt: null,
    unboundAt: null,
    seed: ports.rng.bytes(SEED_BYTES),
    seedSlot: slotIndex(slotOf(now)),
    lastIssuedSlot: null,
  };
  const classes = await askAll(ports.proofing.provers, proved.residentRef, now);
  const result = await room.store.transaction(async (tx) => {
    const bound = await addPhone(room, tx, fresh);
    if (bound.ok) await keepAnswers(tx, proved.residentRef, classes, now);
    ports.faults.point('bind/before-commit');
    return bound;
  });
  ports.faults.point('bind/after-commit');
  if (!result.ok) return result;
  return done({ phoneId: result.value, party: config.party, serverTime: now });
}

async function addPhone<Tx extends CityTables>(
  room: CityRoom<Tx>,
  tx: Tx,
  fresh: PhoneRow,
): Promise<CityResult<string>> {
  const { residentRef } = fresh;
  const known = await tx.city.phoneByKey(fresh.phoneKey);
  if (known !== undefined) {
    if (known.residentRef !== residentRef) return refuse('PHONE_KEY_TAKEN');
    return isOver(known) ? refuse('PHONE_REVOKED') : done(known.phoneId);
  }
  await tx.city.lockResident(residentRef, fresh.boundAt);
  const active = (await tx.city.phonesOf(residentRef)).filter((phone) => !isOver(phone));
  const pushedOut = active.slice(0, Math.max(0, active.length - MAX_PHONES + 1));
  for (const phone of pushedOut) {
    await revokePhone(room, tx, phone, await listMoment(room, tx));
  }
  await tx.city.addPhone(fresh);
  return done(fresh.phoneId);
}

/** A phone that is at hand leaves: it erases its pool, so no list has to name it. */
export async function unbindPhone<Tx extends CityTables>(
  room: CityRoom<Tx>,
  phoneId: string,
): Promise<CityResult<{ readonly unboundAt: number }>> {
  const now = room.ports.clock.now();
  return room.store.transaction(async (tx) => {
    const phone = await tx.city.lockPhone(phoneId);
    if (phone === undefined) return refuse('PHONE_UNKNOWN');
    if (phone.revokedAt !== null) return refuse('PHONE_REVOKED');
    if (phone.unboundAt !== null) return done({ unboundAt: phone.unboundAt });
    await tx.city.savePhone({ ...phone, unboundAt: now, seed: new Uint8Array(0) });
    return done({ unboundAt: now });
  });
}
