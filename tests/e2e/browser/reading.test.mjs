// What readers do, by pointer and by keys, in a panel that swaps fragments and in one that woke up with WASM: after each
// step the focus is where it belongs, and what was open, typed and heard stays.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { click, inside, launch, open, ready, shown, startDemo, startHost, statusIs, until } from './house.mjs';

let demo;
let host;

before(async () => {
  demo = await startDemo();
  const tag = (attributes) => `<script async src="${demo.origin}/widget.js" ${attributes}></script>`;
  host = await startHost({
    '/fragments': { body: tag('data-enhance="none"') },
    '/awake': { body: tag('data-enhance="auto"') },
    '/month': { body: tag('data-tab="events" data-view="calendar" data-enhance="none"') },
    '/hash': { body: tag('data-state="hash" data-enhance="none"') },
    '/methods': { body: `${tag('')}<amts-ticker enhance="none"></amts-ticker><amts-ticker id="b" state="HH" tabs="events" enhance="none"></amts-ticker>` },
  });
});

after(async () => {
  await host?.stop();
  await demo?.stop();
});

const settled = (page) => until(page, 'the list to settle', () => document.querySelector('amts-ticker').shadowRoot.querySelector('[aria-busy=true]') === null);
const focus = (page) => inside(page, (root) => { const on = root.activeElement; return on && (on.id || on.dataset.atDay || `${on.localName}.${on.className}`); });

async function opened(session, path) {
  const { page, seen } = await open(session.browser, host.origin + path);
  await ready(page);
  await until(page, 'the desk', () => document.querySelector('amts-ticker').getState().then((state) => state !== undefined));
  if (path === '/awake') {
    await until(page, 'hydration', () => document.querySelector('amts-ticker').shadowRoot.querySelector('[data-at-awake]') !== null);
  }
  return { page, seen };
}

