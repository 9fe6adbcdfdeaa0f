import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8 } from '@tongyu/protocol';
import { verifySm2 } from './verify-sm2.ts';

/** The worked example of GM/T 0003.5. */
const publicKey = '0309f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020';
const signature =
  'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
  'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';

test('the worked example of GM/T 0003.5 is good, and a changed one is not', () => {
  assert.equal(verifySm2(utf8('message digest'), signature, publicKey), true);
  assert.equal(verifySm2(utf8('message digesT'), signature, publicKey), false);
  assert.equal(verifySm2(utf8('message digest'), signature, `02${'f'.repeat(64)}`), false);
  assert.equal(verifySm2(utf8('message digest'), '0'.repeat(128), publicKey), false);
});
