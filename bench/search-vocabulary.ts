// Words that made-up entries are put together from: real cities and districts, real kinds of
// service. Each is written in both scripts, in pinyin and in English.

export type Word = {
  readonly zhCN: string;
  readonly zhTW: string;
  readonly pinyin: string;
  readonly en: string;
};

function word(line: string): Word {
  const [zhCN = '', zhTW = '', pinyin = '', en = ''] = line.split('|');
  return { zhCN, zhTW: zhTW === '' ? zhCN : zhTW, pinyin, en };
}

/** Summaries are not searched by pinyin here. */
function sentence(zhCN: string, zhTW: string, en: string): Word {
  return { zhCN, zhTW, pinyin: '', en };
}

export type City = Word & { readonly party: string; readonly districts: readonly Word[] };

function city(party: string, line: string, districts: readonly string[]): City {
  return { ...word(line), party, districts: districts.map(word) };
}

export const CITIES: readonly City[] = [
  city('4201', '武汉|武漢|wu han|Wuhan', [
    '江汉区|江漢區|jiang han qu|Jianghan',
    '武昌区|武昌區|wu chang qu|Wuchang',
    '洪山区|洪山區|hong shan qu|Hongshan',
    '汉阳区|漢陽區|han yang qu|Hanyang',
    '东西湖区|東西湖區|dong xi hu qu|Dongxihu',
    '江夏区|江夏區|jiang xia qu|Jiangxia',
  ]),
  city('4301', '长沙|長沙|chang sha|Changsha', [
    '岳麓区|岳麓區|yue lu qu|Yuelu',
    '芙蓉区|芙蓉區|fu rong qu|Furong',
    '开福区|開福區|kai fu qu|Kaifu',
    '天心区|天心區|tian xin qu|Tianxin',
    '雨花区|雨花區|yu hua qu|Yuhua',
  ]),
  city('3401', '合肥||he fei|Hefei', [
    '蜀山区|蜀山區|shu shan qu|Shushan',
    '包河区|包河區|bao he qu|Baohe',
    '庐阳区|廬陽區|lu yang qu|Luyang',
    '瑶海区|瑤海區|yao hai qu|Yaohai',
  ]),
  city('3601', '南昌||nan chang|Nanchang', [
    '东湖区|東湖區|dong hu qu|Donghu',
    '西湖区|西湖區|xi hu qu|Xihu',
    '红谷滩区|紅谷灘區|hong gu tan qu|Honggutan',
    '青山湖区|青山湖區|qing shan hu qu|Qingshanhu',
  ]),
  city('4203', '十堰||shi yan|Shiyan', ['茅箭区|茅箭區|mao jian qu|Maojian']),
  city('4205', '宜昌||yi chang|Yichang', ['西陵区|西陵區|xi ling qu|Xiling']),
  city('4206', '襄阳|襄陽|xiang yang|Xiangyang', ['樊城区|樊城區|fan cheng qu|Fancheng']),
  city('4306', '岳阳|岳陽|yue yang|Yueyang', ['岳阳楼区|岳陽樓區|yue yang lou qu|Yueyanglou']),
  city('4307', '常德||chang de|Changde', ['武陵区|武陵區|wu ling qu|Wuling']),
  city('3604', '九江||jiu jiang|Jiujiang', ['浔阳区|潯陽區|xun yang qu|Xunyang']),
  city('3402', '芜湖|蕪湖|wu hu|Wuhu', ['镜湖区|鏡湖區|jing hu qu|Jinghu']),
  city('3415', '六安||lu an|Lu’an', ['金安区|金安區|jin an qu|Jin’an']),
];

export type Kind = Word & {
  readonly category: string;
  readonly operator: Word;
  readonly keywords: readonly Word[];
};

function kind(category: string, line: string, operator: string, ...keywords: string[]): Kind {
  return { ...word(line), category, operator: word(operator), keywords: keywords.map(word) };
}

const BUREAU = '公共服务中心|公共服務中心|gong gong fu wu zhong xin|Public Service Centre';
const CULTURE = '文化和旅游局|文化和旅遊局|wen hua he lv you ju|Bureau of Culture and Tourism';
const HEALTH = '卫生健康委员会|衛生健康委員會|wei sheng jian kang wei yuan hui|Health Commission';
const TRANSIT = '轨道交通集团|軌道交通集團|gui dao jiao tong ji tuan|Rail Transit Group';
const BUS = '公共交通集团|公共交通集團|gong gong jiao tong ji tuan|Public Transport Group';

