import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fundingOf, type Entry, type Json } from '@tongyu/protocol';
import { MAX_OPEN_COMMENTS, type CommentAsked } from './comments.ts';
import type { UnsignedRule } from './funding-shape.ts';
import type { DraftResult } from './refusals.ts';
import { testEntry, text } from './testing/test-entry.ts';
import { testOffices, type TestOffice, type TestOffices } from './testing/test-offices.ts';

const metro = testEntry('4201-metro');
const better: Entry = { ...metro, contact: { phone: '027 1', url: null } };

type Two = {
  readonly region: TestOffices;
  readonly wuhan: TestOffice;
  readonly changsha: TestOffice;
};

function openTwo(): Two {
  const region = testOffices();
  const wuhan = region.office('4201');
  wuhan.publish([metro]);
  return { region, wuhan, changsha: region.office('4301') };
}

function valueOf<T>(result: DraftResult<T>): T {
  assert(result.ok, result.ok ? '' : JSON.stringify(result.refusal));
  return result.value;
}

function codeOf(result: DraftResult<unknown>): string {
  assert(!result.ok, 'it was not refused');
  return result.refusal.code;
}

const proposal: CommentAsked = {
  ...{ party: '4201', entry: metro.id, kind: 'proposal', text: '电话变了', proposed: better },
};

test('a proposal of another city changes nothing until the owner’s editor takes it', async () => {
  const { region, wuhan, changsha } = openTwo();
  const { id } = valueOf(await changsha.draft.sendComment(proposal, 'chen'));
  assert.deepEqual(
    (await region.carry()).map(({ outcome }) => outcome),
    ['applied'],
  );
  const [received] = (await wuhan.draft.comments(true)).received;
  assert.deepEqual(
    [received?.party, received?.state, received?.author, received?.text],
    ['4301', 'open', null, '电话变了'],
  );
  assert.deepEqual(received?.changes, [
    { path: 'contact.phone', before: '+86 27 0000 0000', after: '027 1' },
    { path: 'contact.url', before: 'https://example.com/metro', after: null },
  ]);
  assert.deepEqual((await wuhan.draft.history(metro.id)).length, 0);
  const taking = { outcome: 'taken', text: '已采纳', reason: '更正电话', expect: 0 } as const;
  valueOf(await wuhan.draft.answerComment({ party: '4301', id }, taking, 'wang'));
  const [line] = await wuhan.draft.history(metro.id);
  assert.deepEqual(
    [line?.act, line?.by, line?.reason.zhCN, line?.after],
    ['taken', 'wang', '更正电话', better],
  );
  await region.carry();
  const [sent] = (await changsha.draft.comments(false)).sent;
  assert.deepEqual(
    [sent?.state, sent?.answer?.text, sent?.answer?.by, sent?.author],
    ['taken', '已采纳', null, 'chen'],
  );
});

test('taking needs a reason and the entry as seen; declining needs only words', async () => {
  const { region, wuhan, changsha } = openTwo();
  const { id } = valueOf(await changsha.draft.sendComment(proposal, 'chen'));
  await region.carry();
  const key = { party: '4301', id };
  const answer = { outcome: 'taken', text: '好', reason: undefined, expect: 0 } as const;
  assert.equal(codeOf(await wuhan.draft.answerComment(key, answer, 'wang')), 'REASON_MISSING');
  const stage = { ...metro, stage: 'live' } as const;
  await wuhan.draft.put(metro.id, stage, { by: 'li', reason: '上线', expect: 0 });
  const late = { ...answer, reason: '更正' };
  assert.equal(codeOf(await wuhan.draft.answerComment(key, late, 'wang')), 'DRAFT_CHANGED');
  const no = { ...answer, outcome: 'declined', text: '电话没有变' } as const;
  assert.equal(
    codeOf(await wuhan.draft.answerComment(key, { ...no, text: ' ' }, 'w')),
    'TEXT_INVALID',
  );
  valueOf(await wuhan.draft.answerComment(key, no, 'wang'));
  assert.equal(codeOf(await wuhan.draft.answerComment(key, no, 'li')), 'ANSWERED_ALREADY');
  assert.deepEqual((await wuhan.draft.comments(true)).received, []);
  const shown = valueOf(await wuhan.draft.show(metro.id));
  assert.equal(shown.entry?.contact.phone, metro.contact.phone);
});

