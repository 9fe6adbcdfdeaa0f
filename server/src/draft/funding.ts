import {
  documentHash,
  entryShape,
  findParty,
  fundingOf,
  nullable,
  object,
  readShape,
  runChecks,
  signatureShape,
  text,
  unsignedRule,
  type ConcessionRule,
  type DocumentSignature,
  type Entry,
  type Funding,
  type Json,
  type Root,
  type VerifiedPeerMessage,
} from '@tongyu/protocol';
import {
  applied,
  refused,
  type PeerAnswer,
  type ReceiptBody,
  type SentMessage,
} from '../peers/types.ts';
import type { FundingRow } from '../store/draft-tables.ts';
import { draftedEntry, loadBase } from './draft-base.ts';
import { entryWithRule, fundedRule, fundingShape, type UnsignedRule } from './funding-shape.ts';
import { paragraphShape, readParagraph } from './paragraph.ts';
import type { DraftRoom, OfficeTables } from './ports.ts';
import { done, refuse, type DraftResult } from './refusals.ts';
import { draftFault, readReason } from './write-draft.ts';

const MAX_REASON = 400;
/** A host that asks for more without waiting for answers is turned away. */
export const MAX_OPEN_FUNDINGS = 500;

/**
 * Asks another party to pay for a rule of a drafted entry. The rule is put into the draft when its
 * signature comes; until then nothing is promised by anybody.
 */
export async function askFunding<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  asked: { readonly entry: string; readonly rule: UnsignedRule; readonly reason: unknown },
  by: string,
): Promise<DraftResult<FundingRow>> {
  const reason = readReason(asked.reason);
  if (!reason.ok) return reason;
  const { party } = asked.rule.funder;
  const base = await loadBase(room.list, room.party);
  const sent = await room.store.transaction(async (tx): Promise<DraftResult<FundingRow>> => {
    const entry = draftedEntry(base, asked.entry, await tx.draft.change(asked.entry));
    if (entry === null) return refuse('ENTRY_UNKNOWN');
    const root = await room.trust.root(tx);
    if (root === undefined) return refuse('NOT_FOUNDED');
    if ((findParty(root, party)?.rootKeys.length ?? 0) === 0) {
      return refuse('PARTY_UNKNOWN', { field: 'rule.funder.party' });
    }
    const rule = withoutSignature(asked.rule);
    const wanted = readShape(entryShape, entryWithRule(entry, rule));
    if (!wanted.ok) return refuse('ENTRY_INVALID', { field: wanted.path.replace(/^\./, '') });
    const fault = await draftFault(room, tx, wanted.value);
    // All else must hold already; only the signature is missing.
    const isOnlyUnsigned =
      fault?.code === 'FUNDING_UNSIGNED' && fault.facts?.['field'] === `rules.${rule.id}`;
    if (fault !== undefined && !isOnlyUnsigned) return { ok: false, refusal: fault };
    const funding = fundingOf(entry, rule);
    if (funding === undefined) return refuse('RULE_FUNDER', { field: 'rule.funder' });
    const hash = documentHash(funding);
    const known = await tx.draft.funding('sent', hash);
    if (known !== undefined && ['open', 'granted', 'signed'].includes(known.state)) {
      return refuse('ASKED_ALREADY', { by: known.author });
    }
    const row: FundingRow = {
      ...{ direction: 'sent', party, hash, funding, reason: reason.value },
      ...{ at: room.ports.clock.now(), author: by, state: 'open', answer: null, signature: null },
    };
    await tx.draft.saveFunding(row);
    const body = { funding: funding as Json };
    await room.peers.send(tx, { to: party, type: 'funding.ask', body });
    return done(row);
  });
  room.peers.kick();
  return sent;
}

/** In the form of a signed rule; no key of anybody makes this signature good. */
function withoutSignature(rule: UnsignedRule): ConcessionRule {
  const { party } = rule.funder;
  const signature = { by: party, keyId: 1, signature: 'A'.repeat(86) };
  return { ...rule, funder: { ...rule.funder, signature } };
}

const askShape = object({ funding: fundingShape });