export const KINDS: readonly Kind[] = [
  kind(
    'transit',
    '地铁站|地鐵站|di tie zhan|Metro Station',
    TRANSIT,
    '乘车码|乘車碼|cheng che ma|ride code',
  ),
  kind(
    'transit',
    '公交线路|公車路線|gong jiao xian lu|Bus Line',
    BUS,
    '换乘|轉乘|huan cheng|transfer',
  ),
  kind(
    'transit',
    '轮渡码头|輪渡碼頭|lun du ma tou|Ferry Pier',
    BUS,
    '船票|船票|chuan piao|ferry ticket',
  ),
  kind(
    'transit',
    '长途客运站|長途客運站|chang tu ke yun zhan|Coach Station',
    BUS,
    '车票|車票|che piao|ticket',
  ),
  kind(
    'transit',
    '停车场|停車場|ting che chang|Car Park',
    BUREAU,
    '停车缴费|停車繳費|ting che jiao fei|parking fee',
  ),
  kind(
    'culture',
    '博物馆|博物館|bo wu guan|Museum',
    CULTURE,
    '展览预约|展覽預約|zhan lan yu yue|exhibition booking',
  ),
  kind(
    'culture',
    '图书馆|圖書館|tu shu guan|Library',
    CULTURE,
    '借书证|借書證|jie shu zheng|library card',
  ),
  kind(
    'culture',
    '美术馆|美術館|mei shu guan|Art Gallery',
    CULTURE,
    '画展|畫展|hua zhan|paintings',
  ),
  kind('culture', '书院|書院|shu yuan|Academy', CULTURE, '门票|門票|men piao|admission'),
  kind(
    'culture',
    '音乐厅|音樂廳|yin yue ting|Concert Hall',
    CULTURE,
    '演出|演出|yan chu|performance',
  ),
  kind(
    'culture',
    '纪念馆|紀念館|ji nian guan|Memorial Hall',
    CULTURE,
    '讲解|導覽|jiang jie|guided tour',
  ),
  kind(
    'leisure',
    '公园|公園|gong yuan|Park',
    CULTURE,
    '游园年卡|遊園年卡|you yuan nian ka|annual pass',
  ),
  kind(
    'leisure',
    '体育中心|體育中心|ti yu zhong xin|Sports Centre',
    CULTURE,
    '游泳馆|游泳館|you yong guan|swimming pool',
  ),
  kind('leisure', '动物园|動物園|dong wu yuan|Zoo', CULTURE, '门票|門票|men piao|admission'),
  kind(
    'health',
    '人民医院|人民醫院|ren min yi yuan|People’s Hospital',
    HEALTH,
    '挂号|掛號|gua hao|appointment',
  ),
  kind(
    'health',
    '中医院|中醫院|zhong yi yuan|Hospital of Chinese Medicine',
    HEALTH,
    '门诊|門診|men zhen|clinic',
  ),
  kind(
    'health',
    '社区卫生服务中心|社區衛生服務中心|she qu wei sheng fu wu zhong xin|Community Health Centre',
    HEALTH,
    '疫苗接种|疫苗接種|yi miao jie zhong|vaccination',
  ),
  kind('health', '药店|藥局|yao dian|Pharmacy', HEALTH, '医保|醫保|yi bao|medical insurance'),
  kind(
    'government',
    '政务服务中心|政務服務中心|zheng wu fu wu zhong xin|Government Service Hall',
    BUREAU,
    '企业开办|企業設立|qi ye kai ban|starting a company',
  ),
  kind(
    'government',
    '街道办事处|街道辦事處|jie dao ban shi chu|Subdistrict Office',
    BUREAU,
    '居住证|居住證|ju zhu zheng|residence permit',
  ),
  kind(
    'government',
    '税务大厅|稅務大廳|shui wu da ting|Tax Hall',
    BUREAU,
    '发票|發票|fa piao|invoice',
  ),
  kind(
    'government',
    '不动产登记中心|不動產登記中心|bu dong chan deng ji zhong xin|Property Registry',
    BUREAU,
    '过户|過戶|guo hu|transfer of title',
  ),
  kind(
    'government',
    '公积金管理部|公積金管理部|gong ji jin guan li bu|Housing Fund Office',
    BUREAU,
    '提取|提取|ti qu|withdrawal',
  ),
  kind(
    'government',
    '政务服务热线|政務服務熱線|zheng wu fu wu re xian|Government Hotline',
    BUREAU,
    '投诉建议|投訴建議|tou su jian yi|complaints',
  ),
  kind(
    'education',
    '职业培训中心|職業培訓中心|zhi ye pei xun zhong xin|Vocational Training Centre',
    BUREAU,
    '技能证书|技能證書|ji neng zheng shu|certificate',
  ),
  kind(
    'education',
    '青少年宫|青少年宮|qing shao nian gong|Youth Palace',
    CULTURE,
    '兴趣班|興趣班|xing qu ban|courses',
  ),
  kind(
    'work',
    '人力资源市场|人力資源市場|ren li zi yuan shi chang|Job Market',
    BUREAU,
    '招聘会|徵才活動|zhao pin hui|job fair',
  ),
  kind(
    'work',
    '科技园|科技園|ke ji yuan|Science Park',
    BUREAU,
    '孵化器|孵化器|fu hua qi|incubator',
  ),
  kind(
    'social',
    '养老服务中心|養老服務中心|yang lao fu wu zhong xin|Elderly Care Centre',
    BUREAU,
    '老年食堂|老年食堂|lao nian shi tang|canteen',
  ),
  kind(
    'social',
    '残疾人服务站|身心障礙服務站|can ji ren fu wu zhan|Disability Service Point',
    BUREAU,
    '辅具|輔具|fu ju|aids',
  ),
];

