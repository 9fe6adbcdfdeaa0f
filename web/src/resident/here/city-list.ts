import type { Edition, Entry, Erratum, Head, PartyId } from '@tongyu/protocol';
import { readReply, type Remote } from '../../kit/api/remote.ts';
import type { Net } from '../../kit/ports/fetch.ts';

/** One city's service list as the home city hands it out; the same for everybody. */
export type CityList = {
  readonly party: PartyId;
  /** Every city whose list can be asked for. */
  readonly cities: readonly PartyId[];
  /** Cities whose codes are taken elsewhere. */
  readonly members: readonly PartyId[];
  readonly edition: Pick<Edition, 'number' | 'id' | 'effectiveFrom'> & { readonly hash: string };
  /** What the city has said since; null when nothing was heard of it. */
  readonly head: Pick<Head, 'number' | 'time' | 'verified' | 'suspended'> | null;
  readonly entries: readonly Entry[];
  readonly errata: readonly Pick<Erratum, 'entry' | 'field' | 'time' | 'correction'>[];
};

/** A list that this phone keeps, and when it last heard that nothing newer exists. */
export type KeptList = {
  readonly value: CityList;
  readonly tag: string | null;
  readonly seconds: number;
};

/** Where lists are kept between two openings of the page. */
export type ListShelf = {
  readonly keptList: (city: PartyId) => Promise<KeptList | undefined>;
  readonly keepList: (city: PartyId, kept: KeptList) => Promise<void>;
};

export type ListWorld = {
  readonly net: Net;
  readonly shelf: ListShelf;
  /** City's time in seconds. */
  readonly now: () => number;
};

/**
 * A city's list: at once the copy that this phone kept, then what the network says. A node that is
 * away or broken leaves the copy standing; only its word that there is none does not.
 */
export async function loadCityList(
  { net, shelf, now }: ListWorld,
  city: PartyId,
  onKept: (remote: Remote<CityList>) => void,
): Promise<Remote<CityList>> {
  // A browser that cannot keep anything still shows what comes.
  const kept = await shelf.keptList(city).catch(() => undefined);
  if (kept !== undefined) onKept({ kind: 'ready', ...kept });
  const tag = kept?.tag ?? null;
  const answer = await net(
    `/resident/list/${city}`,
    tag === null ? {} : { headers: { 'if-none-match': tag } },
  );
  const keep = async (fresh: KeptList): Promise<Remote<CityList>> => {
    await shelf.keepList(city, fresh).catch(() => undefined);
    return { kind: 'ready', value: fresh.value, seconds: fresh.seconds };
  };
  if (answer.kind === 'answered' && answer.status === 304 && kept !== undefined) {
    return keep({ ...kept, seconds: now() });
  }
  const reply = readReply<CityList>(answer);
  if (reply.ok && answer.kind === 'answered') {
    return keep({ value: reply.value, tag: answer.headers.get('etag'), seconds: now() });
  }
  const problem = reply.ok || reply.refusal.kind === 'unreachable' ? null : reply.refusal.problem;
  if (problem !== null && (problem.status < 500 || kept === undefined)) {
    return { kind: 'failed', reference: problem.reference ?? problem.code };
  }
  return kept === undefined ? { kind: 'unreachable' } : { kind: 'unreachable', last: kept };
}
