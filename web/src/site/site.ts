import siteStyle from './style.ts';
export { siteStyle };
