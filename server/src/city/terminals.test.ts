import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toBase64Url, type Direction } from '@tongyu/protocol';
import { generateSigner } from '../crypto/sign.ts';
import { asJson, makeTap, testRegion } from './city-fixture.ts';

test('a terminal is registered for a service of its operator, and keeps its key', async () => {
  const region = await testRegion();
  const { city } = region.city('4201');
  const key = toBase64Url(generateSigner('ES256').publicKey);
  const terminal = {
    id: '4201-g',
    operator: '4201-metro',
    service: '4201-metro',
    alg: 'ES256',
    key,
  } as const;
  const codeOf = async (more: Partial<typeof terminal> | Record<string, string>) => {
    const answer = await city.registerTerminal({ ...terminal, ...more });
    return answer.ok ? 'ok' : answer.refusal.code;
  };
  assert.equal(await codeOf({ id: '4301-g' }), 'NOT_OF_THIS_CITY');
  assert.equal(await codeOf({ service: '4201-none' }), 'SERVICE_UNKNOWN');
  assert.equal(await codeOf({ operator: '4201-bus' }), 'OPERATOR_DIFFERS');
  assert.equal(await codeOf({}), 'ok');
  assert.equal(await codeOf({}), 'ok');
  const other = toBase64Url(generateSigner('ES256').publicKey);
  assert.equal(await codeOf({ key: other }), 'TERMINAL_KEY_DIFFERS');
  await city.revokeTerminal('4201-g');
  assert.equal(await codeOf({}), 'TERMINAL_REVOKED');
  const nobody = await city.revokeTerminal('4201-nobody');
  assert(!nobody.ok && nobody.refusal.code === 'NOT_FOUND');
});

test('a gate stands at a stop of its tariff, and stays there after its first tap', async () => {
  const region = await testRegion();
  const wuhan = region.city('4201');
  const key = generateSigner('ES256');
  const codeOf = async (service: string, direction?: Direction, stop?: string | null) => {
    const place = { ...(direction && { direction }), ...(stop === undefined ? {} : { stop }) };
    const answer = await wuhan.city.registerTerminal({
      ...{ id: `4201-at-${service}`, service: `4201-${service}`, alg: 'ES256' },
      ...{ key: toBase64Url(key.publicKey), ...place },
    });
    return answer.ok ? [answer.value.direction, answer.value.stop] : answer.refusal.code;
  };
  assert.deepEqual(await codeOf('metro'), ['single', null]);
  assert.deepEqual(await codeOf('metro', 'entry'), ['entry', null]);
  assert.equal(await codeOf('metro', 'entry', 'middle'), 'STOP_UNKNOWN');
  assert.equal(await codeOf('tram', 'entry'), 'STOP_UNKNOWN');
  assert.equal(await codeOf('tram', 'exit', null), 'STOP_UNKNOWN');
  assert.equal(await codeOf('tram', 'exit', 'east'), 'STOP_UNKNOWN');
  assert.deepEqual(await codeOf('tram'), ['single', null]);
  assert.deepEqual(await codeOf('tram', 'exit', 'south'), ['exit', 'south']);
  assert.deepEqual(await codeOf('tram', 'entry', 'north'), ['entry', 'north'], 'put right in time');

  const gate = { id: '4201-at-tram', key };
  const place = { service: '4201-tram', direction: 'entry', stop: 'north' } as const;
  const refusal = { verdict: 'refuse', refusal: 'MALFORMED', shownPriceFen: null } as const;
  const tap = await makeTap(region, gate, 1, null, { ...place, ...refusal });
  const { results } = await wuhan.city.takeTaps(asJson([tap]));
  assert.equal(results[0]?.outcome, 'accepted');
  assert.deepEqual(await codeOf('tram', 'entry', 'north'), ['entry', 'north']);
  assert.equal(await codeOf('tram', 'exit', 'north'), 'TERMINAL_PLACE_DIFFERS');
  assert.equal(await codeOf('tram', 'entry', 'south'), 'TERMINAL_PLACE_DIFFERS');
  const { terminals } = await wuhan.city.terminals();
  assert.deepEqual(
    terminals.map(({ id, direction, stop }) => [id, direction, stop]),
    [
      ['4201-at-metro', 'entry', null],
      ['4201-at-tram', 'entry', 'north'],
    ],
  );
});
