// With the keyboard alone, and as assistive technology is told: one walk from the first control to the last, every step
// looked at (what has the focus, is it seen, is it in sight), and the tree of names, roles and states beside a recorded one.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { inside, launch, open, ready, startDemo, startHost, statusIs, until } from './house.mjs';

let demo;
let host;

before(async () => {
  demo = await startDemo();
  const script = `<script async src="${demo.origin}/widget.js"></script>`;
  const page = (attributes) => ({ body: `<p><a id="before" href="#">davor</a></p>${script}<amts-ticker ${attributes}></amts-ticker><p><a id="after" href="#">danach</a></p>` });
  host = await startHost({
    '/walk': page('limit="10" enhance="none"'),
    '/walk-awake': page('limit="10" enhance="auto"'),
    '/news': page('limit="2" enhance="none"'),
    '/events': page('limit="2" tab="events" enhance="none"'),
    '/calendar': page('tab="events" view="calendar" enhance="none"'),
    '/simple': page('limit="2" lang="de-simple" enhance="none"'),
  });
});

after(async () => {
  await host?.stop();
  await demo?.stop();
});

const settled = (page) => until(page, 'the list to settle', () => document.querySelector('amts-ticker').shadowRoot.querySelector('[aria-busy=true]') === null);

/** What has the focus, in a few words; and that a reader sees it. */
async function focused(page) {
  const { said, outline, seen } = await page.evaluate(() => {
    const on = document.querySelector('amts-ticker').shadowRoot.activeElement ?? document.activeElement;
    const box = on.getBoundingClientRect();
    const style = getComputedStyle(on);
    const drawn = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1;
    const text = on.getAttribute('aria-label') || on.labels?.[0]?.textContent || on.textContent;
    return {
      said: `${on.getAttribute('role') || on.type || on.localName} ${on.value && /checkbox|radio/.test(on.type) ? `${on.name}=${on.value}` : text.trim().replace(/\s+/g, ' ').slice(0, 40)}`,
      outline: drawn || on.id === 'at-status',
      seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    };
  });
  assert.ok(outline, `nobody sees that ${said} has the focus`);
  assert.ok(seen, `${said} has the focus out of sight`);
  return said;
}

/** Presses a key until the focus is where it should be. */
async function go(page, key, wanted, most = 60) {
  const passed = [];
  for (let times = 0; times < most; times += 1) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (wanted.test(at)) return passed;
    passed.push(at);
  }
  throw new Error(`never came to ${wanted}, but to ${passed.join(' | ')}`);
}

