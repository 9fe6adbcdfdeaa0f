// Journeys from taps, and what they cost, as the chapters on journeys, entitlement and the list
// have it.
const hour = 3600;
const longestJourney = 6 * hour;
const joined = 600;

// --- TIME-1: service days.
const startOf = (day) => 86_400 * day - 14_400;
const dateOf = (day) => new Date(day * 86_400_000).toISOString().slice(0, 10);

// --- JRN-2: journeys from taps.
const byTime = (a, b) =>
  a.time - b.time ||
  (a.terminal === b.terminal ? a.number - b.number : a.terminal < b.terminal ? -1 : 1);

export function pairUp({ own, carried, day }, consumed, asOf) {
  const carriedIds = new Set(carried.map(({ id }) => id));
  const taps = own
    .filter(({ id }) => !consumed.has(id))
    .concat(carried)
    .sort(byTime);
  const journeys = [];
  let open;
  /** The journey that the very last tap ended, while nothing came after it. */
  let ended;
  const put = (journey) => {
    journeys.push(journey);
    return journey;
  };
  for (const tap of taps) {
    const { direction, time, service, stop } = tap;
    const isAgain = (first, at) =>
      first.service === service && at.stop === stop && time - at.time <= joined;
    const isJoining = ended !== undefined && isAgain(ended.first, ended.end);
    const isEnding = open?.first.service === service && time - open.first.time <= longestJourney;
    if (carriedIds.has(tap.id)) {
      const first = isJoining ? ended.first : isEnding ? open.first : undefined;
      if (first?.direction !== 'entry' || first.time < startOf(day) + 18 * hour) continue;
      consumed.add(tap.id);
    }
    if (direction === 'single') {
      put({ kind: 'complete', first: tap, end: undefined, taps: [tap] });
      ended = undefined;
    } else if (direction === 'entry') {
      ended = undefined;
      if (open !== undefined && isAgain(open.first, open.first)) {
        open.taps.push(tap);
        continue;
      }
      if (open !== undefined) open.kind = 'missing-exit';
      open = put({ kind: 'open', first: tap, end: undefined, taps: [tap] });
    } else if (isJoining) {
      ended.taps.push(tap);
    } else if (isEnding) {
      Object.assign(open, { kind: 'complete', end: tap });
      open.taps.push(tap);
      ended = open;
      open = undefined;
    } else {
      ended = put({ kind: 'missing-entry', first: tap, end: tap, taps: [tap] });
    }
  }
  if (open !== undefined && asOf - open.first.time > longestJourney) open.kind = 'missing-exit';
  return journeys;
}

// --- JRN-5: what was put right afterwards.
function mend(journey, { host, home }, repairs, tariff) {
  const { first } = journey;
  const isStop = (stop) =>
    tariff?.kind === 'zones' ? tariff.stops.some(({ id }) => id === stop) : tariff && stop === null;
  const isEnd = ({ stop, time, at }) =>
    isStop(stop) &&
    time <= at &&
    time !== first.time &&
    Math.abs(time - first.time) <= longestJourney;
  const isGood = {
    exit: (repair) => isEnd(repair) && repair.time > first.time,
    entry: (repair) => isEnd(repair) && repair.time < first.time,
    class: () => true,
    waive: () => true,
  };
  const found = {};
  for (const repair of repairs) {
    const isLate = repair.at - first.time > 7 * 24 * hour && repair.kind !== 'waive';
    const isTheirs = repair.id.startsWith(`${repair.kind === 'waive' ? host : home}-`);
    if (isLate || !isTheirs || !isGood[repair.kind](repair)) continue;
    found[repair.kind] ??= repair;
  }
  const { kind } = journey;
  const at = ({ time, stop }) => ({ time, stop });
  const exit = kind === 'open' || kind === 'missing-exit' ? found.exit : undefined;
  const entry = kind === 'missing-entry' ? found.entry : undefined;
  const isSingle = first.direction === 'single';
  return {
    ...journey,
    state: exit || entry ? 'repaired' : kind,
    from: kind === 'missing-entry' ? (entry ? at(entry) : null) : at(first),
    to: exit ? at(exit) : isSingle || journey.end === undefined ? null : at(journey.end),
    class: found.class?.class ?? first.class,
    isWaived: found.waive !== undefined,
  };
}

// --- ENT: which concession fits, and what is cheapest.
const kinds = { 1: [1], 2: [1, 2], 3: [1, 2, 3], 4: [4], 5: [5], 6: [6] };
const isStopped = (head, service, rule, home) =>
  head.suspended.some(
    (one) =>
      one.entry === service &&
      one.rule === rule &&
      (one.residence === null || one.residence === home),
  );

function bestRule(entry, head, journey, { home, day }, full, uses) {
  const date = dateOf(day);
  let best = { price: full, rule: null };
  for (const rule of entry.rules) {
    const { benefit } = rule;
    const isMeant =
      rule.residences.includes(home) &&
      (rule.class === 0 || (kinds[journey.class] ?? []).includes(rule.class));
    const isTime = rule.from <= date && (rule.until === null || date <= rule.until);
    const isFree = rule.perDay === null || (uses.get(`${entry.id} ${rule.id}`) ?? 0) < rule.perDay;
    if (!isMeant || !isTime || !isFree || isStopped(head, entry.id, rule.id, home)) continue;
    const share = Math.floor((full * benefit.permille) / 1000);
    const price = Math.min(full, benefit.kind === 'price' ? benefit.priceFen : share);
    if (price < best.price) best = { price, rule };
  }
  return best;
}