test('what is not for that city or in no form is refused before it is sent', async () => {
  const { region, changsha } = openTwo();
  const send = async (more: Partial<CommentAsked>): Promise<string> =>
    codeOf(await changsha.draft.sendComment({ ...proposal, ...more }, 'chen'));
  assert.equal(await send({ entry: '3401-metro' }), 'ENTRY_FOREIGN');
  assert.equal(await send({ kind: 'comment' }), 'ENTRY_INVALID');
  assert.equal(await send({ proposed: null }), 'ENTRY_INVALID');
  assert.equal(await send({ proposed: testEntry('4201-bus') }), 'ID_DIFFERS');
  assert.equal(await send({ proposed: { ...better, access: ['counter'] } }), 'ENTRY_ACCESS');
  assert.equal(await send({ text: 'x'.repeat(1001) }), 'TEXT_INVALID');
  const nobody = { party: '9999', entry: '9999-x', kind: 'comment', proposed: null } as const;
  assert.equal(await send(nobody), 'PARTY_UNKNOWN');
  const self = { party: '4301', entry: '4301-x', kind: 'comment', proposed: null } as const;
  assert.equal(await send(self), 'PARTY_UNKNOWN');
  assert.equal(region.waiting.length, 0);
});

test('a hostile node’s comments are refused, and nothing of them is kept', async () => {
  const { wuhan } = openTwo();
  const body = { id: 'comment-1', entry: metro.id, kind: 'comment', text: '好', proposed: null };
  const take = async (more: Json, from = '4301'): Promise<string> => {
    const whole = { ...body, ...(more as object) } as Json;
    const answer = await wuhan.take(from, 'entry.comment', whole);
    return answer.outcome === 'refused' ? answer.code : 'applied';
  };
  assert.equal(await take({ entry: '4301-metro' }), 'ENTRY_FOREIGN');
  assert.equal(await take({ text: '' }), 'MALFORMED');
  assert.equal(await take({ text: 'a\u0000' }), 'MALFORMED');
  assert.equal(await take({ text: 'x'.repeat(1001) }), 'MALFORMED');
  assert.equal(await take({ extra: 1 }), 'MALFORMED');
  assert.equal(await take({ kind: 'edit' }), 'MALFORMED');
  assert.equal(await take({ proposed: better }), 'MALFORMED');
  assert.equal(
    await take({ kind: 'proposal', proposed: { ...better, id: '4201-x' } }),
    'ID_DIFFERS',
  );
  assert.equal(await take({}, 'hub'), 'PARTY_UNKNOWN');
  assert.deepEqual((await wuhan.draft.comments(false)).received, []);
  assert.equal(await take({}), 'applied');
  assert.equal(await take({}), 'applied', 'the same again is the same one');
  assert.equal(await take({ text: '不同' }), 'ID_TAKEN');
  assert.equal((await wuhan.draft.comments(false)).received.length, 1);
});

test('an answer counts only from the city that was asked, and once', async () => {
  const { region, wuhan, changsha } = openTwo();
  const { id } = valueOf(await changsha.draft.sendComment(proposal, 'chen'));
  await region.carry();
  const body = { id, text: '已采纳', outcome: 'taken' };
  const take = async (from: string, more: object = {}): Promise<string> => {
    const answer = await changsha.take(from, 'entry.comment-answer', { ...body, ...more });
    return answer.outcome === 'refused' ? answer.code : 'applied';
  };
  assert.equal(await take('3401'), 'COMMENT_UNKNOWN');
  assert.equal(await take('4201', { id: 'never-sent' }), 'COMMENT_UNKNOWN');
  assert.equal(await take('4201'), 'applied');
  assert.equal(await take('4201'), 'applied');
  assert.equal(await take('4201', { outcome: 'declined' }), 'ANSWERED_ALREADY');
  assert.equal((await wuhan.draft.history(metro.id)).length, 0);
});

test('a city that floods another is turned away, and sees what was not taken in', async () => {
  const { region, wuhan, changsha } = openTwo();
  const asked: CommentAsked = { ...proposal, kind: 'comment', proposed: null };
  for (let i = 0; i <= MAX_OPEN_COMMENTS; i++) {
    valueOf(await changsha.draft.sendComment({ ...asked, text: `第${String(i)}条` }, 'chen'));
  }
  const answers = await region.carry();
  assert.equal(answers.filter(({ outcome }) => outcome === 'refused').length, 1);
  assert.equal((await wuhan.draft.comments(true)).received.length, MAX_OPEN_COMMENTS);
  const refused = await changsha.store.read((tx) => tx.draft.comments('sent', false, 9999));
  assert.deepEqual(
    refused.filter(({ state }) => state === 'refused').map(({ refusal }) => refusal),
    ['COMMENTS_FULL'],
  );
});