for (const name of ['chromium', 'firefox']) {
  describe(name, () => {
    let session;
    before(async () => { session = await launch(name); });
    after(async () => { await session?.close(); });

    for (const path of ['/walk', '/walk-awake']) {
      test(`${path}: from the page before to the page after, every control by keys`, async () => {
        const { page, seen } = await open(session.browser, host.origin + path);
        await ready(page);
        await until(page, 'the desk', () => document.querySelector('amts-ticker').getState().then((state) => state !== undefined));
        if (path === '/walk-awake') await until(page, 'hydration', () => document.querySelector('amts-ticker').shadowRoot.querySelector('[data-at-awake]') !== null);
        await page.focus('#before');
        const press = async (key, wanted) => { await page.keyboard.press(key); assert.match(await focused(page), wanted, `after ${key}`); };

        // Tabs: one stop, arrows around, Enter shows.
        await press('Tab', /^tab Nachrichten/);
        await press('ArrowLeft', /^tab Termine/);
        await press('ArrowRight', /^tab Nachrichten/);
        await press('End', /^tab Termine/);
        await press('Enter', /^tab Termine/);
        await statusIs(page, 'Termine?$');
        await settled(page);
        assert.match(await focused(page), /^tab Termine/);
        await press('Home', /^tab Nachrichten/);
        await page.keyboard.press('Enter');
        await statusIs(page, 'Meldungen$');
        await settled(page);
        assert.match(await focused(page), /^tab Nachrichten/);

        // The way past the filters.
        await press('Tab', /^a Filter überspringen/);
        await press('Enter', /^status \d+ Meldungen/);
        await press('Tab', /^a /);
        await inside(page, (root) => root.querySelector('.at-skip').focus());

        // Words.
        await press('Tab', /^search Suchbegriff/);
        await page.keyboard.type('register');
        await page.keyboard.press('Enter');
        await statusIs(page, 'mit „register“$');
        await settled(page);
        assert.match(await focused(page), /^search/);
        await press('Tab', /^submit Suchen/);

        // The map: open already; each tile is a stop, Space ticks.
        await press('Tab', /^summary Bund und Länder/);
        await press('Tab', /^checkbox state=BUND/);
        await go(page, 'Tab', /^checkbox state=NI/);
        await page.keyboard.press(' ');
        await statusIs(page, 'zu Niedersachsen mit „register“$');
        await settled(page);
        assert.match(await focused(page), /^checkbox state=NI/);
        await page.keyboard.press(' ');
        await statusIs(page, '^\\d+ Meldungen mit „register“$');
        await settled(page);
        assert.match(await focused(page), /^checkbox state=NI/);

        // A list of topics: opened by Enter, left by Escape, which gives the focus back.
        await go(page, 'Tab', /^summary Thema/);
        await page.keyboard.press('Enter');
        await press('Tab', /^checkbox topic=/);
        await press('Escape', /^summary Thema/);
        assert.equal(await inside(page, (root) => root.querySelector('[data-at-key="topic"]').open), false);

        // A period: radio buttons by arrows, each answered; fields for one of the reader's own.
        await go(page, 'Tab', /^summary .*Zeitraum/);
        await page.keyboard.press('Enter');
        await press('Tab', /^radio since=|^radio Jederzeit/);
        await page.keyboard.press('ArrowDown');
        await statusIs(page, 'register');
        await settled(page);
        assert.match(await focused(page), /^radio since=1d/);
        await go(page, 'Tab', /^date Von/);
        await go(page, 'Tab', /^submit Zeitraum anwenden/);

        // Chips: the next one, or the status line after the last.
        await go(page, 'Tab', /^a Filter entfernen: mit/);
        await page.keyboard.press('Enter');
        await until(page, 'one chip', () => document.querySelector('amts-ticker').shadowRoot.querySelectorAll('.at-chip').length === 1);
        await settled(page);
        assert.match(await focused(page), /^a Filter entfernen: Letzte 24/);
        await page.keyboard.press('Enter');
        await statusIs(page, '^\\d+ Meldungen$');
        await settled(page);
        await until(page, 'the status line', () => document.querySelector('amts-ticker').shadowRoot.activeElement?.id === 'at-status');

        // An item: its link, the evidence, who else tells it.
        await press('Tab', /^a /);
        await go(page, 'Tab', /^a Warum\? /);
        await page.keyboard.press('Enter');
        await until(page, 'evidence', () => document.querySelector('amts-ticker').shadowRoot.activeElement?.localName === 'summary');
        assert.match(await focused(page), /^summary Warum\?/);
        await press('Escape', /^summary Warum\?/);
        await go(page, 'Tab', /^summary Auch berichtet/);
        await page.keyboard.press('Enter');
        await press('Tab', /^a /);

        // More: the focus goes to the first new item.
        const items = await inside(page, (root) => root.querySelectorAll('.at-item').length);
        await go(page, 'Tab', /^a Weitere laden/);
        await page.keyboard.press('Enter');
        await until(page, 'more', (count) => document.querySelector('amts-ticker').shadowRoot.querySelectorAll('.at-item').length > count, items);
        await until(page, 'the first new one', (count) => [...document.querySelector('amts-ticker').shadowRoot.querySelectorAll('.at-item')].indexOf(document.querySelector('amts-ticker').shadowRoot.activeElement?.closest('.at-item')) === count, items);
        await focused(page);

        // Subscribe: links, addresses and buttons; the button keeps the focus.
        await go(page, 'Tab', /^summary Diese Auswahl abonnieren/, 120);
        await page.keyboard.press('Enter');
        await press('Tab', /^a RSS/);
        await press('Tab', /^text RSS/);
        await press('Tab', /^button Adresse kopieren: RSS/);
        await page.keyboard.press('Enter');
        await until(page, 'the word that says so', () => /^Kopiert/.test(document.querySelector('amts-ticker').shadowRoot.activeElement?.textContent ?? ''));
        await press('Escape', /^summary Diese Auswahl abonnieren/);
        await press('Tab', /^a danach/);
        assert.deepEqual(seen.errors, []);
        await page.close();
      });
    }

    for (const state of ['news', 'events', 'calendar', 'simple']) {
      test(`the tree of ${state}`, async (t) => {
        if (name !== 'chromium') return t.skip('Firefox has no protocol for its accessibility tree');
        const { page } = await open(session.browser, `${host.origin}/${state}`);
        await ready(page);
        await until(page, 'the desk', () => document.querySelector('amts-ticker').getState().then((known) => known !== undefined));
        const tree = lines(await page.accessibility.snapshot({ interestingOnly: false })).join('\n');
        const file = new URL(`tree/${state}.txt`, import.meta.url);
        if (process.env.BLESS) await writeFile(file, `${tree}\n`);
        assert.equal(tree, (await readFile(file, 'utf8')).trimEnd());
        await page.close();
      });
    }
  });
}

const DAYS = /(Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|(Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch)/g;
const STATES = ['level', 'checked', 'selected', 'expanded', 'disabled', 'readonly', 'haspopup'];
/** What says nothing by itself: its contents stand in its place. */
const BARE = /^(generic|none|StaticText|InlineTextBox|ListMarker|LabelText|Legend|strong|emphasis|mark|time|paragraph|Details)$/;

/** The tree as text. Numbers and days are others tomorrow, and what items say is not ours: of those the roles stay, and what is
    the same in each stands once. Which events a day brings depends on the day, and so does whether one of them has a
    link of its own beside those that each has: where to register. */
function lines(node, deep = 0, item = false, heading = false) {
  const { role, name = '', children = [] } = node;
  const ofEach = heading || /^(Warum|In Kalender)/.test(name);
  if (item && role === 'link' && !ofEach) return [];
  const bare = BARE.test(role) || (item && role === 'group');
  const within = item || role === 'listitem';
  const inner = children.filter((child) => !(within && /Triangle/.test(child.role))).flatMap((child) => lines(child, bare ? deep : deep + 1, within, heading || role === 'heading'));
  if (bare) return inner;
  const text = name.replace(/^Warum\? .*/, 'Warum? …').replace(DAYS, 'Tag').replace(/\d+/g, 'N').replace(/\s/g, ' ').replace(/\bN (Termin|Meldung)(e|en)?\b/g, 'N $1');
  const said = item && (heading || !ofEach) ? '' : ` "${text}"`;
  const states = STATES.filter((key) => node[key] !== undefined).map((key) => ` ${key}=${node[key]}`).join('');
  const once = /^(list|grid)$/.test(role) || within;
  return [`${'  '.repeat(deep)}${role}${said}${states}`, ...(once ? new Set(inner) : inner)];
}