/** Characters that streets, shops and halls are named with; two make a name. */
export const NAMING: readonly Word[] = (
  '安an 宝bao|寶 北bei 滨bin|濱 昌chang 朝chao 晨chen 成cheng 城cheng 池chi 春chun 翠cui 达da|達 大da 丹dan ' +
  '德de 东dong|東 芳fang 丰feng|豐 凤feng|鳳 福fu 富fu 高gao 古gu 关guan|關 光guang 广guang|廣 桂gui 海hai ' +
  '汉han|漢 和he 荷he 鹤he|鶴 恒heng|恆 红hong|紅 虹hong 湖hu 花hua 华hua|華 黄huang|黃 辉hui|輝 惠hui 吉ji ' +
  '佳jia 嘉jia 建jian 江jiang 金jin 锦jin|錦 景jing 九jiu 居ju 君jun 康kang 兰lan|蘭 乐le|樂 丽li|麗 莲lian|蓮 ' +
  '亮liang 林lin 岭ling|嶺 龙long|龍 楼lou|樓 陆lu|陸 绿lv|綠 梅mei 美mei 明ming 南nan 宁ning|寧 平ping 普pu 清qing ' +
  '庆qing|慶 泉quan 仁ren 荣rong|榮 瑞rui 三san 沙sha 山shan 圣sheng|聖 石shi 双shuang|雙 水shui 松song 泰tai ' +
  '棠tang 桃tao 天tian 亭ting 通tong 桐tong 万wan|萬 望wang 文wen 梧wu 武wu 西xi 溪xi 喜xi 霞xia 仙xian 祥xiang ' +
  '向xiang 晓xiao|曉 欣xin 新xin 兴xing|興 星xing 秀xiu 旭xu 雪xue 雅ya 阳yang|陽 银yin|銀 迎ying 永yong 玉yu ' +
  '御yu 源yuan 远yuan|遠 月yue 云yun|雲 章zhang 珍zhen 正zheng 中zhong 竹zhu 紫zi'
)
  .split(' ')
  .map((entry) => {
    const [, zhCN = '', pinyin = '', zhTW = zhCN] = /^(.)([a-z]+)(?:\|(.))?$/u.exec(entry) ?? [];
    return { zhCN, zhTW, pinyin, en: pinyin };
  });

/** What follows such a name in an address. */
export const ROADS: readonly Word[] = [
  '路||lu|Road',
  '大道||da dao|Avenue',
  '街||jie|Street',
  '巷||xiang|Lane',
].map(word);

/** Sentences of a summary; {name} and {road} are filled in. */
export const SENTENCES: readonly Word[] = [
  sentence(
    '凭一码通域的居民码可办理，无需另带证件。',
    '憑一碼通域的居民碼即可辦理，無須另帶證件。',
    'Show your resident code; no other document is needed.',
  ),
  sentence(
    '成员城市的居民享受同城待遇，六十五岁以上老人免费。',
    '成員城市的居民享有同城待遇，六十五歲以上長者免費。',
    'Residents of member cities are treated as locals, free from the age of sixty-five.',
  ),
  sentence(
    '位于{road}，地铁站步行五分钟。',
    '位於{road}，捷運站步行五分鐘。',
    'On {road}, five minutes on foot from the metro.',
  ),
  sentence(
    '请提前一天在线预约，现场也可排队取号。',
    '請提前一天線上預約，現場也可排隊取號。',
    'Book online a day before, or take a number on the spot.',
  ),
  sentence(
    '{name}每日开放，周一闭馆维护设备。',
    '{name}每日開放，週一閉館維護設備。',
    '{name} is open every day except Monday.',
  ),
  sentence(
    '企业用户可以由经办人代为办理，结果短信通知。',
    '企業使用者可由承辦人代為辦理，結果以簡訊通知。',
    'Organisations may send a clerk; the result comes by text message.',
  ),
];
