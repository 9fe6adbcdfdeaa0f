import { differenceOf } from '@tongyu/domain';
import { nextEditionId, parsePart, type Json, type Part } from '@tongyu/protocol';
import { REGION_NODES, type RegionNodeId } from '../../../config.ts';
import { listAt, member, numberAt, textAt } from '../read-json.ts';
import type { Step } from '../types.ts';
import { draftFundedRule } from './ceiling-reached.ts';
import { waitUntil } from '../wait-until.ts';
import type { World } from '../world.ts';

const CITIES = REGION_NODES.map(({ id }) => id).filter((id) => id !== 'hub');
const MEMBERS = CITIES.filter((id) => id !== '4202');
/** The city that holds back its sign-off, until it signs. */
const SLOW: RegionNodeId = '4301';
/** The limit for everybody to follow. */
const FOLLOW_LIMIT_MS = 60_000;

type Opening = { readonly number: number; readonly id: string; readonly state: string };

async function openingsAt(world: World, id: RegionNodeId): Promise<readonly Json[]> {
  return listAt(await world.node(id).read('/console/api/editions'), 'openings');
}

function readOpening(opening: Json): Opening {
  const [id, state] = [textAt(opening, 'id'), textAt(opening, 'state')];
  return { number: numberAt(opening, 'number'), id, state };
}

/** A story that was cut short may have left one open. */
async function withdrawLeftOver(world: World): Promise<void> {
  for (const opening of (await openingsAt(world, 'hub')).map(readOpening)) {
    if (opening.state !== 'open' && opening.state !== 'frozen') continue;
    const path = `/console/api/editions/${String(opening.number)}/withdraw`;
    await world.node('hub').act(path, { reason: '重新开始' });
  }
}

/** Opens the half-year after the newest edition's; answers its number and id. */
async function openNext(world: World): Promise<Opening> {
  const published = listAt(await world.node('hub').get('/api/v1/editions'), 'editions');
  const ids = published.map((edition) => textAt(edition, 'id')).sort();
  const id = nextEditionId(ids.at(-1) ?? '');
  const opened = await world.node('hub').act('/console/api/editions', { id, effectiveFrom: null });
  return { number: numberAt(opened, 'number'), id, state: 'open' };
}

async function draftOf(world: World, city: RegionNodeId, entry: string): Promise<Json | undefined> {
  try {
    return await world.node(city).read(`/console/api/draft/entries/${entry}`);
  } catch {
    return undefined;
  }
}

/** Wuhan rewords an entry, and Hefei adds one or takes it out again, each with a reason. */
async function draftChanges(world: World, id: string): Promise<void> {
  const library = await draftOf(world, '4201', '4201-library');
  if (library === undefined) throw new Error('the draft has no 4201-library');
  const entry = member(library, 'entry') as Readonly<Record<string, Json>>;
  const summary = {
    zhCN: `凭码入馆。${id} 版核对。`,
    zhTW: null,
    en: `Entry by code; checked for ${id}.`,
  };
  await world.node('4201').put('/console/api/draft/entries/4201-library', {
    entry: { ...entry, summary },
    reason: { zhCN: '半年核对', zhTW: '半年核對', en: 'half-yearly check' },
    expect: numberAt(library, 'revision'),
  });
  const path = '/console/api/draft/entries/3401-night-library';
  const night = await draftOf(world, '3401', '3401-night-library');
  const isThere = night !== undefined && member(night, 'entry') !== null;
  const expect = night === undefined ? 0 : numberAt(night, 'revision');
  if (isThere) {
    const reason = { zhCN: '试点结束', zhTW: '試辦結束', en: 'the trial is over' };
    await world.node('3401').remove(path, { reason, expect });
    return;
  }
  const model = member((await draftOf(world, '3401', '3401-library')) ?? null, 'entry');
  const name = {
    zhCN: '合肥图书馆夜间开放',
    zhTW: '合肥圖書館夜間開放',
    en: 'Hefei Library at night',
  };
  await world.node('3401').put(path, {
    entry: { ...(model as Readonly<Record<string, Json>>), id: '3401-night-library', name },
    reason: { zhCN: '新增试点', zhTW: '新增試辦', en: 'a new trial' },
    expect,
  });
}

/** Every city hands its part in; answers how many did. */
async function submitAll(world: World, edition: number): Promise<number> {
  for (const city of CITIES) {
    await waitUntil(`${city} to hand in its part`, async () => {
      const tried = await world.node(city).tryAct('/console/api/draft/submit', { edition });
      if (tried.code === null) return true;
      throw new Error(tried.code);
    });
  }
  return CITIES.length;
}

/** The candidate that the hub has frozen, as soon as every part is with it. */
async function freeze(world: World, edition: number): Promise<string> {
  return waitUntil('the hub to freeze the candidate', async () => {
    const path = `/console/api/editions/${String(edition)}/freeze`;
    const tried = await world.node('hub').tryAct(path);
    if (tried.code === null) return textAt(tried.body, 'hash');
    throw new Error(tried.code);
  });
}

async function signOff(
  world: World,
  city: RegionNodeId,
  edition: number,
  hash: string,
): Promise<void> {
  await waitUntil(`the sign-off of ${city}`, async () => {
    const path = `/console/api/editions/${String(edition)}/sign-off`;
    const tried = await world.node(city).tryAct(path, { hash });
    if (tried.code === null) return true;
    throw new Error(tried.code);
  });
}

/** The frozen candidate of the newest opening at the hub. */
async function candidateAt(world: World): Promise<Opening> {
  const frozen = (await openingsAt(world, 'hub')).map(readOpening);
  const found = frozen.find(({ state }) => state === 'frozen');
  if (found === undefined) throw new Error('the hub has no candidate');
  return found;
}

