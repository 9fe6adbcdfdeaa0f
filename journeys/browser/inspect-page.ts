// What can be measured of any screen: its accessibility, sizes, edges and words.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { Reading } from './open-pages.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds against WCAG 2.2 AA; frames are screens of their own. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(`${axe}; undefined`);
  return page.evaluate<readonly string[]>(`axe.run(document, {
    iframes: false,
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  }).then((result) => result.violations.flatMap((rule) =>
    rule.nodes.map((node) => rule.id + ' ' + node.target.join(' ') + ' ' + node.failureSummary)))`);
}

/** Controls below 44 px (60 in elder mode) and text below 14 px (18): rules A1 and A2. */
export async function tooSmall(page: Page, isElder: boolean): Promise<readonly string[]> {
  const [target, text] = isElder ? [60, 18] : [44, 14];
  return page.evaluate<readonly string[]>(`(() => {
    const found = [];
    const isShown = (element) => element.checkVisibility() && !element.closest('.visually-hidden');
    const name = (element) => element.tagName + ' ' + (element.textContent ?? '').slice(0, 20);
    for (const each of document.querySelectorAll('button, a, select, summary, input')) {
      const control = each.matches('[type=radio], [type=checkbox]') ? each.closest('label') : each;
      if (!isShown(control)) continue;
      const { width, height } = control.getBoundingClientRect();
      if (Math.min(width, height) < ${String(target)} - 0.5) {
        found.push(name(control) + ' ' + width + ' x ' + height);
      }
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (walker.currentNode.data.trim() === '' || !isShown(parent)) continue;
      if (parent.closest('script, style, noscript')) continue;
      const size = parseFloat(getComputedStyle(parent).fontSize);
      if (size < ${String(text)}) found.push(name(parent) + ' ' + size + ' px');
    }
    return found;
  })()`);
}

/** What reaches beyond the right edge of the page. */
export async function outside(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > width + 1)
      .map((each) => each.tagName + '.' + each.className);
  })()`);
}

/** Keys and values that were left in a text, and Chinese in English that is not marked so. */
export async function wrongWords(
  page: Page,
  language: Reading['language'],
): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    const language = ${JSON.stringify(language)};
    const found = document.documentElement.lang === language ? [] : ['lang'];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data;
      const parent = walker.currentNode.parentElement;
      if (parent.closest('script, style, noscript')) continue;
      if (/\\{\\w+\\}|undefined|\\[object/.test(text)) found.push(text);
      const isMarked = parent.closest('[lang]') !== document.documentElement;
      if (language === 'en' && !isMarked && /\\p{Script=Han}/u.test(text)) found.push(text);
    }
    return found;
  })()`);
}
