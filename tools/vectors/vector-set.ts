import type { Json } from '@tongyu/protocol';

/** One test vector, as `spec/README.md` describes it. */
export type Vector = {
  readonly id: string;
  readonly clause: string;
  readonly description: string;
  readonly input: Json;
  readonly context: Json;
  readonly expect: Json;
};

export type VectorFile = {
  readonly standard: string;
  readonly operation: string;
  readonly documents: Readonly<Record<string, string>>;
  readonly contexts: Readonly<Record<string, Json>>;
  readonly vectors: readonly Vector[];
};

type Object = Readonly<Record<string, Json>>;

/** The vectors of one file while they are being collected. */
export class VectorSet {
  readonly operation: string;
  readonly documents: Record<string, string> = {};
  readonly contexts: Record<string, Json> = {};
  readonly vectors: Vector[] = [];
  readonly #ids = new Set<string>();

  constructor(operation: string) {
    this.operation = operation;
  }

  accept(
    id: string,
    clause: string,
    description: string,
    input: Json,
    context: Object = {},
    facts: Object = {},
  ): void {
    this.#add({ id, clause, description, input, context, expect: { ok: true, facts } });
  }

  refuse(
    id: string,
    clause: string,
    description: string,
    input: Json,
    context: Object,
    refusal: string,
    details: Object = {},
  ): void {
    this.#add({ id, clause, description, input, context, expect: { refusal, ...details } });
  }

  /** Keeps a document's text under a name, so that contexts and inputs can refer to it. */
  document(name: string, text: string): string {
    const known = this.documents[name];
    if (known !== undefined && known !== text) throw new Error(`two documents named ${name}`);
    this.documents[name] = text;
    return name;
  }

  file(): VectorFile {
    const { operation, documents, contexts, vectors } = this;
    return { standard: '0.3.0', operation, documents, contexts, vectors };
  }

  #add(vector: Vector): void {
    if (this.#ids.has(vector.id)) throw new Error(`two vectors named ${vector.id}`);
    this.#ids.add(vector.id);
    this.vectors.push(vector);
  }
}