for (const name of ['chromium', 'firefox']) {
  describe(name, () => {
    let session;
    before(async () => { session = await launch(name); });
    after(async () => { await session?.close(); });

    for (const [path, search] of [['/fragments', ''], ['/month', '?kind=event&view=calendar']]) {
      test(`${path}: what came in pieces stands where the fragment has it`, async () => {
        const { page } = await opened(session, path);
        const html = await (await fetch(`${demo.origin}/panel${search}`)).text();
        const [there, wanted] = await inside(page, (root, html) => {
          const places = (of) => [...of.querySelectorAll('.at-results *')].map((node) => `${node.parentNode.className} > ${node.localName}.${node.className}`);
          const fresh = document.createElement('div');
          fresh.innerHTML = html;
          return [root.querySelector('.at-host'), fresh].map(places);
        }, html);
        assert.ok(wanted.length > 60, `${wanted.length} nodes`);
        assert.deepEqual(there, wanted);
        await page.close();
      });
    }

    for (const path of ['/fragments', '/awake']) {
      test(`${path}: a tile of the map filters; status node, scroll and disclosures stay`, async () => {
        const { page, seen } = await opened(session, path);
        await click(page, '[data-at-key="topic"] > summary');
        await inside(page, (root) => { root.statusBefore = root.querySelector('[role=status]'); window.scrollTo(0, 120); root.querySelector('input[value=HH]').focus({ preventScroll: true }); });
        await page.keyboard.press(' ');
        await statusIs(page, 'Hamburg');
        await settled(page);
        const after = await inside(page, (root) => ({
          same: root.statusBefore === root.querySelector('[role=status]'),
          open: root.querySelector('[data-at-key="topic"]').open,
          checked: root.querySelector('input[value=HH]').checked,
          focused: root.activeElement?.value,
          scrolled: window.scrollY,
        }));
        assert.deepEqual(after, { same: true, open: true, checked: true, focused: 'HH', scrolled: 120 });

        // Another tile, then the chips: focus goes to the next chip, and to the status line after the last.
        await page.keyboard.press('Tab');
        await page.keyboard.press(' ');
        await until(page, 'two chips', () => document.querySelector('amts-ticker').shadowRoot.querySelectorAll('.at-chip').length === 2);
        await settled(page);
        await inside(page, (root) => root.querySelector('.at-chip').focus());
        await page.keyboard.press('Enter');
        await until(page, 'one chip', () => document.querySelector('amts-ticker').shadowRoot.querySelectorAll('.at-chip').length === 1);
        await settled(page);
        assert.equal(await focus(page), 'a.at-chip');
        await page.keyboard.press('Enter');
        await until(page, 'no chip', () => document.querySelector('amts-ticker').shadowRoot.querySelector('.at-chip') === null);
        await settled(page);
        await until(page, 'the focus on the status line', () => document.querySelector('amts-ticker').shadowRoot.activeElement?.id === 'at-status');
        assert.deepEqual(seen.errors, []);
        await page.close();
      });

      test(`${path}: search marks words, evidence opens, feeds follow`, async () => {
        const { page } = await opened(session, path);
        await click(page, '#at-q');
        await page.keyboard.type('register');
        await page.keyboard.press('Enter');
        await statusIs(page, 'register');
        await settled(page);
        await until(page, 'marks', () => document.querySelector('amts-ticker').shadowRoot.querySelectorAll('mark').length > 0);
        assert.equal(await focus(page), 'at-q');
        await click(page, '.at-explain');
        await until(page, 'evidence', () => document.querySelector('amts-ticker').shadowRoot.querySelector('.at-why[open] li') !== null);
        assert.match(await inside(page, (root) => root.querySelector('.at-why[open]').textContent), /: „.+“ (im Titel|im Text|in der Adresse|als Quelle)/);
        await until(page, 'the focus on it', () => document.querySelector('amts-ticker').shadowRoot.activeElement?.localName === 'summary');
        await page.keyboard.press('Escape');
        assert.equal(await inside(page, (root) => root.querySelector('.at-why[open]')), null);
        assert.match((await shown(page)).atom, /q=register/);
        await page.close();
      });

      test(`${path}: tabs, month and days by keys`, async () => {
        const { page } = await opened(session, path);
        // Who comes to the tabs has the other one fetched. Until it is there, arrow keys only move.
        await page.evaluate(() => {
          const { fetch } = window;
          window.fetch = (url, init) => new Promise((resolve) => { window.release = () => { window.fetch = fetch; fetch(url, init).then(resolve); }; });
        });
        const selected = () => inside(page, (root) => root.querySelector('[aria-selected=true]').id);
        await inside(page, (root) => root.querySelector('#at-tab-news').focus());
        await page.keyboard.press('ArrowRight');
        assert.equal(await focus(page), 'at-tab-event');
        assert.equal(await selected(), 'at-tab-news');
        await page.keyboard.press('Enter');
        await page.evaluate(() => window.release());
        await statusIs(page, 'Termine?$');
        await settled(page);
        assert.equal(await focus(page), 'at-tab-event');
        assert.equal(await selected(), 'at-tab-event');
        // Both were there by now: arrow keys show what they come to, and nobody is asked.
        await page.evaluate(() => { window.known = window.fetch; window.fetch = () => Promise.reject(new TypeError('away')); });
        for (const [key, tab] of [['ArrowLeft', 'news'], ['ArrowRight', 'event'], ['Home', 'news'], ['End', 'event']]) {
          await page.keyboard.press(key);
          await until(page, `the tab ${tab}`, (id) => document.querySelector('amts-ticker').shadowRoot.querySelector('[aria-selected=true]').id === id, `at-tab-${tab}`);
          await settled(page);
          assert.equal(await focus(page), `at-tab-${tab}`);
        }
        assert.equal(await inside(page, (root) => root.querySelector('.at-failed').hidden), true);
        await page.evaluate(() => { window.fetch = window.known; });
        await click(page, '.at-view:not([aria-current])');
        await until(page, 'the month', () => document.querySelector('amts-ticker').shadowRoot.querySelector('[role=grid]') !== null);
        await settled(page);
        const today = await inside(page, (root) => { const stop = root.querySelector('.at-grid [tabindex="0"]'); stop.focus(); return stop.dataset.atDay; });
        const later = (days) => new Date(Date.parse(`${today}T12:00Z`) + days * 864e5).toISOString().slice(0, 10);
        await page.keyboard.press('ArrowRight');
        await until(page, 'the next day', (day) => document.querySelector('amts-ticker').shadowRoot.activeElement?.dataset.atDay === day, later(1));
        await page.keyboard.press('ArrowLeft');
        await page.keyboard.press('PageDown');
        await until(page, 'a day of the next month', (day) => (document.querySelector('amts-ticker').shadowRoot.activeElement?.dataset.atDay ?? '').slice(0, 7) > day.slice(0, 7), today);
        await page.keyboard.press('PageUp');
        await until(page, 'the day again', (day) => document.querySelector('amts-ticker').shadowRoot.activeElement?.dataset.atDay === day, today);
        await settled(page);
        await click(page, 'a.at-day');
        await until(page, 'the chosen day', () => document.querySelector('amts-ticker').shadowRoot.querySelector('[aria-selected=true].at-cell') !== null);
        assert.ok(await inside(page, (root) => root.querySelectorAll('.at-item').length > 0));
        await page.close();
      });

      test(`${path}: an earlier filter is there at once, and reload() asks again`, async () => {
        const { page } = await opened(session, path);
        const first = await shown(page);
        await click(page, 'input[value=HH]');
        await statusIs(page, 'zu Hamburg$');
        await settled(page);
        const second = await shown(page);
        await page.evaluate(() => { window.known = window.fetch; window.fetch = () => Promise.reject(new TypeError('away')); });
        for (const expected of [first, second, first]) {
          await inside(page, (root) => root.querySelector('input[value=HH]').click());
          await until(page, 'the status', (status) => document.querySelector('amts-ticker').shadowRoot.querySelector('.at-status').textContent === status, expected.status);
          await settled(page);
          assert.deepEqual((await shown(page)).ids, expected.ids);
          assert.equal(await inside(page, (root) => root.querySelector('.at-failed').hidden), true);
        }
        await page.evaluate(() => document.querySelector('amts-ticker').reload());
        assert.equal(await inside(page, (root) => root.querySelector('.at-failed').hidden), false, 'a reload asks the server');
        await page.close();
      });

      test(`${path}: more appends, says so, and moves the focus to the first new item`, async () => {
        const { page } = await opened(session, path);
        const before = await shown(page);
        await click(page, '.at-more');
        await until(page, 'more items', (count) => document.querySelector('amts-ticker').shadowRoot.querySelectorAll('.at-item').length > count, before.ids.length);
        await statusIs(page, '40 davon geladen');
        const place = await inside(page, (root) => [...root.querySelectorAll('.at-item')].indexOf(root.activeElement?.closest('.at-item')));
        assert.equal(place, before.ids.length);
        await page.close();
      });
    }

    test('only the latest question counts, and one without an answer says what to do', async () => {
      const { page } = await opened(session, '/fragments');
      // Answers in the wrong order: the first question's comes last.
      await page.evaluate(() => {
        const { fetch } = window;
        window.held = [];
        window.fetch = (url, init) => (/state=HH/.test(url)
          ? new Promise((resolve, reject) => { window.held.push(() => fetch(url, { ...init, signal: undefined }).then(resolve, reject)); })
          : fetch(url, init));
      });
      await click(page, 'input[value=HH]');
      await click(page, '#at-tab-event');
      await until(page, 'events', () => /event/.test(document.querySelector('amts-ticker').shadowRoot.querySelector('[aria-selected=true]').id));
      await page.evaluate(() => Promise.all(window.held.map((answer) => answer())));
      await settled(page);
      assert.match(await inside(page, (root) => root.querySelector('[aria-selected=true]').id), /event/, 'a stale answer is dropped');

      await page.evaluate(() => { window.known = window.fetch; window.fetch = () => Promise.reject(new TypeError('away')); });
      await click(page, 'input[value=BY]');
      await until(page, 'the alert', () => !document.querySelector('amts-ticker').shadowRoot.querySelector('.at-failed').hidden);
      assert.match(await inside(page, (root) => root.querySelector('.at-failed').innerText), /Noch einmal versuchen/);
      assert.ok(await inside(page, (root) => root.querySelectorAll('.at-item').length > 0), 'what was there is still there');
      await page.evaluate(() => { window.fetch = window.known; });
      await click(page, '.at-retry');
      await statusIs(page, 'Bayern');
      await until(page, 'no alert', () => document.querySelector('amts-ticker').shadowRoot.querySelector('.at-failed').hidden);
      await page.close();
    });

    test('the address keeps the filter if the page wants it there', async () => {
      const { page } = await opened(session, '/hash');
      await page.evaluate(() => history.replaceState(null, '', '#kapitel-2'));
      await click(page, 'input[value=HH]');
      await statusIs(page, 'Hamburg');
      await until(page, 'the address', () => location.hash === '#kapitel-2&at=state:HH');
      await page.reload();
      await ready(page);
      await statusIs(page, 'Hamburg');
      await page.evaluate(() => { location.hash = '#at=state:BY;topic:ozg'; });
      await statusIs(page, 'Bayern und .*Onlinezugang');
      await page.close();
    });

    test('methods, events, several panels, removal and return', async () => {
      const { page, seen } = await opened(session, '/methods');
      await until(page, 'the second', () => document.querySelector('#b').shadowRoot.querySelectorAll('.at-status').length === 1);
      const events = await page.evaluate(async () => {
        const [first, second] = document.querySelectorAll('amts-ticker');
        const heard = [];
        document.addEventListener('at-change', (event) => heard.push(`${event.target === first} ${event.detail}`));
        await first.setState({ topic: 'ozg' });
        const state = await first.getState();
        await first.reset();
        return { heard, state, second: second.shadowRoot.querySelector('.at-status').textContent, tabs: second.shadowRoot.querySelector('[role=tab]') };
      });
      assert.deepEqual(events.heard, ['true topic=ozg', 'true ']);
      assert.deepEqual(events.state, { topic: 'ozg' });
      assert.match(events.second, /Termine? zu Hamburg/);
      assert.equal(events.tabs, null);
      await page.evaluate(() => { document.querySelector('#b').setAttribute('state', 'BY'); });
      await until(page, 'the attribute', () => /Bayern/.test(document.querySelector('#b').shadowRoot.querySelector('.at-status').textContent));
      await page.evaluate(() => { const second = document.querySelector('#b'); second.remove(); document.body.append(second); });
      await until(page, 'the second again', () => /Bayern/.test(document.querySelector('#b').shadowRoot.querySelector('.at-status').textContent));
      assert.deepEqual(seen.errors, []);
      await page.close();
    });
  });
}
