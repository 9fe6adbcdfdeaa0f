import { createHmac } from 'node:crypto';
import type { PartyId } from '@tongyu/protocol';
import type { ClassProver } from '../classes/ports.ts';
import { syntheticProvers } from '../classes/synthetic-provers.ts';
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
  /** Registers that prove classes of those whom it has enrolled; it alone knows whom they mean. */
  readonly provers: readonly ClassProver[];
};

export type OfferedPersona = Pick<Persona, 'id' | 'name' | 'ageBand' | 'note'>;

/** Six invented residents of the city. @param salt kept with the node's keys */
export function syntheticProofing(party: PartyId, salt: Uint8Array): Proofing {
  const personas = personasOf(party);
  const refOf = ({ idNumber }: Persona): string =>
    createHmac('sha256', salt).update(`${party}\n${idNumber}`).digest('base64url').slice(0, 22);
  return {
    prove: (proof) => {
      const persona = personas.find((entry) => entry.id === proof.persona);
      if (persona === undefined) return Promise.resolve(proofRefused);
      return Promise.resolve({ ok: true, residentRef: refOf(persona) });
    },
    provers: syntheticProvers(new Map(personas.map((one) => [refOf(one), one.record]))),
    personas: () => personas.map(({ id, name, ageBand, note }) => ({ id, name, ageBand, note })),
  };
}

/** For a city that has not connected its proofing yet: enrols nobody. */
export const closedProofing: Proofing = {
  prove: () => Promise.resolve(proofRefused),
  personas: () => undefined,
  provers: [],
};

const proofRefused = { ok: false, refusal: { code: 'PROOF_REFUSED' } } as const;
