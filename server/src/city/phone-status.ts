import { heldClasses, type HeldClasses } from '../classes/held-classes.ts';
import { refreshClasses } from '../classes/refresh-classes.ts';
import type { CityTables, PhoneRow } from '../store/city-tables.ts';
import { voidKeyIds } from './issuer-key.ts';
import type { CityRoom } from './ports.ts';
import type { Proof } from './proofing.ts';
import { done, refuse, type CityResult } from './refusals.ts';
import { listMoment, revokePhone } from './revocation-list.ts';
import { isOver } from './seeds.ts';

export type ListedPhone = {
  readonly phoneId: string;
  readonly boundAt: number;
  readonly revokedAt: number | null;
};

export type PhoneStatus = {
  readonly phoneId: string;
  readonly revoked: boolean;
  readonly voidKeyIds: readonly number[];
  readonly serverTime: number;
  readonly phones: readonly (ListedPhone & { readonly thisPhone: boolean })[];
};

/** What a phone learns on each sync; a revoked one learns that, and nothing of the others. */
export async function phoneStatus<Tx extends CityTables>(
  room: CityRoom<Tx>,
  phone: PhoneRow,
): Promise<PhoneStatus> {
  const ended = isOver(phone);
  if (!ended) await refreshClasses(room, phone.residentRef);
  const { all, section } = await room.store.read(async (tx) => ({
    all: await tx.city.phonesOf(phone.residentRef),
    section: await room.trust.ownSection(tx),
  }));
  const shown = ended ? all.filter((row) => row.phoneId === phone.phoneId) : stillThere(all);
  return {
    phoneId: phone.phoneId,
    revoked: ended,
    voidKeyIds: voidKeyIds(section),
    serverTime: room.ports.clock.now(),
    phones: shown.map((row) => ({ ...listed(row), thisPhone: row.phoneId === phone.phoneId })),
  };
}

/** What the resident may let passes carry; a phone that is over learns nothing. */
export async function phoneClasses<Tx extends CityTables>(
  room: CityRoom<Tx>,
  phone: PhoneRow,
): Promise<CityResult<HeldClasses>> {
  if (isOver(phone)) return refuse('PHONE_REVOKED');
  return done(await heldClasses(room, phone.residentRef));
}

export type LostReport = { readonly proof: Proof; readonly phoneId?: string };
export type LostAnswer =
  | { readonly phones: readonly ListedPhone[] }
  | { readonly revokedAt: number; readonly listNumber: number };

/**
 * From any other device, after proofing: without a phone, the resident's phones; with one, it is
 * revoked. Reporting it again answers the same moment.
 */
export async function reportLost<Tx extends CityTables>(
  room: CityRoom<Tx>,
  report: LostReport,
): Promise<CityResult<LostAnswer>> {
  const proved = await room.ports.proofing.prove(report.proof);
  if (!proved.ok) return refuse('PROOF_REFUSED');
  const { phoneId } = report;
  if (phoneId === undefined) {
    const phones = await room.store.read((tx) => tx.city.phonesOf(proved.residentRef));
    return done({ phones: stillThere(phones).map(listed) });
  }
  const answer = await room.store.transaction(async (tx): Promise<CityResult<LostAnswer>> => {
    const phone = await tx.city.lockPhone(phoneId);
    // Whose phone it is otherwise, and whether it exists, is nobody's business.
    if (phone?.residentRef !== proved.residentRef || phone.unboundAt !== null) {
      return refuse('PHONE_UNKNOWN');
    }
    if (phone.revokedAt !== null) {
      const listNumber = (await tx.city.newestList())?.number ?? 0;
      return done({ revokedAt: phone.revokedAt, listNumber });
    }
    const moment = await listMoment(room, tx);
    const listNumber = await revokePhone(room, tx, phone, moment);
    room.ports.faults.point('revoke/before-commit');
    return done({ revokedAt: moment.now, listNumber });
  });
  room.ports.faults.point('revoke/after-commit');
  return answer;
}

function stillThere(phones: readonly PhoneRow[]): readonly PhoneRow[] {
  return phones.filter((phone) => phone.unboundAt === null);
}

function listed({ phoneId, boundAt, revokedAt }: PhoneRow): ListedPhone {
  return { phoneId, boundAt, revokedAt };
}
