import { price, type Facts, type Group, type Line } from './journeys.ts';
import { canonical } from './trust.ts';

/** JRN-4.4 and JRN-4.5 by their words. */
type Input = Readonly<Record<string, unknown>>;
type Documents = Readonly<Record<string, string>>;
type LineAnswer = {
  readonly journey: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly field: string | null;
};
type Claim = { readonly lines: readonly Line[]; readonly key: string; readonly revision: number };

export function claims(input: Input, documents: Documents): { readonly facts: object } {
  const claim = input['claim'] as Claim;
  const facts = input as unknown as Facts;
  const own: Group = price({ ...facts, ceilings: {} }, documents);
  const drawn: Record<string, number> = {};
  const answers = claim.lines.map((line): LineAnswer => {
    const { journey } = line;
    const mine = own.lines.find((one) => one.journey === journey);
    if (mine === undefined) return disputed(journey, 'LINE_NOT_FOUND');
    const wanted = divided(mine, line);
    if (canonical(wanted) !== canonical(line)) {
      return disputed(journey, 'LINE_DIFFERS', pathOf(line, wanted));
    }
    const name = signatureOf(line, facts, documents);
    const fen = line.parts[0]?.fen ?? 0;
    if (name !== null && fen > (facts.ceilings[name] ?? Infinity) - (drawn[name] ?? 0)) {
      return disputed(journey, 'CEILING_EXCEEDED');
    }
    if (name !== null) drawn[name] = (drawn[name] ?? 0) + fen;
    return { journey, outcome: 'accepted', reason: null, field: null };
  });
  const claimed = claim.lines.map(({ journey }) => journey);
  const lacking = own.lines.filter(({ journey }) => !claimed.includes(journey));
  const missing = lacking.map(({ journey }) => disputed(journey, 'LINE_MISSING'));
  const { key, revision } = claim;
  return { facts: { key, revision, refusal: null, held: null, lines: [...answers, ...missing] } };
}

function disputed(journey: string, reason: string, field: string | null = null): LineAnswer {
  return { journey, outcome: 'disputed', reason, field };
}

/** JRN-4.5: what the host put over the ceiling is moved there in the home city's own line. */
function divided(mine: Line, claimed: Line): Line {
  const [whole] = mine.parts;
  const over = claimed.parts.find(({ kind }) => kind === 'over-ceiling');
  if (whole?.kind !== 'concession' || whole.funder.kind !== 'party') return mine;
  if (over === undefined || over.fen < 1 || over.fen > whole.fen) return mine;
  const moved = { ...whole, kind: 'over-ceiling', funder: { kind: 'host' }, fen: over.fen };
  const kept = { ...whole, fen: whole.fen - over.fen };
  const parts = [kept, moved, ...mine.parts.slice(1)].filter(({ fen }) => fen > 0);
  return { ...mine, parts };
}

/** The funder's signature under which the home city itself pays the line's concession. */
function signatureOf(line: Line, facts: Facts, documents: Documents): string | null {
  const [part] = line.parts;
  if (part?.kind !== 'concession' || part.funder.party !== facts.home) return null;
  const names = facts.editions[String(line['edition'])] ?? [];
  type Signed = {
    id: string;
    rules: { id: string; funder: { signature: { signature: string } } }[];
  };
  const entries = names.map((name) => JSON.parse(documents[name] ?? '') as Signed);
  const entry = entries.find(({ id }) => id === line.service);
  return entry?.rules.find(({ id }) => id === part.rule)?.funder.signature.signature ?? null;
}

/** The first member that differs, by the order of canonical JSON. */
function pathOf(claimed: unknown, wanted: unknown): string | null {
  const leaves = [places(claimed, wanted), places(wanted, claimed)].flat();
  return leaves[0] === undefined ? null : leaves[0].join('.');
}

/** Paths in `a` that are not so in `b`; both walk the same names in the same order. */
function places(a: unknown, b: unknown, at: readonly string[] = []): (readonly string[])[] {
  const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null;
  if (!isTree(a) || !isTree(b) || Array.isArray(a) !== Array.isArray(b)) {
    return canonical(a ?? null) === canonical(b ?? null) ? [] : [at];
  }
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return [at];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  if (!Array.isArray(a)) names.sort();
  return names.flatMap((name) => places(a[name], b[name], [...at, name]));
}
