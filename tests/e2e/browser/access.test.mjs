// Everyone can use it: axe in fourteen states of the panel and on every page of our own, in both browsers; no sideways
// scrolling at 320 pixels, at 400 % zoom, and with the text spacing of WCAG 1.4.12.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { click, launch, open, ready, startDemo, startHost, until } from './house.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let demo;
let host;

const NARROW = { width: 320, height: 900 };
/** State by state: the attributes, and what is done before looking. */
const STATES = {
  initial: {},
  filtered: { with: 'unlock state="HH" topic="ki"' },
  'no result': { with: 'unlock q="gibtesnicht"' },
  failure: { act: async (page) => {
    await page.evaluate(() => { window.fetch = () => Promise.reject(new TypeError('away')); });
    await click(page, 'input[value=HH]');
    await until(page, 'the alert', () => !document.querySelector('amts-ticker').shadowRoot.querySelector('.at-failed').hidden);
  } },
  stale: { act: (page) => page.evaluate(() => { document.querySelector('amts-ticker').shadowRoot.querySelector('.at-stale').hidden = false; }) },
  loading: { act: async (page) => {
    await page.evaluate(() => { window.fetch = () => new Promise(() => {}); });
    await click(page, 'input[value=HH]');
    await until(page, 'a busy list', () => document.querySelector('amts-ticker').shadowRoot.querySelector('[aria-busy=true]') !== null);
  } },
  events: { with: 'tab="events"' },
  calendar: { with: 'tab="events" view="calendar"' },
  cards: { with: 'view="cards"' },
  'compact at 320': { with: 'view="compact"', size: NARROW },
  dark: { with: 'theme="dark"' },
  'forced colours': { forced: true },
  english: { with: 'lang="en"' },
  simple: { with: 'lang="de-simple"' },
  'by visit': { with: 'remember share label="Zur Probe" hide-heading' },
};
const PAGES = ['/', '/?lang=en', '/embed', '/embed?kind=event&view=calendar', '/trends', '/sources', '/topics', '/privacy', '/accessibility'];

before(async () => {
  demo = await startDemo();
  const pages = {};
  for (const [name, state] of Object.entries(STATES)) {
    pages[`/${encodeURIComponent(name)}`] = { body: `<main><script async src="${demo.origin}/widget.js"></script><amts-ticker enhance="none" ${state.with ?? ''}></amts-ticker></main>` };
  }
  host = await startHost(pages);
});

after(async () => {
  await host?.stop();
  await demo?.stop();
});

/** Violations, and what axe could not decide, in a few words each. */
async function judge(page, what) {
  await page.evaluate(axe);
  return page.evaluate(async (tags, what) => {
    const { violations, incomplete, passes } = await window.axe.run(what ? { include: what } : document, { runOnly: tags });
    const say = ({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.flat(9).join(' ')} ${node.any.concat(node.all, node.none).map((check) => check.message).join('; ')}`);
    return { violations: violations.flatMap(say), incomplete: incomplete.flatMap(say), passes: passes.length };
  }, TAGS, what);
}

/** How far the page can be scrolled sideways, and by whose fault. */
const sideways = (page) => page.evaluate(() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const root = document.querySelector('amts-ticker')?.shadowRoot ?? document;
  const most = document.documentElement.clientWidth;
  const guilty = wide > 0 ? [...root.querySelectorAll('*')].filter((node) => node.getBoundingClientRect().right > most + 1).map((node) => node.className || node.localName) : [];
  return { wide, guilty: guilty.slice(0, 5) };
});

for (const name of ['chromium', 'firefox']) {
  describe(name, () => {
    let session;
    before(async () => { session = await launch(name); });
    after(async () => { await session?.close(); });

    for (const [state, { act, size, forced }] of Object.entries(STATES)) {
      test(`axe: ${state}`, async (t) => {
        const { page } = await open(session.browser, `${host.origin}/${encodeURIComponent(state)}`);
        if (size) await page.setViewport(size);
        if (forced) {
          // Only Chromium can be told to; Firefox shows the state as it is, which is looked at all the same.
          if (name === 'chromium') await page.emulateMediaFeatures([{ name: 'forced-colors', value: 'active' }]).catch(async () => {
            const session = await page.createCDPSession();
            await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
          });
          else t.diagnostic('forced colours are not emulated in Firefox');
        }
        if (state === 'no result') {
          await until(page, 'the empty panel', () => document.querySelector('amts-ticker')?.shadowRoot?.querySelector('.at-empty') !== null);
        } else await ready(page);
        await until(page, 'the desk', () => document.querySelector('amts-ticker').getState().then((known) => known !== undefined));
        await page.evaluate(() => { for (const details of document.querySelector('amts-ticker').shadowRoot.querySelectorAll('details')) details.open = true; });
        await act?.(page);
        // The page around the panel is not ours to judge.
        const { violations, incomplete, passes } = await judge(page, 'amts-ticker');
        assert.deepEqual(violations, []);
        assert.deepEqual(incomplete, []);
        assert.ok(passes > 20, `${passes} rules passed`);
        await page.close();
      });
    }

    for (const path of PAGES) {
      test(`axe: page ${path}`, async () => {
        const { page } = await open(session.browser, demo.origin + path);
        // The page's own policy lets no foreign script in, axe neither: Chromium can be told to look away.
        if (name === 'chromium') {
          await page.setBypassCSP(true);
          await page.reload();
        }
        const { violations, incomplete } = await judge(page);
        assert.deepEqual(violations, []);
        // Numbers inside pictures, which tables beside them repeat: axe cannot see on which shape they stand.
        assert.deepEqual(incomplete.filter((line) => !/^color-contrast: (text|\.at-name|\.at-last)/.test(line)), []);
        await page.setViewport(NARROW);
        const { wide, guilty } = await sideways(page);
        assert.ok(wide <= 0, `${path} is ${wide} px too wide at 320: ${guilty}`);
        await page.close();
      });
    }

    for (const state of ['initial', 'events', 'calendar', 'cards', 'english', 'simple']) {
      test(`reflow: ${state}`, async () => {
        const { page } = await open(session.browser, `${host.origin}/${state}`);
        await ready(page);
        await page.evaluate(() => { for (const details of document.querySelector('amts-ticker').shadowRoot.querySelectorAll('details')) details.open = true; });
        await page.setViewport(NARROW);
        const narrow = await sideways(page);
        assert.ok(narrow.wide <= 0, `${narrow.wide} px too wide: ${narrow.guilty}`);
        // A window of 1280 by 1024 at 400 %. What has the focus must fit into it, or nobody sees where they are.
        await page.setViewport({ width: 320, height: 256 });
        const zoomed = await sideways(page);
        assert.ok(zoomed.wide <= 0, `${zoomed.wide} px too wide at 400 %: ${zoomed.guilty}`);
        const high = await page.evaluate(() => [...document.querySelector('amts-ticker').shadowRoot.querySelectorAll('a, button, input, summary')].filter((node) => node.getBoundingClientRect().height > 256).map((node) => node.className));
        assert.deepEqual(high, []);
        await page.setViewport({ width: 1280, height: 900 });
        await page.evaluate(() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('.at-root * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } .at-root p { margin-bottom: 2em !important }');
          const root = document.querySelector('amts-ticker').shadowRoot;
          root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
        });
        const spaced = await sideways(page);
        assert.ok(spaced.wide <= 0, `${spaced.wide} px too wide with text spacing: ${spaced.guilty}`);
        await page.close();
      });
    }
  });
}
