import { documentText, toBase64Url, type Json, type Tap } from '@tongyu/protocol';
import { makeCode } from './code-maker.ts';
import { NOW, signed, type SignerName } from './region.ts';
import { testKey } from './test-keys.ts';
import { VectorSet } from './vector-set.ts';

const TERMINAL = '4201-gate-1';
const terminalKey = testKey('terminal 4201-gate-1');

function tapContent(code: string | null, parts: Partial<Tap> = {}): Tap {
  return {
    type: 'tongyu.tap',
    terminal: TERMINAL,
    number: 1,
    time: NOW,
    service: '4201-metro',
    direction: 'single',
    stop: null,
    kind: 'scan',
    verdict: 'pass',
    refusal: null,
    assistedReason: null,
    code,
    shownPriceFen: 230,
    shownRule: null,
    warned: false,
    held: {
      bundleVersion: 12,
      bundleHash: '4'.repeat(64),
      editionNumber: 3,
      headNumber: 5,
      listNumber: 7,
      trustTime: NOW - 600,
      listTime: NOW - 600,
    },
    ...parts,
  };
}

/** TAP-2. */
export async function tapVectors(): Promise<VectorSet> {
  const set = new VectorSet('taps');
  const code = await makeCode();
  const own: SignerName = { by: TERMINAL, keyId: 1, key: terminalKey };
  const terminal = {
    id: TERMINAL,
    keyId: 1,
    alg: 'ES256',
    key: toBase64Url(terminalKey.publicKey),
  };
  const inputOf = async (content: Tap, by: SignerName): Promise<Json> => ({
    terminal,
    tap: documentText(await signed(content, [by])),
  });
  const accept = async (id: string, clause: string, content: Tap) => {
    const facts = { tapId: `${content.terminal}/${String(content.number)}` };
    set.accept(id, clause, id, await inputOf(content, own), {}, facts);
  };
  await accept('pass', 'TAP-2.1', tapContent(code));
  await accept('pass-warned', 'TAP-2.6', tapContent(code, { number: 2, warned: true }));
  const refused = { verdict: 'refuse', shownPriceFen: null } as const;
  const used = tapContent(code, { ...refused, refusal: 'ALREADY_USED' });
  await accept('refused', 'TAP-2.6', used);
  const junk = tapContent(null, { ...refused, refusal: 'MALFORMED' });
  await accept('malformed-without-text', 'TAP-2.4', junk);
  const assisted = { kind: 'assisted', assistedReason: 'no-phone', shownPriceFen: null } as const;
  await accept('assisted', 'TAP-2.5', tapContent(null, assisted));
  const bare = {
    bundleVersion: 0,
    bundleHash: '0'.repeat(64),
    editionNumber: 0,
    headNumber: 0,
    listNumber: null,
    trustTime: null,
    listTime: null,
  };
  const stale = { ...refused, verdict: 'unknown', refusal: 'TRUST_STALE', held: bare } as const;
  await accept('nothing-held', 'TAP-2.3', tapContent(code, stale));
  const entry = { direction: 'entry', stop: 'jianghan-road', shownPriceFen: 600 } as const;
  await accept('entry-at-a-stop', 'TAP-2.7', tapContent(code, entry));
  const exit = { ...entry, direction: 'exit', number: 3, shownRule: 'senior-65' } as const;
  await accept('exit-with-a-rule', 'TAP-2.7', tapContent(code, exit));
  await accept('number-2-to-48', 'TAP-2.2', tapContent(code, { number: 2 ** 48 }));

  await addRefused(set, terminal, inputOf);
  return set;
}

type InputOf = (content: Tap, by: SignerName) => Promise<Json>;

async function addRefused(set: VectorSet, terminal: Json, inputOf: InputOf): Promise<void> {
  const own: SignerName = { by: TERMINAL, keyId: 1, key: terminalKey };
  const code = await makeCode();
  const refuse = async (id: string, content: Tap, by: SignerName) => {
    set.refuse(id, 'TAP-2.1', id, await inputOf(content, by), {}, 'TAP_SIGNATURE_INVALID');
  };
  await refuse('by-other-terminal', tapContent(code), { ...own, key: testKey('terminal 2') });
  await refuse('named-other', tapContent(code), { ...own, by: '4201-gate-2' });
  await refuse('other-key-id', tapContent(code), { ...own, keyId: 2 });
  await refuse('other-terminal', tapContent(code, { terminal: '4201-gate-2' }), own);
  const good = documentText(await signed(tapContent(code), [own]));
  const changed: readonly (readonly [string, string, string])[] = [
    ['price-changed', '"shownPriceFen":230', '"shownPriceFen":231'],
    ['number-changed', '"number":1,', '"number":2,'],
    ['verdict-changed', '"verdict":"pass"', '"verdict":"check"'],
    ['direction-changed', '"direction":"single"', '"direction":"exit"'],
    ['stop-changed', '"stop":null', '"stop":"east"'],
    ['rule-changed', '"shownRule":null', '"shownRule":"free"'],
  ];
  for (const [id, from, to] of changed) {
    const input = { terminal, tap: good.replace(from, to) };
    set.refuse(id, 'TAP-2.1', id, input, {}, 'TAP_SIGNATURE_INVALID');
  }
  const odd: readonly (readonly [string, string, string])[] = [
    ['number-0', '"number":1,', '"number":0,'],
    ['number-fraction', '"number":1,', '"number":1.5,'],
    ['verdict-other', '"verdict":"pass"', '"verdict":"yes"'],
    ['refusal-lower-case', '"refusal":null', '"refusal":"stale"'],
    ['code-cut', '"code":"TY1:', '"code":"TY1'],
    ['code-lower-case', '"code":"TY1:', '"code":"ty1:'],
    ['reason-free-text', '"assistedReason":null', '"assistedReason":"Mrs Li"'],
    ['extra-member', '"kind":"scan"', '"kind":"scan","name":"x"'],
    ['two-signatures', '"signatures":[', '"signatures":[{"by":"a","keyId":1,"signature":""},'],
    ['direction-other', '"direction":"single"', '"direction":"out"'],
    ['direction-missing', '"direction":"single",', ''],
    ['stop-odd', '"stop":null', '"stop":"East"'],
    ['rule-odd', '"shownRule":null', '"shownRule":""'],
    ['no-type', '"type":"tongyu.tap"', '"type":"tongyu.time"'],
  ];
  for (const [id, from, to] of odd) {
    set.refuse(id, 'TAP-2.1', id, { terminal, tap: good.replace(from, to) }, {}, 'MALFORMED');
  }
}
