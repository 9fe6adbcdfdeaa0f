import type { PartyId, ServiceEntry, ServicePrice } from '@tongyu/protocol';

/**
 * A city's first services. The places exist; operators' ids, prices and opening are demo policy,
 * and the names say so on every screen. Prices are flat and in 分.
 */
type Seed = {
  readonly id: string;
  readonly operator: string;
  readonly category: ServiceEntry['category'];
  readonly zhCN: string;
  readonly zhTW: string;
  readonly en: string;
  readonly priceFen: number;
};

export const OPERATOR_NAMES: Readonly<Record<string, string>> = {
  metro: '地铁运营(演示)',
  bus: '公交运营(演示)',
  ferry: '轮渡运营(演示)',
  museum: '博物馆(演示)',
  library: '图书馆(演示)',
  sight: '景区(演示)',
};

const SEEDS: Readonly<Record<PartyId, readonly Seed[]>> = {
  '4201': [
    seed('metro', 'transport', '武汉地铁', '武漢地鐵', 'Wuhan Metro', 400),
    seed('bus', 'transport', '武汉公交', '武漢公交', 'Wuhan buses', 200),
    seed('ferry', 'transport', '武汉轮渡', '武漢輪渡', 'Wuhan ferries', 150),
    seed('museum', 'culture', '湖北省博物馆', '湖北省博物館', 'Hubei Provincial Museum', 0),
    seed('library', 'culture', '武汉图书馆', '武漢圖書館', 'Wuhan Library', 0),
    seed('sight', 'tourism', '黄鹤楼', '黃鶴樓', 'Yellow Crane Tower', 7000),
  ],
  '4301': [
    seed('metro', 'transport', '长沙地铁', '長沙地鐵', 'Changsha Metro', 300),
    seed('bus', 'transport', '长沙公交', '長沙公交', 'Changsha buses', 200),
    seed('museum', 'culture', '湖南博物院', '湖南博物院', 'Hunan Museum', 0),
    seed('library', 'culture', '长沙图书馆', '長沙圖書館', 'Changsha Library', 0),
    seed('sight', 'tourism', '岳麓书院', '嶽麓書院', 'Yuelu Academy', 4000),
  ],
  '3401': [
    seed('metro', 'transport', '合肥轨道交通', '合肥軌道交通', 'Hefei Rail Transit', 300),
    seed('bus', 'transport', '合肥公交', '合肥公交', 'Hefei buses', 200),
    seed('museum', 'culture', '安徽博物院', '安徽博物院', 'Anhui Museum', 0),
    seed('library', 'culture', '合肥图书馆', '合肥圖書館', 'Hefei Library', 0),
    seed('sight', 'tourism', '巢湖', '巢湖', 'Chao Lake', 3000),
  ],
  '3601': [
    seed('metro', 'transport', '南昌地铁', '南昌地鐵', 'Nanchang Metro', 300),
    seed('bus', 'transport', '南昌公交', '南昌公交', 'Nanchang buses', 200),
    seed('museum', 'culture', '江西省博物馆', '江西省博物館', 'Jiangxi Provincial Museum', 0),
    seed('library', 'culture', '南昌图书馆', '南昌圖書館', 'Nanchang Library', 0),
    seed('sight', 'tourism', '滕王阁', '滕王閣', 'Pavilion of Prince Teng', 5000),
  ],
  '4202': [seed('bus', 'transport', '黄石公交', '黃石公交', 'Huangshi buses', 200)],
};

/**
 * Residences that pay the flat price: the four members, and 黄石, for the day on which it accedes.
 * Until then a code of its own is refused before any price is looked at.
 */
const RESIDENCES: readonly PartyId[] = ['3401', '3601', '4201', '4202', '4301'];

export function seedServices(party: PartyId): readonly ServiceEntry[] {
  return (SEEDS[party] ?? []).map((entry) => ({
    id: `${party}-${entry.id}`,
    operator: `${party}-${entry.operator}`,
    name: {
      zhCN: `${entry.zhCN}(演示票价)`,
      zhTW: `${entry.zhTW}(演示票價)`,
      en: `${entry.en} (demo policy)`,
    },
    category: entry.category,
    open: true,
    prices: pricesOf(entry.priceFen),
  }));
}

export function pricesOf(priceFen: number): readonly ServicePrice[] {
  return RESIDENCES.map((residence) => ({ residence, priceFen }));
}

export function seedOperators(
  party: PartyId,
): readonly { readonly id: string; readonly name: string }[] {
  return (SEEDS[party] ?? []).map(({ operator }) => ({
    id: `${party}-${operator}`,
    name: OPERATOR_NAMES[operator] ?? operator,
  }));
}

function seed(
  id: string,
  category: Seed['category'],
  zhCN: string,
  zhTW: string,
  en: string,
  priceFen: number,
): Seed {
  return { id, operator: id, category, zhCN, zhTW, en, priceFen };
}
