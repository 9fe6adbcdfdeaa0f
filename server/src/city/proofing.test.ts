import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personasOf } from './personas.ts';
import { closedProofing, syntheticProofing } from './proofing.ts';

const salt = new Uint8Array(32).fill(5);
const proof = (persona: string) => ({ kind: 'synthetic', persona }) as const;

test('the same person gets the same reference, another one or another salt another', async () => {
  const refOf = async (persona: string, by = syntheticProofing('4301', salt)) => {
    const proved = await by.prove(proof(persona));
    return proved.ok ? proved.residentRef : proved.refusal.code;
  };
  const adult = await refOf('4301-adult');
  assert.match(adult, /^[A-Za-z0-9_-]{22}$/);
  assert.equal(await refOf('4301-adult'), adult);
  assert.notEqual(await refOf('4301-senior'), adult);
  const other = syntheticProofing('4301', new Uint8Array(32).fill(6));
  assert.notEqual(await refOf('4301-adult', other), adult);
  assert.equal(await refOf('4201-adult'), 'PROOF_REFUSED');
  assert.equal(await refOf('4301-adult', closedProofing), 'PROOF_REFUSED');
  assert.equal(closedProofing.personas(), undefined);
});

test('no invented ID number could be a person’s: no such region, and a wrong check digit', () => {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  for (const party of ['4201', '4301', '3401', '3601', '4202', '4211']) {
    for (const { idNumber } of personasOf(party)) {
      assert.match(idNumber, /^00[0-9]{15}[0-9X]$/);
      const sum = weights.reduce((total, weight, i) => total + weight * Number(idNumber[i]), 0);
      assert.notEqual(idNumber[17], '10X98765432'.charAt(sum % 11));
    }
  }
});