async function isPublic(world: World, id: string): Promise<boolean> {
  const published = listAt(await world.node('hub').get('/api/v1/editions'), 'editions');
  return published.some((edition) => textAt(edition, 'id') === id);
}

export const editionHeldBack: Step = {
  id: 'edition-held-back',
  chapter: 'decides',
  title: 'One city holds back its sign-off, and the next edition of the list cannot be published',
  expect: { publish: 'EDITION_UNSIGNED', missing: [SLOW], public: false },
  async run(world) {
    await withdrawLeftOver(world);
    const { number, id } = await openNext(world);
    await draftChanges(world, id);
    await draftFundedRule(world, id);
    const handedIn = await submitAll(world, number);
    const hash = await freeze(world, number);
    for (const city of MEMBERS) if (city !== SLOW) await signOff(world, city, number, hash);
    const path = `/console/api/editions/${String(number)}/publish`;
    const refused = await waitUntil('all signatures but one at the hub', async () => {
      const tried = await world.node('hub').tryAct(path, { hash });
      const missing = tried.code === null ? [] : listAt(tried.body, 'missing');
      return missing.length <= 1 ? tried : undefined;
    });
    return {
      got: {
        publish: refused.code,
        missing: member(refused.body, 'missing'),
        public: await isPublic(world, id),
      },
      told: [
        `Edition ${id} was opened, ${String(handedIn)} cities handed in their parts.`,
        `Three members signed, ${SLOW} did not: publishing was refused, naming it.`,
      ],
    };
  },
};

async function partsOf(world: World, number: number): Promise<ReadonlyMap<string, Part>> {
  const city = world.node('3601');
  const edition = await city.get(`/catalogue/editions/${String(number)}`);
  const parts = new Map<string, Part>();
  for (const named of listAt(edition, 'signed', 'parts')) {
    const part = parsePart(await city.text(`/catalogue/parts/${textAt(named, 'hash')}`));
    if (!part.ok) throw new Error('a part is not in its form');
    parts.set(textAt(named, 'party'), part.value);
  }
  return parts;
}

type Counts = { readonly added: number; readonly changed: number; readonly removed: number };

/** Counted by the story itself, from the parts that another node serves. */
async function countOf(world: World, number: number, before: number): Promise<Counts> {
  const [old, now] = [await partsOf(world, before), await partsOf(world, number)];
  const counts = { added: 0, changed: 0, removed: 0 };
  for (const party of new Set([...old.keys(), ...now.keys()])) {
    const difference = differenceOf(old.get(party)?.entries ?? [], now.get(party)?.entries ?? []);
    counts.added += difference.added.length;
    counts.changed += difference.changed.length;
    counts.removed += difference.removed.length;
  }
  return counts;
}

/** The three figures that the difference page prints. */
async function countsOnPage(world: World, id: string): Promise<Counts> {
  const html = await world.node('hub').text(`/editions/${id}/difference?lang=en`);
  const figure = (name: string): number => {
    const found = new RegExp(`data-count="-${name}"[^>]*>([0-9]+)<`).exec(html)?.[1];
    if (found === undefined) throw new Error(`the difference page does not count ${name}`);
    return Number(found);
  };
  return { added: figure('added'), changed: figure('changed'), removed: figure('removed') };
}

async function untilFollowed(world: World, number: number): Promise<void> {
  for (const city of CITIES) {
    await waitUntil(
      `${city} to hold edition ${String(number)}`,
      async () => member(await world.node(city).get(`/catalogue/editions/${String(number)}`)),
      FOLLOW_LIMIT_MS,
    );
  }
  await world.gates.metroOne.syncUntil(
    `edition ${String(number)}`,
    (status) => numberAt(status, 'editionNumber') === number,
  );
}

function spell({ added, changed, removed }: Counts): string {
  return `${String(added)} added, ${String(changed)} changed, ${String(removed)} removed`;
}

export const editionPublished: Step = {
  id: 'edition-published',
  chapter: 'decides',
  title: 'The city signs, the edition is published, and every node and the gate follow',
  expect: { onHubPage: true, everybodyFollows: true, difference: 'as counted' },
  async run(world) {
    const { number, id } = await candidateAt(world);
    const before = numberAt(await world.gates.metroOne.command('!status'), 'editionNumber');
    const candidate = await openingsAt(world, SLOW);
    const own = candidate.find((opening) => numberAt(opening, 'number') === number);
    await signOff(world, SLOW, number, textAt(own ?? null, 'hash'));
    const path = `/console/api/editions/${String(number)}/publish`;
    const hash = await waitUntil('the hub to publish', async () => {
      const tried = await world.node('hub').tryAct(path, { hash: textAt(own ?? null, 'hash') });
      if (tried.code === null) return textAt(tried.body, 'hash');
      throw new Error(tried.code);
    });
    const page = await waitUntil('the edition on the hub', async () => {
      const html = await world.node('hub').text(`/editions/${id}?lang=en`);
      return html.includes(hash) ? html : undefined;
    });
    await untilFollowed(world, number);
    const counted = await countOf(world, number, before);
    const shown = await countsOnPage(world, id);
    const isSame = JSON.stringify(counted) === JSON.stringify(shown);
    return {
      got: {
        onHubPage: page.includes(hash),
        everybodyFollows: true,
        difference: isSame ? 'as counted' : JSON.stringify({ counted, shown }),
      },
      told: [
        `${id} has the hash ${hash.slice(0, 16)}…; five cities and the unattended gate hold it.`,
        `Its difference page says: ${spell(shown)}.`,
      ],
    };
  },
};
