import { slotEnd, slotFromIndex, slotIndex, slotStart, type Json } from '@tongyu/protocol';
import { trustContext, type TrustParts } from './code-contexts.ts';
import { factsOf, LOST_SEED_NOW, makeCode, withBitFlipped, type CodeParts } from './code-maker.ts';
import { addPrecedence } from './code-precedence.ts';
import { addForgeries } from './code-forgeries.ts';
import { KEY_IDS, MEMBERS, NOON, NOW, OBSERVER, SLOT, STRANGER } from './region.ts';
import { VectorSet } from './vector-set.ts';

/** One decision of a terminal: what is shown, and all that it knows at that moment. */
export type Scene = {
  readonly code?: CodeParts;
  /** Made otherwise than from `code`. */
  readonly text?: string;
  readonly trust?: TrustParts;
  readonly now?: number;
  readonly highestSignedTime?: number;
  readonly agedAcceptsToday?: number;
  readonly lastAcceptedTime?: number;
  readonly service?: string;
};

export type Stage = {
  readonly set: VectorSet;
  readonly accept: (
    id: string,
    clause: string,
    what: string,
    scene: Scene,
    facts?: object,
  ) => Promise<void>;
  readonly refuse: (
    id: string,
    clause: string,
    what: string,
    scene: Scene,
    refusal: string,
  ) => Promise<void>;
};

export async function codeVectors(): Promise<VectorSet> {
  const stage = createStage(new VectorSet('codes'));
  await addAccepted(stage);
  await addTimes(stage);
  await addAges(stage);
  await addIssuers(stage);
  await addUse(stage);
  await addForgeries(stage);
  await addPrecedence(stage);
  return stage.set;
}

function createStage(set: VectorSet): Stage {
  const read = async (scene: Scene): Promise<{ text: string; context: Record<string, Json> }> => ({
    text: scene.text ?? (await makeCode(scene.code)),
    context: {
      trust: await trustContext(set, scene.trust),
      now: scene.now ?? NOW,
      highestSignedTime: scene.highestSignedTime ?? NOON - 3_600,
      agedAcceptsToday: scene.agedAcceptsToday ?? 0,
      maxAgedAcceptsPerDay: 500,
      lastAcceptedTime: scene.lastAcceptedTime ?? null,
      service: scene.service ?? '4201-metro',
    },
  });
  return {
    set,
    accept: async (id, clause, what, scene, facts = {}) => {
      const { text, context } = await read(scene);
      const plain = { ...factsOf(scene.code ?? {}), priceFen: 230, warned: false };
      set.accept(id, clause, what, { text }, context, { ...plain, ...facts });
    },
    refuse: async (id, clause, what, scene, refusal) => {
      const { text, context } = await read(scene);
      set.refuse(id, clause, what, { text }, context, refusal);
    },
  };
}

async function addAccepted({ accept }: Stage): Promise<void> {
  for (const suite of [1, 2, 3] as const) {
    const name = `suite ${String(suite)}`;
    await accept(`suite-${String(suite)}`, 'CODE-4.1', name, { code: { suite } });
    await accept(`suite-${String(suite)}-reserve`, 'CODE-7.4', `${name}, reserve pass`, {
      code: { suite, reserve: true },
    });
    await accept(`suite-${String(suite)}-class-3`, 'CODE-3.7', `${name}, class 3`, {
      code: { suite, class: 3 },
    });
  }
  for (const [i, issuer] of MEMBERS.entries()) {
    const what = `a resident of ${issuer} in 4201`;
    await accept(
      `issuer-${issuer}`,
      'CODE-3.2',
      what,
      { code: { issuer } },
      { priceFen: 200 + 10 * i },
    );
  }
  for (const index of [1, 7, 15]) {
    await accept(`tag-${String(index)}`, 'REV-2.1', `tag ${String(index)}`, { code: { index } });
  }
  const unknownClass = 'a class that is not assigned yet is no reason to refuse';
  await accept('class-reserved', 'CODE-3.7', unknownClass, { code: { class: 7_000 } });
  const museum = { service: '4201-museum', code: { issuer: '4201' } };
  await accept('museum', 'TAP-1.3', 'a residence that has a price there', museum, {
    priceFen: 220,
  });
}

