import { createHash } from 'node:crypto';
import {
  canonicalJson,
  readShape,
  journeyLineShape,
  type GroupClaim,
  type Json,
  type JourneyLine,
} from '@tongyu/protocol';
import { listAt, member, numberAt, textAt } from '../read-json.ts';
import { sendInItsName } from '../send-in-its-name.ts';
import { newestTrip } from '../trips.ts';
import type { Step } from '../types.ts';
import { waitUntil } from '../wait-until.ts';
import type { World } from '../world.ts';

const HOST = '4201';
const HOME = '4301';
const SERVICE = '4201-sight';

type Kept = { readonly line: JourneyLine; readonly state: string; readonly revision: number };

function readKept(row: Json): Kept {
  const line = readShape(journeyLineShape, member(row, 'line'));
  if (!line.ok) throw new Error(`a line is not in its form: ${line.path}`);
  return { line: line.value, state: textAt(row, 'state'), revision: numberAt(row, 'revision') };
}

/** Lines of the sight for one key, as one city's console shows them, newest first. */
async function linesAt(world: World, id: '4201' | '4301', key: string): Promise<readonly Kept[]> {
  const path =
    id === HOST
      ? `/console/api/journeys?service=${SERVICE}&limit=200`
      : '/console/api/home-lines?limit=200';
  const rows = listAt(await world.node(id).read(path), 'lines').map(readKept);
  return rows.filter(({ line }) => line.key === key && line.service === SERVICE);
}

function textsOf(kept: readonly Kept[]): readonly string[] {
  return kept.map(({ line }) => canonicalJson(line)).sort();
}

/** All lines of the rider, as soon as these are among them and both cities accept them all. */
async function untilAgreed(
  world: World,
  key: string,
  journeys: readonly string[],
): Promise<readonly Kept[]> {
  return waitUntil('the lines to be accepted by both cities', async () => {
    const [host, home] = [await linesAt(world, HOST, key), await linesAt(world, HOME, key)];
    const names = new Set<string>(host.map(({ line }) => line.journey));
    const isThere = journeys.every((journey) => names.has(journey));
    const whole = isThere && host.every(({ state }) => state === 'accepted');
    if (!whole || canonicalJson(textsOf(host)) !== canonicalJson(textsOf(home))) return undefined;
    return host;
  });
}

/** One 分 moved from the funder to the rider, as a host that cheats would claim it. */
function spoiled(line: JourneyLine): JourneyLine {
  const [first, ...rest] = line.parts;
  if (first === undefined) throw new Error('the line has no concession');
  return {
    ...line,
    riderFen: line.riderFen + 1,
    parts: [{ ...first, fen: first.fen - 1 }, ...rest],
  };
}

/** The next revision of the group, with one line changed. */
function forgedClaim(kept: readonly Kept[], asOf: number): GroupClaim {
  const lines = kept
    .map(({ line }) => line)
    .sort((a, b) => (a.from?.time ?? 0) - (b.from?.time ?? 0) || (a.journey < b.journey ? -1 : 1));
  const [first, ...rest] = lines;
  if (first === undefined) throw new Error('the group has no line');
  return {
    ...{ key: first.key, fareGroup: first.fareGroup, day: first.day, asOf },
    revision: Math.max(...kept.map(({ revision }) => revision)) + 1,
    taps: lines.flatMap(({ taps }) => taps).sort(byTap),
    ...{ open: [], repairs: [], exceptions: [] },
    lines: [spoiled(first), ...rest],
  };
}

function byTap(a: string, b: string): number {
  const [terminalA = '', numberA] = a.split('/');
  const [terminalB = '', numberB] = b.split('/');
  if (terminalA !== terminalB) return terminalA < terminalB ? -1 : 1;
  return Number(numberA) - Number(numberB);
}

async function visit(world: World): Promise<JourneyLine> {
  const { sight } = world.gates;
  const phone = world.phones.changshaNeighbour;
  const answer = await sight.scan(await phone.freshCode());
  await sight.deliver();
  const trip = await newestTrip(phone, sight.terminal, numberAt(answer, 'tap'));
  const line = readShape(journeyLineShape, member(trip, 'line'));
  if (!line.ok) throw new Error(`a receipt's line is not in its form: ${line.path}`);
  return line.value;
}

export const linesAgree: Step = {
  id: 'lines-agree',
  chapter: 'treats',
  title: 'Both cities compute the same lines; one 分 that is changed disputes that line alone',
  expect: {
    equal: true,
    planted: { disputed: 1, reason: 'LINE_DIFFERS', othersAccepted: true },
    mended: true,
  },
  async run(world) {
    const first = await visit(world);
    const second = await visit(world);
    const { key } = second;
    const agreed = await untilAgreed(world, key, [first.journey, second.journey]);
    const hash = createHash('sha256').update(textsOf(agreed).join('\n')).digest('hex');
    const head = await newestHeadOf(world);
    const claim = forgedClaim(agreed, world.clock.now());
    const body: Json = { groups: [claim], heads: [head] };
    const receipt = await sendInItsName(world, HOST, HOME, 'lines.claim', body);
    const refusal = member(receipt, 'answer', 'groups', 0, 'refusal');
    if (refusal !== null) throw new Error(`the claim was not looked at: ${canonicalJson(refusal)}`);
    const answers = listAt(receipt, 'answer', 'groups', 0, 'lines');
    const disputed = answers.filter((one) => member(one, 'outcome') === 'disputed');
    // The host knows nothing of what was sent in its name: its next claim puts it right.
    const third = await visit(world);
    const mended = await untilAgreed(world, key, [third.journey]);
    return {
      got: {
        equal: true,
        planted: {
          disputed: disputed.length,
          reason: disputed[0] === undefined ? null : member(disputed[0], 'reason'),
          othersAccepted: disputed.length + acceptedOf(answers) === answers.length,
        },
        mended: mended.length === agreed.length + 1,
      },
      told: [
        `${String(agreed.length)} lines of a rider, byte for byte equal: ${hash.slice(0, 16)}….`,
        `One 分 moved: ${String(disputed.length)} line disputed, in ${fieldOf(disputed)}.`,
        `Wuhan's own next claim: all ${String(mended.length)} lines accepted again.`,
      ],
    };
  },
};

function acceptedOf(answers: readonly Json[]): number {
  return answers.filter((one) => member(one, 'outcome') === 'accepted').length;
}

function fieldOf(disputed: readonly Json[]): string {
  const field = disputed[0] === undefined ? null : member(disputed[0], 'field');
  return typeof field === 'string' ? field : 'nothing';
}

async function newestHeadOf(world: World): Promise<Json> {
  const offer = await world.node(HOST).get('/catalogue/offer?edition=0&heads=');
  const head = listAt(offer, 'heads').find((one) => member(one, 'signed', 'party') === HOST);
  if (head === undefined) throw new Error('Wuhan offers no head');
  return head;
}
