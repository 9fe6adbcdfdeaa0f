import type { Answer } from '../ports/fetch.ts';

/** Something asked from the node, as a screen sees it. Times are seconds since 1970. */
export type Remote<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T; readonly seconds: number }
  | { readonly kind: 'failed'; readonly reference: string }
  | {
      readonly kind: 'unreachable';
      readonly last?: { readonly value: T; readonly seconds: number };
    };

/** A refused request: RFC 9457 problem details as our nodes send them. */
export type Problem = {
  readonly status: number;
  /** The stable refusal code, e.g. SESSION_MISSING; the status when the node gave none. */
  readonly code: string;
  readonly detail?: string;
  /** Finds the fault in the node's log; only for faults. */
  readonly reference?: string;
  /** Its further members: which field, who was faster, who is missing. */
  readonly facts?: Readonly<Record<string, unknown>>;
};

export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: { readonly kind: 'unreachable' } }
  | {
      readonly ok: false;
      readonly refusal: { readonly kind: 'refused'; readonly problem: Problem };
    };

/**
 * Reads a JSON answer. The node of this very origin also served this page, so its success
 * bodies are taken at their declared type; refusals are read with care, since proxies make them.
 */
export function readReply<T>(answer: Answer): Reply<T> {
  if (answer.kind === 'unreachable') return { ok: false, refusal: { kind: 'unreachable' } };
  const body = parseJson(answer.body);
  if (answer.status >= 200 && answer.status < 300 && body.ok) {
    return { ok: true, value: body.value as T };
  }
  const problem = readProblem(answer.status, body.ok ? body.value : undefined);
  return { ok: false, refusal: { kind: 'refused', problem } };
}

function parseJson(bytes: Uint8Array): { ok: true; value: unknown } | { ok: false } {
  try {
    const text = new TextDecoder().decode(bytes);
    return { ok: true, value: text === '' ? undefined : (JSON.parse(text) as unknown) };
  } catch {
    return { ok: false };
  }
}

function readProblem(status: number, body: unknown): Problem {
  const fields: Readonly<Record<string, unknown>> =
    typeof body === 'object' && body !== null ? { ...body } : {};
  const { code, detail, reference } = fields as Partial<Record<keyof Problem, unknown>>;
  const facts = Object.entries(fields).filter(([name]) => !PROBLEM_MEMBERS.has(name));
  return {
    status,
    code: typeof code === 'string' ? code : `HTTP ${String(status)}`,
    ...(typeof detail === 'string' ? { detail } : {}),
    ...(typeof reference === 'string' ? { reference } : {}),
    ...(facts.length === 0 ? {} : { facts: Object.fromEntries(facts) }),
  };
}

const PROBLEM_MEMBERS = new Set(['type', 'title', 'status', 'code', 'detail', 'reference']);