// --- JRN-3: what a journey costs, and who pays.
function fullFare({ tariff }, { from, to }) {
  if (tariff.kind === 'free') return 0;
  if (tariff.kind !== 'zones') return tariff.priceFen;
  const last = tariff.pricesFen.length - 1;
  if (from === null || to === null) return tariff.pricesFen[last];
  const zones = [from, to].map(({ stop }) => tariff.stops.find(({ id }) => id === stop)?.zone);
  if (zones.includes(undefined)) return undefined;
  return tariff.pricesFen[Math.min(last, Math.abs(zones[0] - zones[1]))];
}

function termsOf({ host, entry, signed, time, service }, { headsOf }) {
  const heads = headsOf.get(host);
  const head = heads?.get(signed.held.headNumber);
  if (entry === undefined || head === undefined) return undefined;
  let then = head;
  if (time - head.time > 24 * hour) {
    for (const other of heads.values()) {
      if (other.time <= time && other.number > then.number) then = other;
    }
  }
  const isClosed = isStopped(then, service, null, null);
  return { entry, head, then, isClosed };
}

function concede(journey, terms, group, book, full) {
  const { entry, head, then, isClosed } = terms;
  const { price, rule } = bestRule(entry, head, journey, group, full, book.uses);
  if (rule === null) return [];
  const use = `${entry.id} ${rule.id}`;
  book.uses.set(use, (book.uses.get(use) ?? 0) + 1);
  const part = (kind, funder, fen) => ({ kind, rule: rule.id, funder, fen });
  const fen = full - price;
  const { funder } = rule;
  const isNews = then.number !== head.number;
  if (isNews && (isClosed || isStopped(then, entry.id, rule.id, group.home))) {
    return [part('concession', { kind: 'host' }, fen)];
  }
  if (funder.kind !== 'party') return [part('concession', { kind: funder.kind }, fen)];
  const { signature } = funder.signature;
  const left = book.left(`${use} ${signature}`) - (book.taken.get(signature) ?? 0);
  const paid = Math.max(0, Math.min(fen, left));
  book.taken.set(signature, (book.taken.get(signature) ?? 0) + paid);
  return [
    part('concession', { kind: 'party', party: funder.party }, paid),
    part('over-ceiling', { kind: 'host' }, fen - paid),
  ];
}

function priceJourney(journey, terms, group, book) {
  const full = fullFare(terms.entry, journey);
  const { first } = journey;
  const parts = concede(journey, terms, group, book, full);
  let rider = parts.reduce((rest, { fen }) => rest - fen, full);
  const take = (kind, funder, fen) => {
    parts.push({ kind, rule: null, funder: { kind: funder }, fen });
    rider -= fen;
  };
  const reduction = (kind) => terms.entry.reductions.find((one) => one.kind === kind);
  const transfer = reduction('transfer');
  const { last } = book;
  const isWhole = last?.state === 'complete' || last?.state === 'repaired';
  if (transfer && isWhole && last.service !== first.service) {
    const pause = (journey.from?.time ?? -Infinity) - (last.to ?? last.from).time;
    const isSoon = pause >= 0 && pause <= transfer.withinMinutes * 60;
    if (isSoon) take('transfer', transfer.funder, Math.min(transfer.lessFen, rider));
  }
  const cap = reduction('daily-cap');
  const excess = book.paid + rider - (cap?.capFen ?? Infinity);
  if (excess > 0) take('daily-cap', cap.funder, Math.min(rider, excess));
  const shown = Math.min(...journey.taps.map(({ signed }) => signed.shownPriceFen));
  if (rider > shown) take('shown', 'host', rider - shown);
  if (journey.isWaived) take('waived', 'operator', rider);
  book.paid += rider;
  const { host, home, key, fareGroup, day } = group;
  return {
    type: 'tongyu.line',
    ...{ host, home, journey: first.id, key, fareGroup, day },
    service: first.service,
    operator: terms.entry.operator.id,
    state: journey.state,
    taps: journey.taps.map(({ id }) => id),
    ...{ from: journey.from, to: journey.to },
    edition: first.signed.held.editionNumber,
    head: first.signed.held.headNumber,
    class: journey.class,
    ...{ fullFen: full, riderFen: rider, shownFen: shown },
    parts: parts.filter(({ fen }) => fen > 0),
  };
}

const inOrder = (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1);

export function priceGroup(group, journeys, { list, repairsOf, leftOf }) {
  const lines = [];
  const exceptions = [];
  const open = [];
  const left = (use) => leftOf.get(`${group.key} ${use}`) ?? Infinity;
  const book = { uses: new Map(), taken: new Map(), paid: 0, left, last: undefined };
  for (const found of journeys) {
    const { first, taps } = found;
    const terms = termsOf(first, list);
    const named = taps.flatMap(({ id }) => repairsOf.get(id) ?? []).sort(inOrder);
    const journey = mend(found, group, named, terms?.entry.tariff);
    const except = (reason) => {
      for (const { id } of taps) exceptions.push({ tap: id, reason });
    };
    if (journey.state === 'open') open.push(...taps.map(({ id }) => id));
    else if (terms === undefined) except('TERMS_UNKNOWN');
    else if (!terms.entry.admits.includes(group.home)) except('NO_PRICE');
    else if (fullFare(terms.entry, journey) === undefined) except('STOP_UNKNOWN');
    else {
      book.last = priceJourney(journey, terms, group, book);
      lines.push(book.last);
    }
  }
  return { lines, exceptions, open };
}
