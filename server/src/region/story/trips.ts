import type { Json, TapId } from '@tongyu/protocol';
import { listAt, member, numberAt, textAt } from './read-json.ts';
import type { StoryPhone } from './story-phone.ts';
import { waitUntil } from './wait-until.ts';

/** The trip that a tap belongs to, as soon as the rider's own phone can read its receipt. */
export async function newestTrip(
  phone: StoryPhone,
  terminal: string,
  tap: number,
  isReady: (trip: Json) => boolean = (trip) => member(trip, 'line') !== null,
): Promise<Json> {
  const id: TapId = `${terminal}/${tap}`;
  return waitUntil(`the receipt of ${id}`, async () => {
    const { body } = await phone.ask('GET', '/resident/trips');
    const trips = listAt(body, 'trips');
    const found = trips.find((trip) =>
      listAt(trip, 'taps').some((one) => member(one, 'id') === id),
    );
    return found !== undefined && isReady(found) ? found : undefined;
  });
}

/** Who pays the difference and how much, in the order of the line. */
export function whoPays(trip: Json): Json {
  return listAt(trip, 'line', 'parts').map((part) => {
    const kind = textAt(part, 'funder', 'kind');
    const who = kind === 'party' ? textAt(part, 'funder', 'party') : kind;
    return `${who} ${String(numberAt(part, 'fen'))}`;
  });
}

function yuan(fen: number): string {
  return `¥${(fen / 100).toFixed(2)}`;
}

/** A receipt in one line. */
export function tellReceipt(trip: Json): string {
  const price = yuan(numberAt(trip, 'line', 'riderFen'));
  const full = yuan(numberAt(trip, 'line', 'fullFen'));
  const rule = member(trip, 'rule');
  const because = rule === null ? 'no concession' : textAt(rule, 'name', 'zhCN');
  const payers = listAt(trip, 'funders').map(
    (funder) => `${textAt(funder, 'name', 'zhCN')} pays ${yuan(numberAt(funder, 'fen'))}`,
  );
  const others = payers.length === 0 ? '' : `; ${payers.join(', ')}`;
  return `Receipt on the phone: ${price} of ${full} (${because})${others}; 有疑问 is two taps away.`;
}
