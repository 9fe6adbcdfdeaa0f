import { canonicalJson, documentHash, type PartyId } from '@tongyu/protocol';
import { problem, type FakeCityParts, type Handler } from './fake-city.ts';
import { members } from './test-region.ts';

/** The service list as a phone, a gate and the console of a fake city ask for it. */
export function listRoutes(
  { list, party, region }: FakeCityParts,
  city: { readonly time: () => number; readonly isConsoleOpen: () => boolean },
): Readonly<Record<string, Handler>> {
  const own = region.list.part(party);
  const hash = documentHash(own);
  const services = own.entries.map(({ id, name, operator, tariff }) => {
    const stops = tariff.kind === 'zones' ? tariff.stops : [];
    return { id, name, operator: operator.id, open: true, stops };
  });
  const answerOf =
    (asked: PartyId): Handler =>
    async (request) => {
      const known = request.headers['if-none-match'];
      const { status, tag, text } = await list.answer(asked, known);
      return status === 404 ? problem(404, 'NOT_FOUND') : { status, body: text, etag: tag };
    };
  return {
    'GET /terminal/list': async () => ({
      status: 200,
      body: canonicalJson(await region.list.offer(party, city.time())),
    }),
    [`GET /catalogue/parts/${hash}`]: () => ({
      status: 200,
      body: region.list.partText(hash) ?? '',
    }),
    'GET /console/api/services': () =>
      city.isConsoleOpen() ? { status: 200, body: { services } } : problem(401, 'CONSOLE_CLOSED'),
    ...Object.fromEntries(
      [...members, '4202'].map((asked) => [`GET /resident/list/${asked}`, answerOf(asked)]),
    ),
  };
}
