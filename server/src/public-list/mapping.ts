import type { Entry, Json, LocalText, PartyId, Place } from '@tongyu/protocol';

/** How one member of an entry is told in other vocabularies; `docs/MAPPING.md` has the reasons. */
export type MappedMember = {
  /** The entry's member (LIST-1). */
  readonly member: keyof Entry;
  /** Properties of CPSV-AP 3.2 that carry it; empty where it has none. */
  readonly cpsv: readonly string[];
  /** Properties of schema.org that carry it. */
  readonly schema: readonly string[];
  /** What these properties say of an entry. Absent: the member is told elsewhere or nowhere. */
  readonly tell?: (entry: Entry, at: Addresses) => Readonly<Record<string, Json>>;
};

/** Addresses of the things that an entry speaks of. */
export type Addresses = {
  readonly entry: string;
  readonly city: string;
  readonly operator: string;
};

export function addressesOf(origin: string, entry: Entry): Addresses {
  return {
    entry: `${origin}/list/${entry.id}`,
    city: cityAddress(entry.id.slice(0, 4)),
    operator: `${origin}/list?operator=${entry.operator.id}`,
  };
}

/** A party by its number in GB/T 2260; the number is the name, the address leads nowhere. */
export function cityAddress(party: PartyId): string {
  return `urn:tongyu:party:${party}`;
}

