import type { LocalText } from '@tongyu/protocol';
import type { ListView } from './list-view.ts';

export type FeedLanguage = 'zh-CN' | 'zh-TW' | 'en';

type FeedEntry = {
  readonly id: string;
  readonly time: number;
  readonly title: string;
  readonly summary: string;
  readonly path: string;
};

/** The newest of each kind; who wants more reads the editions themselves. */
const MOST_ENTRIES = 200;

/**
 * What changed in the list, newest first, as an Atom feed (RFC 4287): editions, errata, and the
 * suspensions that hold now. Ids are made of what is signed, so they are the same for ever.
 * @param origin of the site, for links
 */
export function atomFeed(view: ListView, language: FeedLanguage, origin: string): string {
  const entries = feedEntries(view, language)
    .sort((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_ENTRIES);
  const self = `${origin}/feed.atom?lang=${language}`;
  const updated = entries[0]?.time ?? view.now;
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    `<id>${xml(`${origin}/feed.atom`)}</id>`,
    `<title>${WORDS.title[language]}</title>`,
    `<updated>${moment(updated)}</updated>`,
    `<author><name>${WORDS.author[language]}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${xml(self)}"/>`,
    `<link rel="alternate" type="text/html" href="${xml(`${origin}/list?lang=${language}`)}"/>`,
    ...entries.map((entry) => entryXml(entry, language, origin)),
    '</feed>',
  ];
  return `${lines.join('\n')}\n`;
}

function entryXml(entry: FeedEntry, language: FeedLanguage, origin: string): string {
  const link = `${origin}${entry.path}?lang=${language}`;
  return [
    '<entry>',
    `<id>${xml(entry.id)}</id>`,
    `<title type="text">${xml(entry.title)}</title>`,
    `<updated>${moment(entry.time)}</updated>`,
    `<link rel="alternate" type="text/html" href="${xml(link)}"/>`,
    `<summary type="text">${xml(entry.summary)}</summary>`,
    '</entry>',
  ].join('\n');
}

function feedEntries(view: ListView, language: FeedLanguage): FeedEntry[] {
  const nameOf = (id: string): string => {
    const listed = view.entry(id);
    return listed === undefined ? id : textIn(listed.entry.name, language);
  };
  const editions = view.editions.map((edition): FeedEntry => ({
    id: `urn:tongyu:edition:${edition.hash}`,
    time: edition.made,
    title: `${WORDS.edition[language]} ${edition.id}`,
    summary: `${WORDS.hash[language]} ${edition.hash}`,
    path: `/editions/${edition.id}`,
  }));
  const suspensions = [...view.heads.values()].flatMap(({ suspended }) =>
    suspended.map(({ entry, rule, residence, since, reason }): FeedEntry => ({
      id: `urn:tongyu:suspension:${entry}:${placeOf(rule, residence)}:${String(since)}`,
      time: since,
      title: `${(rule === null ? WORDS.suspended : WORDS.rule)[language]} ${nameOf(entry)}`,
      summary: `${textIn(reason, language)}${ruleNote(rule, residence, language)}`,
      path: `/list/${entry}`,
    })),
  );
  const errata = view.errata.map((erratum): FeedEntry => ({
    id: `urn:tongyu:erratum:${erratum.party}:${String(erratum.number)}`,
    time: erratum.time,
    title: `${WORDS.erratum[language]} ${erratum.edition ?? ''} ${nameOf(erratum.entry)}`,
    summary: textIn(erratum.correction, language),
    path: erratum.edition === null ? '/editions' : `/editions/${erratum.edition}`,
  }));
  return [...editions, ...suspensions, ...errata];
}

/** Ids of what is for everybody are as they were before residences had their own. */
function placeOf(rule: string | null, residence: string | null): string {
  return residence === null ? (rule ?? '') : `${rule ?? ''}:${residence}`;
}

function ruleNote(rule: string | null, residence: string | null, language: FeedLanguage): string {
  if (rule === null) return '';
  if (residence === null) return ` (${rule})`;
  return ` (${rule}, ${WORDS.residentsOf[language].replace('{city}', residence)})`;
}

/** In the reader's language; in Chinese where the city gives no other. */
function textIn(text: LocalText, language: FeedLanguage): string {
  return { 'zh-CN': text.zhCN, 'zh-TW': text.zhTW, en: text.en }[language] ?? text.zhCN;
}

const WORDS = {
  title: {
    'zh-CN': '通域服务清单的变动',
    'zh-TW': '通域服務清單的變動',
    en: 'Changes of the Tongyu service list',
  },
  author: { 'zh-CN': '成员城市', 'zh-TW': '成員城市', en: 'The member cities' },
  edition: { 'zh-CN': '发布版次', 'zh-TW': '發布版次', en: 'Edition published:' },
  hash: { 'zh-CN': '哈希', 'zh-TW': '雜湊', en: 'Hash' },
  suspended: { 'zh-CN': '暂停服务：', 'zh-TW': '暫停服務：', en: 'Suspended:' },
  rule: { 'zh-CN': '暂停优惠：', 'zh-TW': '暫停優惠：', en: 'Concession suspended:' },
  residentsOf: {
    'zh-CN': '只对 {city} 居民',
    'zh-TW': '只對 {city} 居民',
    en: 'for residents of {city} only',
  },
  erratum: { 'zh-CN': '勘误', 'zh-TW': '勘誤', en: 'Erratum:' },
} as const satisfies Readonly<Record<string, Readonly<Record<FeedLanguage, string>>>>;

/** RFC 3339, in UTC. */
function moment(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** Text for XML; what XML 1.0 cannot carry is left out, and directions are written out. */
export function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(
      DIRECTIONS,
      (sign) => `[U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
