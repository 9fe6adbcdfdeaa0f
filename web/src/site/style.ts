import base from '../kit/style/base.css?inline';
import table from '../kit/style/table.css?inline';
import list from './list/list.css?inline';
import site from './site.css?inline';

/** The one inline style of every server-rendered page; its hash stands in csp.json. */
export const siteStyle = base + table + site + list;
