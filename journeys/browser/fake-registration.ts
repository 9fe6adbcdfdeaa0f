import type { Tap } from '@tongyu/protocol';
import { problem, type FakeCity, type FakeCityParts, type Handler } from './fake-city.ts';

/** Direction and stop that staff registered a gate with. */
export type FakePlace = Pick<Tap, 'direction' | 'stop'>;

const NO_PLACE: FakePlace = { direction: 'single', stop: null };

/** How gates are registered with a fake city, and what they learn of it. */
export function registrationRoutes(
  city: FakeCity,
  { party, region }: FakeCityParts,
): Readonly<Record<string, Handler>> {
  return {
    'GET /terminal/registration': (request) => {
      const [id = ''] = String(request.headers['tongyu-terminal']).split('.');
      if (!city.terminals.has(id)) return problem(401, 'TERMINAL_UNKNOWN');
      const place = city.places.get(id) ?? NO_PLACE;
      return { status: 200, body: { terminal: id, service: `${party}-metro`, ...place } };
    },
    'POST /console/api/terminals': (request, text) => {
      if (!city.isConsoleOpen || request.headers['tongyu-csrf'] !== '1') {
        return problem(401, 'CONSOLE_CLOSED');
      }
      const asked = JSON.parse(text) as { id: string; key: string } & FakePlace;
      const { id, key, direction, stop } = asked;
      if (city.terminals.has(id)) return problem(409, 'TERMINAL_KEY_DIFFERS');
      city.terminals.set(id, key);
      city.places.set(id, { direction, stop });
      return { status: 200, body: {} };
    },
    'POST /demo/gate': (_request, text) => {
      const { key } = JSON.parse(text) as { key: string };
      const terminal = `${party}-web-${String(city.terminals.size + 1)}`;
      city.terminals.set(terminal, key);
      const { pinnedRootHash } = region;
      const body = { terminal, service: `${party}-metro`, ...NO_PLACE, pinnedRootHash };
      return { status: 200, body };
    },
  };
}