const rule: UnsignedRule = {
  ...{ id: 'senior-65', name: text('65 岁以上半价'), class: 2, residences: ['4301'] },
  ...{ benefit: { kind: 'share', permille: 500 }, reciprocity: 'unilateral' },
  ...{
    agreement: text('长沙武汉同城待遇协议'),
    from: '2027-01-01',
    until: '2027-06-30',
    perDay: null,
  },
  funder: { kind: 'party', party: '4301', ceilingFen: 1_000_000 },
};

test('a rule that another city pays for is drafted once that city has signed it', async () => {
  const { region, wuhan, changsha } = openTwo();
  const asked = { entry: metro.id, rule, reason: '同城待遇' };
  const { hash } = valueOf(await wuhan.draft.askFunding(asked, 'wang'));
  assert.equal(codeOf(await wuhan.draft.askFunding(asked, 'li')), 'ASKED_ALREADY');
  await region.carry();
  const [toSign] = (await changsha.draft.fundings()).toSign;
  assert.deepEqual([toSign?.hash, toSign?.party, toSign?.state], [hash, '4201', 'open']);
  assert.equal((await wuhan.draft.history(metro.id)).length, 0);
  valueOf(await changsha.draft.answerFunding(hash, { approve: true }, 'zhou'));
  assert.deepEqual(
    (await region.carry()).map(({ outcome }) => outcome),
    ['applied'],
  );
  assert.equal((await wuhan.draft.fundings()).asked[0]?.state, 'open', 'not yet in the draft');
  await wuhan.draft.keep();
  assert.equal((await wuhan.draft.fundings()).asked[0]?.state, 'signed');
  const { entry, revision } = valueOf(await wuhan.draft.show(metro.id));
  const [signed] = entry?.rules ?? [];
  assert(entry !== null && signed?.funder.kind === 'party');
  assert.equal(signed.funder.signature.by, '4301');
  assert.deepEqual(fundingOf(entry, signed), toSign?.funding);
  const [line] = await wuhan.draft.history(metro.id);
  assert.deepEqual([line?.act, line?.by, line?.reason.zhCN], ['funded', 'wang', '同城待遇']);
  // Who agreed to half of ¥4 did not agree to half of ¥40.
  const dearer: Entry = { ...entry, tariff: { kind: 'flat', priceFen: 4000 } };
  const edit = { by: 'wang', reason: '涨价', expect: revision };
  assert.equal(codeOf(await wuhan.draft.put(metro.id, dearer, edit)), 'FUNDING_UNSIGNED');
  const forged = { ...signed, funder: { ...signed.funder, ceilingFen: 2_000_000 } };
  const more: Entry = { ...entry, rules: [forged] };
  assert.equal(codeOf(await wuhan.draft.put(metro.id, more, edit)), 'FUNDING_UNSIGNED');
});

test('a refusal with its reason comes back, and the same may be asked again', async () => {
  const { region, wuhan, changsha } = openTwo();
  const asked = { entry: metro.id, rule, reason: '同城待遇' };
  const { hash } = valueOf(await wuhan.draft.askFunding(asked, 'wang'));
  await region.carry();
  const no = { approve: false, reason: '预算不足' } as const;
  valueOf(await changsha.draft.answerFunding(hash, no, 'zhou'));
  assert.equal(codeOf(await changsha.draft.answerFunding(hash, no, 'zhou')), 'ANSWERED_ALREADY');
  await region.carry();
  const [row] = (await wuhan.draft.fundings()).asked;
  assert.deepEqual([row?.state, row?.answer?.reason], ['declined', '预算不足']);
  await wuhan.draft.keep();
  assert.equal((await wuhan.draft.history(metro.id)).length, 0);
  valueOf(await wuhan.draft.askFunding(asked, 'li'));
  await region.carry();
  assert.equal((await changsha.draft.fundings()).toSign[0]?.state, 'open');
  valueOf(await changsha.draft.answerFunding(hash, { approve: true }, 'zhou'));
  await region.carry();
  await wuhan.draft.keep();
  assert.equal((await wuhan.draft.fundings()).asked[0]?.state, 'signed');
});

