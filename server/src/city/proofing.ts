import { createHmac } from 'node:crypto';
import type { PartyId } from '@tongyu/protocol';
import { personasOf, type Persona } from './personas.ts';

/** What somebody presents to be enrolled. A city adds the forms that its own proofing knows. */
export type Proof = { readonly kind: 'synthetic'; readonly persona: string };

export type ProofResult =
  | {
      readonly ok: true;
      /** The same person always gets the same reference, and nothing can be read from it. */
      readonly residentRef: string;
    }
  | { readonly ok: false; readonly refusal: { readonly code: 'PROOF_REFUSED' } };

/** Finds out who somebody is. Who that was stays inside; the city node keeps the reference only. */
export type Proofing = {
  prove(proof: Proof): Promise<ProofResult>;
  /** Residents that a demo offers; undefined where real people are proved. */
  personas(): readonly OfferedPersona[] | undefined;
};

export type OfferedPersona = Pick<Persona, 'id' | 'name' | 'ageBand' | 'note'>;

/** Six invented residents of the city. @param salt kept with the node's keys */
export function syntheticProofing(party: PartyId, salt: Uint8Array): Proofing {
  const personas = personasOf(party);
  return {
    prove: (proof) => {
      const persona = personas.find((entry) => entry.id === proof.persona);
      if (persona === undefined) return Promise.resolve(proofRefused);
      const hash = createHmac('sha256', salt).update(`${party}\n${persona.idNumber}`);
      return Promise.resolve({ ok: true, residentRef: hash.digest('base64url').slice(0, 22) });
    },
    personas: () => personas.map(({ id, name, ageBand, note }) => ({ id, name, ageBand, note })),
  };
}

/** For a city that has not connected its proofing yet: enrols nobody. */
export const closedProofing: Proofing = {
  prove: () => Promise.resolve(proofRefused),
  personas: () => undefined,
};

const proofRefused = { ok: false, refusal: { code: 'PROOF_REFUSED' } } as const;
