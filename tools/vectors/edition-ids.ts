import { VectorSet } from './vector-set.ts';

/** LIST-3.1 and dates (LIST-1.11): half-years and calendar days of Asia/Shanghai. */
export function editionIdVectors(): VectorSet {
  const set = new VectorSet('edition-ids');
  addMoments(set);
  addHalfYears(set);
  addDates(set);
  return set;
}

/** Written as UTC, eight hours behind. */
function utc(text: string): number {
  return Date.parse(`${text}Z`) / 1000;
}

function addMoments(set: VectorSet): void {
  const at = (id: string, time: number, date: string, edition: string): void => {
    set.accept(id, 'LIST-3.1', id, { time }, {}, { date, edition });
  };
  at('last-second-of-june', utc('2027-06-30T15:59:59'), '2027-06-30', '2027-H1');
  at('first-second-of-july', utc('2027-06-30T16:00:00'), '2027-07-01', '2027-H2');
  at('last-second-of-december', utc('2027-12-31T15:59:59'), '2027-12-31', '2027-H2');
  at('first-second-of-january', utc('2027-12-31T16:00:00'), '2028-01-01', '2028-H1');
  at('new-year-before-04:00', utc('2027-12-31T19:59:59'), '2028-01-01', '2028-H1');
  at('leap-day', utc('2028-02-28T16:00:00'), '2028-02-29', '2028-H1');
  at('midday', utc('2027-03-01T04:00:00'), '2027-03-01', '2027-H1');
}

function addHalfYears(set: VectorSet): void {
  const half = (edition: string, begins: string, over: string, next: string): void => {
    const facts = { begins: utc(begins), over: utc(over), next };
    set.accept(edition, 'LIST-3.1', edition, { edition }, {}, facts);
  };
  half('2027-H1', '2026-12-31T16:00:00', '2027-06-30T16:00:00', '2027-H2');
  half('2027-H2', '2027-06-30T16:00:00', '2027-12-31T16:00:00', '2028-H1');
  half('2028-H1', '2027-12-31T16:00:00', '2028-06-30T16:00:00', '2028-H2');
  half('2099-H1', '2098-12-31T16:00:00', '2099-06-30T16:00:00', '2099-H2');
  for (const edition of [
    '2027-H3',
    '2027-H0',
    '2027-h1',
    '2027H1',
    '1999-H2',
    '2100-H1',
    '27-H1',
  ]) {
    set.refuse(edition, 'LIST-3.1', 'no half-year', { edition }, {}, 'MALFORMED');
  }
}

function addDates(set: VectorSet): void {
  const date = (text: string, begins: string): void => {
    const day = (utc(begins) + 8 * 3600) / 86_400;
    const facts = { day, begins: utc(begins) };
    set.accept(text, 'LIST-1.11', text, { date: text }, {}, facts);
  };
  date('2000-01-01', '1999-12-31T16:00:00');
  date('2027-03-01', '2027-02-28T16:00:00');
  date('2028-02-29', '2028-02-28T16:00:00');
  date('2099-12-31', '2099-12-30T16:00:00');
  const none = ['2027-02-29', '2027-04-31', '2027-00-01', '2027-13-01', '2027-01-00', '2027-01-32'];
  const odd = ['2027-1-1', '27-01-01', '2027/01/01', '2100-01-01', '1999-12-31', ' 2027-01-01', ''];
  for (const text of [...none, ...odd]) {
    set.refuse(`date ${text}`, 'LIST-1.11', 'no date', { date: text }, {}, 'MALFORMED');
  }
}