test('a signature for an entry that has changed meanwhile lapses', async () => {
  const { region, wuhan, changsha } = openTwo();
  const asked = { entry: metro.id, rule, reason: '同城待遇' };
  const { hash } = valueOf(await wuhan.draft.askFunding(asked, 'wang'));
  const dearer: Entry = { ...metro, tariff: { kind: 'flat', priceFen: 500 } };
  valueOf(await wuhan.draft.put(metro.id, dearer, { by: 'li', reason: '涨价', expect: 0 }));
  await region.carry();
  valueOf(await changsha.draft.answerFunding(hash, { approve: true }, 'zhou'));
  await region.carry();
  await wuhan.draft.keep();
  assert.equal((await wuhan.draft.fundings()).asked[0]?.state, 'lapsed');
  assert.deepEqual(valueOf(await wuhan.draft.show(metro.id)).entry, dearer);
});

test('a rule must hold in all but its signature before anybody is asked', async () => {
  const { region, wuhan } = openTwo();
  const ask = async (more: Partial<UnsignedRule>, entry = metro.id): Promise<string> =>
    codeOf(await wuhan.draft.askFunding({ entry, rule: { ...rule, ...more }, reason: '?' }, 'w'));
  assert.equal(await ask({ until: null }), 'RULE_FUNDER');
  assert.equal(await ask({ residences: ['4202'] }), 'RULE_RESIDENCE');
  assert.equal(await ask({ until: '2026-01-01' }), 'RULE_DATES');
  assert.equal(await ask({ funder: { ...rule.funder, party: '9999' } }), 'PARTY_UNKNOWN');
  assert.equal(await ask({ funder: { ...rule.funder, party: '4201' } }), 'RULE_FUNDER');
  assert.equal(await ask({}, '4201-none'), 'ENTRY_UNKNOWN');
  assert.equal(region.waiting.length, 0);
});

test('a forged request or signature is refused', async () => {
  const { region, wuhan, changsha } = openTwo();
  const asked = { entry: metro.id, rule, reason: '同城待遇' };
  const row = valueOf(await wuhan.draft.askFunding(asked, 'wang'));
  region.waiting.length = 0;
  const funding = row.funding as unknown as Record<string, Json>;
  const ask = async (more: object, from = '4201'): Promise<string> => {
    const body = { funding: { ...funding, ...more } } as Json;
    const answer = await changsha.take(from, 'funding.ask', body);
    return answer.outcome === 'refused' ? answer.code : 'applied';
  };
  assert.equal(await ask({}, '3401'), 'FUNDING_FOREIGN');
  assert.equal(await ask({ entry: '3401-metro' }), 'FUNDING_FOREIGN');
  assert.equal(await ask({ funder: '3401' }), 'FUNDING_FOREIGN');
  assert.equal(await ask({ ceilingFen: 0 }), 'MALFORMED');
  assert.equal(await ask({ rule: { ...row.funding.rule, funder: { kind: 'host' } } }), 'MALFORMED');
  assert.equal(await ask({ rule: { ...row.funding.rule, until: null } }), 'RULE_FUNDER');
  assert.equal(await ask({}), 'applied');
  const signed = valueOf(await changsha.draft.answerFunding(row.hash, { approve: true }, 'zhou'));
  region.waiting.length = 0;
  const answer = async (more: object, from = '4301'): Promise<string> => {
    const body = { hash: row.hash, signature: signed.signature, reason: null, ...more } as Json;
    const taken = await wuhan.take(from, 'funding.answer', body);
    return taken.outcome === 'refused' ? taken.code : 'applied';
  };
  const good = signed.signature;
  assert(good !== null);
  assert.equal(await answer({}, '3401'), 'FUNDING_UNKNOWN');
  assert.equal(await answer({ hash: 'ab'.repeat(32) }), 'FUNDING_UNKNOWN');
  assert.equal(await answer({ reason: '两样都有' }), 'MALFORMED');
  assert.equal(await answer({ signature: null }), 'MALFORMED');
  const flipped = good.signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
  assert.equal(await answer({ signature: { ...good, signature: flipped } }), 'FUNDING_UNSIGNED');
  assert.equal(await answer({ signature: { ...good, by: '4201' } }), 'FUNDING_UNSIGNED');
  assert.equal(await answer({ signature: { ...good, keyId: 2 } }), 'FUNDING_UNSIGNED');
  assert.equal((await wuhan.draft.fundings()).asked[0]?.state, 'open');
  assert.equal(await answer({}), 'applied');
  assert.equal(await answer({}), 'ANSWERED_ALREADY');
});