/** CODE-6.3: the slot with the code's time, that with the terminal's clock, both sides of each. */
async function addTimes({ accept, refuse }: Stage): Promise<void> {
  for (const age of [0, 119, 120]) {
    const scene = { now: NOON + age };
    await accept(`age-${String(age)}`, 'REF-1.3', `signed ${String(age)} s ago`, scene);
  }
  for (const age of [121, 122, 3_600]) {
    const scene = { now: NOON + age };
    await refuse(
      `age-${String(age)}`,
      'REF-1.3',
      `signed ${String(age)} s ago`,
      scene,
      'CODE_STALE',
    );
  }
  for (const ahead of [1, 59, 60]) {
    const scene = { now: NOON - ahead };
    await accept(`ahead-${String(ahead)}`, 'REF-1.3', `signed ${String(ahead)} s ahead`, scene);
  }
  for (const ahead of [61, 62, 600]) {
    const scene = { now: NOON - ahead };
    const what = `signed ${String(ahead)} s ahead`;
    await refuse(`ahead-${String(ahead)}`, 'REF-1.3', what, scene, 'CLOCK_SKEW');
  }
  for (const step of [-2, -1, 0, 1]) {
    const slot = slotFromIndex(slotIndex(SLOT) + step);
    const [first, end] = [slotStart(slot), slotEnd(slot)];
    const name = `slot-${String(slot.slot)}-day-${String(slot.day)}`;
    const shown = (time: number, now = time): Scene => ({
      code: { slot, time },
      now,
      highestSignedTime: 0,
      // Trust is as young as `NOW` says; moments later are younger than 24 h all the same.
    });
    const clause = 'TIME-1.3';
    await accept(`${name}-first-second`, clause, 'first second of a slot', shown(first));
    await accept(`${name}-last-step`, clause, 'last step of a slot', shown(end - 15, end - 1));
    const late = 'signed in the slot, shown after its end, within 120 s';
    await accept(`${name}-over-border`, 'CODE-6.3', late, shown(end - 15, end + 100));
    const before = shown(first - 15);
    await refuse(
      `${name}-before`,
      clause,
      'the step before the slot',
      before,
      'PASS_NOT_YET_VALID',
    );
    await refuse(
      `${name}-end`,
      clause,
      'the first second after the slot',
      shown(end),
      'PASS_EXPIRED',
    );
  }
}

async function addAges({ accept, refuse }: Stage): Promise<void> {
  const day = 86_400;
  const fresh = 'trust 24 h old is fresh';
  await accept('trust-24h', 'REF-1.3', fresh, { trust: { trustAge: day } });
  const warned = { warned: true };
  const aged = { trustAge: day + 1 };
  await accept('trust-24h-1s', 'REF-1.3', 'older: with a warning', { trust: aged }, warned);
  const oldest = { trust: { trustAge: 3 * day } };
  await accept('trust-72h', 'REF-1.3', 'trust 72 h old', oldest, warned);
  const stale = { trust: { trustAge: 3 * day + 1 } };
  await refuse('trust-72h-1s', 'REF-1.3', 'trust older than 72 h', stale, 'TRUST_STALE');
  const none = { trust: { trustAge: null } };
  await refuse('trust-none', 'TIME-2.4', 'no time statement is held', none, 'TRUST_STALE');
  const last = { trust: aged, agedAcceptsToday: 499 };
  await accept('aged-499', 'TIME-2.5', 'the 500th accept of the day on aged trust', last, warned);
  const over = { trust: aged, agedAcceptsToday: 500 };
  await refuse('aged-500', 'TIME-2.5', 'the 501st', over, 'TRUST_STALE');
  const freshAgain = { agedAcceptsToday: 500 };
  await accept('aged-500-fresh', 'TIME-2.5', 'the limit is for aged trust only', freshAgain);

  await accept('list-24h', 'REV-4.4', 'list time 24 h old', { trust: { listAge: day } });
  const agedList = { trust: { listAge: day + 1 } };
  await accept('list-24h-1s', 'REV-4.4', 'list time older than 24 h', agedList, warned);
  await accept(
    'list-72h',
    'REV-4.4',
    'list time 72 h old',
    { trust: { listAge: 3 * day } },
    warned,
  );
  const staleList = { trust: { listAge: 3 * day + 1 } };
  await refuse('list-72h-1s', 'REV-4.4', 'list time over 72 h', staleList, 'REVOCATION_STALE');
  const noList = { trust: { listAge: null } };
  await refuse('list-none', 'REV-4.3', 'no list of the issuer is held', noList, 'REVOCATION_STALE');

  await accept('clock-equal', 'TIME-3.2', 'clock at the mark', { highestSignedTime: NOW });
  const slow = 'clock 60 s below the mark';
  await accept('clock-60s-below', 'TIME-3.2', slow, { highestSignedTime: NOW + 60 });
  const behind = 'clock 61 s below the mark';
  const back = { highestSignedTime: NOW + 61 };
  await refuse('clock-61s-below', 'TIME-3.2', behind, back, 'TERMINAL_CLOCK');
}