/** `funding.ask` at the funder: kept until its office decides. */
export async function takeFundingAsk<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  tx: Tx,
  message: Pick<VerifiedPeerMessage, 'iss' | 'body'>,
): Promise<PeerAnswer> {
  const read = readShape(askShape, message.body);
  if (!read.ok) return refused('MALFORMED', `body${read.path}`);
  const { funding } = read.value;
  if (funding.host !== message.iss) return refused('FUNDING_FOREIGN', 'funding.host');
  if (!funding.entry.startsWith(`${funding.host}-`)) {
    return refused('FUNDING_FOREIGN', 'funding.entry');
  }
  if (funding.funder !== room.party) return refused('FUNDING_FOREIGN', 'funding.funder');
  if (funding.rule.until === null) return refused('RULE_FUNDER', 'funding.rule.until');
  const hash = documentHash(funding);
  const known = await tx.draft.funding('received', hash);
  // Asked again after a refusal: the office may think again. A signature stands.
  if (known?.state === 'open' || known?.state === 'signed') return applied();
  if ((await tx.draft.countOpenFundings(message.iss)) >= MAX_OPEN_FUNDINGS) {
    return refused('FUNDINGS_FULL');
  }
  await tx.draft.saveFunding({
    ...{ direction: 'received', party: message.iss, hash, funding, reason: null },
    ...{ at: room.ports.clock.now(), author: null, state: 'open', answer: null, signature: null },
  });
  return applied();
}

/** The receipt of a request: one that was not taken in will get no answer. */
export async function takeFundingReceipt(
  tx: OfficeTables,
  { body }: Pick<SentMessage, 'body'>,
  receipt: Pick<ReceiptBody, 'outcome' | 'refusal'>,
): Promise<void> {
  if (receipt.outcome === 'applied') return;
  const { funding } = body as unknown as { readonly funding: Funding };
  const row = await tx.draft.funding('sent', documentHash(funding));
  if (row?.state !== 'open') return;
  const answer = { text: receipt.refusal?.code ?? 'REFUSED', by: null, at: row.at };
  await tx.draft.saveFunding({ ...row, state: 'refused', answer });
}

/** The funder's office decides: with the city's root key, or with a reason why not. */
export async function answerFunding<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  hash: string,
  decision: { readonly approve: true } | { readonly approve: false; readonly reason: string },
  by: string,
): Promise<DraftResult<FundingRow>> {
  const why = decision.approve ? '' : readParagraph(decision.reason, MAX_REASON);
  if (why === undefined) return refuse('TEXT_INVALID', { field: 'reason' });
  const answered = await room.store.transaction(async (tx): Promise<DraftResult<FundingRow>> => {
    const row = await tx.draft.funding('received', hash);
    if (row === undefined) return refuse('FUNDING_UNKNOWN');
    if (row.state !== 'open') return refuse('ANSWERED_ALREADY', { by: row.answer?.by ?? null });
    const signature = decision.approve ? await room.trust.signFunding(row.funding) : null;
    const after: FundingRow = {
      ...row,
      ...{ state: decision.approve ? 'signed' : 'declined', signature },
      answer: { text: why, by, at: room.ports.clock.now() },
    };
    await tx.draft.saveFunding(after);
    const body = { hash, signature, reason: decision.approve ? null : why };
    await room.peers.send(tx, { to: row.party, type: 'funding.answer', body });
    return done(after);
  });
  room.peers.kick();
  return answered;
}

const answerShape = object({
  hash: text(64, /^[0-9a-f]{64}$/),
  signature: nullable(signatureShape),
  reason: nullable(paragraphShape(MAX_REASON)),
});

/**
 * `funding.answer` at the host. A signature counts only if it is the funder's over what was asked;
 * the rule is put into the draft afterwards, by `placeGranted`.
 */
export async function takeFundingAnswer<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  tx: Tx,
  message: Pick<VerifiedPeerMessage, 'iss' | 'body'>,
): Promise<PeerAnswer> {
  const read = readShape(answerShape, message.body);
  if (!read.ok) return refused('MALFORMED', `body${read.path}`);
  const { hash, signature, reason } = read.value;
  if ((signature === null) === (reason === null)) return refused('MALFORMED', 'body.signature');
  const row = await tx.draft.funding('sent', hash);
  if (row?.party !== message.iss) return refused('FUNDING_UNKNOWN', 'hash');
  if (row.state !== 'open') return refused('ANSWERED_ALREADY', 'hash');
  const at = room.ports.clock.now();
  if (signature === null) {
    const answer = { text: reason ?? '', by: null, at };
    await tx.draft.saveFunding({ ...row, state: 'declined', answer });
    return applied();
  }
  const root = await room.trust.root(tx);
  if (root === undefined || !isSigned(room, root, row.funding, signature)) {
    return refused('FUNDING_UNSIGNED', 'signature');
  }
  const answer = { text: '', by: null, at };
  await tx.draft.saveFunding({ ...row, state: 'granted', answer, signature });
  return applied();
}

function isSigned<Tx extends OfficeTables>(
  room: DraftRoom<Tx>,
  root: Root,
  funding: Funding,
  signature: DocumentSignature,
): boolean {
  const { entry: id, tariff } = funding;
  // Only these members of an entry are in the signed content.
  const entry = { id, tariff, rules: [fundedRule(funding, signature)] } as unknown as Entry;
  return runChecks(unsignedRule(root, entry), room.ports.verify) === undefined;
}
