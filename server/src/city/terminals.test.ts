import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toBase64Url } from '@tongyu/protocol';
import { generateSigner } from '../crypto/sign.ts';
import { testRegion } from './city-fixture.ts';

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
