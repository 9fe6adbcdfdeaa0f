import type { Json } from '@tongyu/protocol';
import { listAt, member, numberAt, textAt } from '../read-json.ts';
import { tellVerdict } from '../tell.ts';
import { newestTrip, tellReceipt, whoPays } from '../trips.ts';
import type { Step } from '../types.ts';
import { waitUntil } from '../wait-until.ts';
import type { World } from '../world.ts';

const FERRY = '4201-ferry';
const RULE = 'changsha-senior';
const FERRY_FEN = 150;
const reason: Json = { zhCN: '新版', zhTW: '新版', en: 'a new edition' };

/**
 * Changsha signs that it pays the whole ferry for its residents of 60 or more, up to one ride: the
 * rule stands in Wuhan's draft when the signature has come.
 */
export async function draftFundedRule(world: World, editionId: string): Promise<void> {
  const agreement = {
    zhCN: `演示协议：长沙承担长者轮渡（${editionId}）`,
    zhTW: `示範協議：長沙承擔長者渡輪（${editionId}）`,
    en: `Demo agreement: Changsha pays seniors’ ferries (${editionId})`,
  };
  const rule: Json = {
    id: RULE,
    name: { zhCN: '长沙长者免费', zhTW: '長沙長者免費', en: 'Changsha’s seniors free' },
    class: 1,
    residences: ['4301'],
    benefit: { kind: 'price', priceFen: 0 },
    funder: { kind: 'party', party: '4301', ceilingFen: FERRY_FEN },
    reciprocity: 'unilateral',
    agreement,
    from: '2026-01-01',
    until: '2099-12-31',
    perDay: null,
  };
  const asked = await world.node('4201').act('/console/api/funding', {
    entry: FERRY,
    rule,
    reason,
  });
  const path = `/console/api/funding/${textAt(asked, 'hash')}/approve`;
  await waitUntil('Changsha to sign the funding', async () => {
    const tried = await world.node('4301').tryAct(path);
    if (tried.code === null) return true;
    throw new Error(tried.code);
  });
  await waitUntil('the funded rule in the draft', async () => {
    const drafted = await world.node('4201').read(`/console/api/draft/entries/${FERRY}`);
    const rules = listAt(drafted, 'entry', 'rules');
    return rules.find((one) => textAt(one, 'agreement', 'zhCN') === agreement.zhCN);
  });
}

/** The last edition's rule of the same name was stopped at its ceiling: the new one begins. */
async function beginAnew(world: World): Promise<void> {
  const { ferry } = world.gates;
  const before = numberAt(await ferry.status(), 'headNumber');
  const path = '/console/api/list/suspensions/lift';
  const tried = await world.node('4201').tryAct(path, { entry: FERRY, rule: RULE, reason });
  if (tried.code === 'NOT_SUSPENDED') return;
  await ferry.syncUntil('its rule again', (status) => numberAt(status, 'headNumber') > before);
}

export const ceilingReached: Step = {
  id: 'ceiling-reached',
  chapter: 'treats',
  title: 'Changsha pays seniors’ ferries up to its ceiling; then the rule stops by itself',
  expect: {
    first: { price: 0, payers: ['4301 150'] },
    second: { price: 75, payers: ['host 75'] },
    suspended: true,
  },
  async run(world) {
    const { ferry } = world.gates;
    const { changshaSenior } = world.phones;
    const edition = numberAt(await world.gates.metroOne.status(), 'editionNumber');
    await ferry.syncUntil(
      'the new edition',
      (status) => numberAt(status, 'editionNumber') === edition,
    );
    await beginAnew(world);
    const one = await ferry.scan(await changshaSenior.freshCode());
    const before = numberAt(await ferry.status(), 'headNumber');
    await ferry.deliver();
    const first = await newestTrip(changshaSenior, ferry.terminal, numberAt(one, 'tap'));
    await ferry.syncUntil(
      'the rule stopped at its ceiling',
      (status) => numberAt(status, 'headNumber') > before,
    );
    const two = await ferry.scan(await changshaSenior.freshCode());
    await ferry.deliver();
    const second = await newestTrip(changshaSenior, ferry.terminal, numberAt(two, 'tap'));
    const offer = await world.node('4201').get('/catalogue/offer?edition=0&heads=');
    const suspended = listAt(offer, 'heads')
      .filter((head) => member(head, 'signed', 'party') === '4201')
      .flatMap((head) => listAt(head, 'signed', 'suspended'))
      .some((one) => member(one, 'entry') === FERRY && member(one, 'rule') === RULE);
    return {
      got: {
        first: { price: member(one, 'priceFen'), payers: whoPays(first) },
        second: { price: member(two, 'priceFen'), payers: whoPays(second) },
        suspended,
      },
      told: [
        `First: ${tellVerdict(one)}`,
        tellReceipt(first),
        `At the ceiling: ${tellVerdict(two)}`,
        tellReceipt(second),
      ],
    };
  },
};