/** The prefixes of the download; `schema:` names are written out with theirs. */
export const CONTEXT = {
  adms: 'http://www.w3.org/ns/adms#',
  cpsv: 'http://purl.org/vocab/cpsv#',
  cv: 'http://data.europa.eu/m8g/',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  locn: 'http://www.w3.org/ns/locn#',
  schema: 'https://schema.org/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  tongyu: 'urn:tongyu:list:',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

/** One row for each member of an entry, in the order of the standard. */
export const MAPPING: readonly MappedMember[] = [
  {
    member: 'id',
    cpsv: ['dct:identifier'],
    schema: ['schema:identifier', 'schema:url'],
    tell: ({ id }, at) => ({
      'dct:identifier': id,
      'schema:identifier': id,
      'schema:url': at.entry,
    }),
  },
  {
    member: 'name',
    cpsv: ['dct:title'],
    schema: ['schema:name'],
    tell: ({ name }) => ({ 'dct:title': texts(name), 'schema:name': texts(name) }),
  },
  {
    member: 'summary',
    cpsv: ['dct:description'],
    schema: ['schema:description'],
    tell: ({ summary }) => ({
      'dct:description': texts(summary),
      'schema:description': texts(summary),
    }),
  },
  {
    member: 'operator',
    cpsv: ['cv:hasCompetentAuthority', 'cv:hasParticipation'],
    schema: ['schema:provider', 'schema:serviceOperator'],
    tell: ({ operator, id }, at) => ({
      'cv:hasCompetentAuthority': {
        '@id': at.city,
        '@type': 'cv:PublicOrganisation',
        'dct:spatial': { '@id': at.city },
        'dct:identifier': id.slice(0, 4),
      },
      'cv:hasParticipation': {
        '@type': 'cv:Participation',
        'dct:identifier': `${id}/operator`,
        'cv:hasParticipant': { '@id': at.operator },
      },
      'schema:provider': { '@id': at.city, '@type': 'schema:GovernmentOrganization' },
      'schema:serviceOperator': {
        '@id': at.operator,
        '@type': ['schema:Organization', 'foaf:Agent'],
        'schema:identifier': operator.id,
        'schema:name': texts(operator.name),
      },
    }),
  },
  {
    member: 'category',
    cpsv: ['cv:thematicArea'],
    schema: ['schema:serviceType'],
    tell: ({ category }) => ({
      'cv:thematicArea': { '@id': `tongyu:category/${category}` },
      'schema:serviceType': category,
    }),
  },
  {
    member: 'lifeEvent',
    cpsv: ['cv:isGroupedBy'],
    schema: [],
    tell: ({ lifeEvent }) => ({
      'cv:isGroupedBy': {
        '@id': `tongyu:life-event/${lifeEvent}`,
        '@type': lifeEvent === 'running-a-business' ? 'cv:BusinessEvent' : 'cv:LifeEvent',
        'dct:identifier': lifeEvent,
      },
    }),
  },
  {
    member: 'audience',
    cpsv: ['dct:audience'],
    schema: ['schema:audience'],
    tell: ({ audience }) => {
      const kinds = (['residents', 'organisations'] as const).filter((kind) => audience[kind]);
      return {
        'dct:audience': kinds.map((kind) => ({ '@id': `tongyu:audience/${kind}` })),
        'schema:audience': kinds.map((kind) => ({
          '@type': kind === 'residents' ? 'schema:Audience' : 'schema:BusinessAudience',
          'schema:audienceType': kind,
        })),
      };
    },
  },
  {
    member: 'access',
    cpsv: ['cv:hasChannel'],
    schema: ['schema:availableChannel'],
    tell: ({ access, id, contact, places }, at) => ({
      'cv:hasChannel': access.map((way) => ({
        '@id': `${at.entry}#${way}`,
        '@type': 'cv:Channel',
        'dct:identifier': `${id}/${way}`,
        'dct:type': { '@id': `tongyu:access/${way}` },
      })),
      'schema:availableChannel': access.map((way) => ({
        '@type': 'schema:ServiceChannel',
        'schema:name': way,
        ...(way === 'phone' && contact.phone !== null
          ? { 'schema:servicePhone': { 'schema:telephone': contact.phone } }
          : {}),
        ...(way === 'sign-in' && contact.url !== null ? { 'schema:serviceUrl': contact.url } : {}),
        ...(way === 'code' || way === 'counter'
          ? { 'schema:serviceLocation': places.map((place) => ({ '@id': placeId(at, place) })) }
          : {}),
      })),
    }),
  },
  {
    member: 'staffed',
    cpsv: ['cv:hasChannel'],
    schema: ['schema:availableChannel'],
    tell: ({ staffed, id }, at) => ({
      'cv:hasChannel': [
        {
          '@id': `${at.entry}#staffed`,
          '@type': 'cv:Channel',
          'dct:identifier': `${id}/staffed`,
          'dct:description': texts(staffed),
        },
      ],
      'schema:availableChannel': [
        { '@type': 'schema:ServiceChannel', 'schema:description': texts(staffed) },
      ],
    }),
  },
  {
    member: 'contact',
    cpsv: ['cv:contactPoint'],
    schema: ['schema:contactPoint'],
    tell: ({ contact: { phone, url } }) => {
      if (phone === null && url === null) return {};
      return {
        'cv:contactPoint': {
          '@type': 'cv:ContactPoint',
          ...(phone === null ? {} : { 'cv:telephone': phone }),
          ...(url === null ? {} : { 'cv:contactPage': { '@id': url } }),
        },
        'schema:contactPoint': {
          '@type': 'schema:ContactPoint',
          ...(phone === null ? {} : { 'schema:telephone': phone }),
          ...(url === null ? {} : { 'schema:url': url }),
        },
      };
    },
  },
  {
    member: 'places',
    cpsv: ['dct:spatial'],
    schema: ['schema:areaServed', 'schema:location'],
    tell: ({ places }, at) => ({
      'dct:spatial': { '@id': at.city, '@type': 'dct:Location' },
      'schema:areaServed': { '@id': at.city },
      'schema:location': places.map((place) => placeOf(at, place)),
    }),
  },
  { member: 'admits', cpsv: [], schema: ['schema:eligibleRegion'] },
  {
    member: 'tariff',
    cpsv: ['cv:hasCost'],
    schema: ['schema:offers'],
    tell: ({ id, tariff, admits }, at) => {
      const prices = pricesFen(tariff);
      const [low, high] = [prices[0] ?? 0, prices.at(-1) ?? 0];
      return {
        'cv:hasCost': prices.map((price, i) => ({
          '@type': 'cv:Cost',
          'dct:identifier': `${id}/cost/${String(i)}`,
          'cv:hasValue': { '@type': 'xsd:decimal', '@value': yuan(price) },
          'cv:currency': { '@id': CNY },
        })),
        'schema:offers': {
          '@type': 'schema:Offer',
          'schema:eligibleRegion': admits.map((party) => ({ '@id': cityAddress(party) })),
          'schema:priceSpecification': {
            '@type': 'schema:PriceSpecification',
            'schema:priceCurrency': 'CNY',
            'schema:minPrice': yuan(low),
            'schema:maxPrice': yuan(high),
          },
          'schema:url': at.entry,
        },
      };
    },
  },
  { member: 'fareGroup', cpsv: [], schema: [] },
  {
    member: 'rules',
    cpsv: ['cpsv:follows'],
    schema: [],
    tell: ({ rules }, at) => ({
      'cpsv:follows': rules.map((rule) => ({
        '@id': `${at.entry}#${rule.id}`,
        '@type': 'cpsv:Rule',
        'dct:identifier': rule.id,
        'dct:title': texts(rule.name),
        'dct:description': texts(rule.agreement),
      })),
    }),
  },
  { member: 'reductions', cpsv: [], schema: [] },
  {
    member: 'asks',
    cpsv: ['cpsv:hasInput'],
    schema: [],
    tell: ({ id, asks }) => ({
      'cpsv:hasInput': asks.map(({ data, why }) => ({
        '@type': 'cv:Evidence',
        'dct:identifier': `${id}/${data}`,
        'dct:title': [{ '@language': 'en', '@value': data }],
        'dct:description': texts(why),
      })),
    }),
  },
  { member: 'assurance', cpsv: [], schema: [] },
  {
    member: 'source',
    cpsv: ['dct:source'],
    schema: ['schema:isBasedOn'],
    tell: ({ source }) => ({
      'dct:source': texts(source.text),
      ...(source.url === null ? {} : { 'schema:isBasedOn': source.url }),
      'tongyu:facts': source.facts,
      'tongyu:terms': source.terms,
    }),
  },
  {
    member: 'checked',
    cpsv: ['dct:modified'],
    schema: [],
    tell: ({ checked }) => ({
      'dct:modified': { '@type': 'xsd:date', '@value': checked.on },
      'tongyu:checkedBy': texts(checked.by),
    }),
  },
  {
    member: 'stage',
    cpsv: ['adms:status'],
    schema: [],
    tell: ({ stage }) => ({ 'adms:status': { '@id': `tongyu:stage/${stage}` } }),
  },
];

const CNY = 'http://publications.europa.eu/resource/authority/currency/CNY';

/** One entry as a node of the graph: all that the table tells of it. */
export function graphNode(origin: string, entry: Entry): Readonly<Record<string, Json>> {
  const at = addressesOf(origin, entry);
  const node: Record<string, Json> = {
    '@id': at.entry,
    '@type': ['cpsv:PublicService', 'schema:GovernmentService'],
  };
  for (const { tell } of MAPPING) {
    for (const [name, value] of Object.entries(tell?.(entry, at) ?? {})) {
      const before = node[name];
      node[name] = before === undefined ? value : [before, value].flat();
    }
  }
  return node;
}

/** A text in the languages that it has; what was not translated is not there. */
function texts({ zhCN, zhTW, en }: LocalText): Json {
  return [
    { '@language': 'zh-CN', '@value': zhCN },
    ...(zhTW === null ? [] : [{ '@language': 'zh-TW', '@value': zhTW }]),
    ...(en === null ? [] : [{ '@language': 'en', '@value': en }]),
  ];
}

function pricesFen(tariff: Entry['tariff']): readonly number[] {
  if (tariff.kind === 'free') return [0];
  return tariff.kind === 'zones' ? tariff.pricesFen : [tariff.priceFen];
}

/** 分 as a decimal of 元, in text: no price goes through a floating point number. */
function yuan(fen: number): string {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function placeId(at: Addresses, place: Place): string {
  return `${at.entry}#place-${place.id}`;
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function placeOf(at: Addresses, place: Place): Json {
  const { name, address, position, hours } = place;
  return {
    '@id': placeId(at, place),
    '@type': 'schema:Place',
    'schema:name': texts(name),
    ...(address === null ? {} : { 'schema:address': texts(address) }),
    ...(position === null
      ? {}
      : {
          'schema:geo': {
            '@type': 'schema:GeoCoordinates',
            'schema:latitude': degrees(position.latitudeE6),
            'schema:longitude': degrees(position.longitudeE6),
          },
        }),
    'schema:openingHoursSpecification': hours.map(({ days, fromMinute, toMinute }) => ({
      '@type': 'schema:OpeningHoursSpecification',
      'schema:dayOfWeek': days.map((day) => ({ '@id': `schema:${DAYS[day - 1] ?? ''}` })),
      'schema:opens': clockTime(fromMinute),
      'schema:closes': clockTime(toMinute % 1440),
    })),
  };
}

/** Past midnight it closes earlier on the clock than it opened, as schema.org has it. */
function clockTime(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function degrees(millionths: number): string {
  const digits = String(Math.abs(millionths)).padStart(7, '0');
  return `${millionths < 0 ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