async function addIssuers({ refuse }: Stage): Promise<void> {
  const issuer = (of: string): Scene => ({ code: { issuer: of } });
  await refuse('stranger', 'TRUST-5.4', 'in no root entry', issuer(STRANGER), 'ISSUER_UNKNOWN');
  const observer = 'an observer, whose keys are in the bundle';
  await refuse('observer', 'TRUST-5.4', observer, issuer(OBSERVER), 'ISSUER_NOT_PARTY');
  const quiet = 'an observer without keys';
  await refuse('observer-quiet', 'TRUST-5.4', quiet, issuer('4306'), 'ISSUER_NOT_PARTY');
  const suspended = { ...issuer('3601'), trust: { suspended: true } };
  await refuse('suspended', 'TRUST-2.6', 'a suspended member', suspended, 'ISSUER_SUSPENDED');
  const key = (keyId: number, suite: 1 | 2 = 1): Scene => ({ code: { keyId, suite } });
  const unknown: readonly (readonly [string, string, Scene])[] = [
    ['key-never', 'no such key id', key(999)],
    ['key-list', 'a list key of the same city', key(KEY_IDS.list)],
    ['key-peer', 'a peer key of the same city', key(KEY_IDS.peer)],
    ['key-until-yesterday', 'its last day is over', key(KEY_IDS.issuerUntilYesterday)],
    ['key-from-tomorrow', 'its first day has not come', key(KEY_IDS.issuerFromTomorrow)],
    ['key-es256-as-sm2', 'the suite says SM2, the key is ES256', key(KEY_IDS.issuer, 2)],
    ['key-sm2-as-es256', 'the suite says ES256, the key is SM2', key(KEY_IDS.issuerSm2, 1)],
  ];
  for (const [id, what, scene] of unknown) {
    await refuse(id, 'TRUST-5.4', what, scene, 'KEY_UNKNOWN');
  }
  const revoked = key(KEY_IDS.issuerRevoked);
  await refuse('key-revoked', 'TRUST-3.3', 'the key is revoked', revoked, 'KEY_REVOKED');
  const other = key(KEY_IDS.issuerRevoked, 2);
  const what = 'revoked, and the suite asks for another algorithm';
  await refuse('key-revoked-of-other-suite', 'TRUST-5.4', what, other, 'KEY_REVOKED');
}

async function addUse({ accept, refuse }: Stage): Promise<void> {
  const used = 'CODE-7.4';
  const again = (lastAcceptedTime: number, reserve: boolean): Scene => ({
    code: { reserve },
    lastAcceptedTime,
  });
  await refuse(
    'used-same-code',
    'CODE-7.7',
    'the same code again',
    again(NOON, false),
    'ALREADY_USED',
  );
  const later = again(NOON - 900, false);
  await refuse('used-long-ago', used, 'the same pass, signed anew', later, 'ALREADY_USED');
  await refuse('reserve-same', used, 'reserve, same code', again(NOON, true), 'ALREADY_USED');
  await refuse('reserve-105', used, 'reserve after 105 s', again(NOON - 105, true), 'ALREADY_USED');
  await refuse('reserve-119', used, 'reserve after 119 s', again(NOON - 119, true), 'ALREADY_USED');
  await accept('reserve-120', used, 'reserve after 120 s', again(NOON - 120, true));
  await accept('reserve-135', used, 'reserve after 135 s', again(NOON - 135, true));
  const older = again(NOON + 300, true);
  await refuse('reserve-older', used, 'reserve, older than the last', older, 'ALREADY_USED');
  for (const index of [0, 1, 15]) {
    const lost = { code: { seed: LOST_SEED_NOW, index } };
    const id = `revoked-tag-${String(index)}`;
    await refuse(id, 'REV-3.2', `tag ${String(index)} of a lost phone`, lost, 'PASS_REVOKED');
  }
  const closed = { service: '4201-bus' };
  await refuse('service-closed', 'REF-1.2', 'the service is not open', closed, 'SERVICE_NOT_OPEN');
  const nowhere = { service: '4201-nowhere' };
  await refuse('service-none', 'REF-1.2', 'the service is in no file', nowhere, 'SERVICE_NOT_OPEN');
  const museum = { service: '4201-museum' };
  await refuse('no-price', 'TAP-1.3', 'no price for that residence', museum, 'NOT_ENTITLED');
  const last = withBitFlipped(await makeCode(), 8 * 186 - 1);
  const flipped = { text: last };
  const what = 'the last bit turned over';
  await refuse('last-bit', 'CODE-5.2', what, flipped, 'DEVICE_SIGNATURE_INVALID');
}
