// The states between the good ones: waiting, late, old, offline, refused, nothing found, and paper; and that a panel
// which looks for news by itself moves nothing and asks politely.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { click, desk, inside, launch, open, ready, startDemo, startHost, statusIs, until } from './house.mjs';

let demo;
let host;

/** Runs in the page before all else: long waits end at once and are written down; answers can be held, refused, changed. */
const STAGE = `<script>
window.waits = [];
window.hurry = 100;
window.least = 8000;
window.asked = [];
window.net = (answer) => answer();
{
  const { setTimeout, fetch } = window;
  window.setTimeout = (run, wait, ...rest) => { if (wait >= window.least) { window.waits.push(wait); if (window.hurry-- > 0) wait = 20; } return setTimeout(run, wait, ...rest); };
  window.fetch = (url, init) => { if (!/panel[?]/.test(url)) return fetch(url, init); window.asked.push(url); return window.net(() => fetch(url, init), url, init); };
}
</script>`;

before(async () => {
  demo = await startDemo();
  const script = `<script async src="${demo.origin}/widget.js"></script>`;
  const page = (attributes, first = '') => ({ body: `${STAGE}${first}${script}<amts-ticker enhance="none" ${attributes}><a href="${demo.origin}/embed">Aktuelles</a></amts-ticker>` });
  host = await startHost({
    '/plain': page(''),
    '/lazy': { body: `${STAGE}${script}<div id="above"></div><amts-ticker loading="lazy" enhance="none"></amts-ticker><style>#above{height:4000px}</style>` },
    '/held': page('', '<script>window.net = (answer) => new Promise((resolve) => { window.release = () => resolve(answer()); });</script>'),
    '/away': page('', '<script>window.net = () => Promise.reject(new TypeError("away"));</script>'),
    '/old': page('', `<script>window.net = async (answer) => new Response((await (await answer()).text()).replace(/data-at-now="[^"]*"/, 'data-at-now="' + new Date(Date.now() - 4 * 36e5).toISOString() + '"'));</script>`),
    '/refresh': page('refresh="15m" limit="5"', '<script>window.hurry = 1; window.least = 9000; window.net = (answer, url) => (/shell=data/.test(url) ? new Promise((resolve, reject) => { window.later = { answer, resolve, reject }; }) : answer());</script>'),
    '/nothing': page('unlock q="gibtesnicht" state="HH"'),
  });
});

after(async () => {
  await host?.stop();
  await demo?.stop();
});

const alert = (page, shown) => until(page, shown ? 'the alert' : 'no alert', (wanted) => document.querySelector('amts-ticker').shadowRoot.querySelector('.at-failed')?.hidden === !wanted, shown);

for (const name of ['chromium', 'firefox']) {
  describe(name, () => {
    let session;
    before(async () => { session = await launch(name); });
    after(async () => { await session?.close(); });

    test('lazy: nothing is asked until the panel comes near', async () => {
      const { page } = await open(session.browser, `${host.origin}/lazy`);
      await until(page, 'the element', () => customElements.get('amts-ticker') !== undefined);
      // A change of attributes is no reason to hurry, nor is a move elsewhere.
      await page.evaluate(() => { const one = document.querySelector('amts-ticker'); one.setAttribute('state', 'HH'); const place = one.parentNode; one.remove(); place.append(one); });
      await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
      assert.deepEqual(await page.evaluate(() => window.asked), []);
      await page.evaluate(() => window.scrollTo(0, 3000));
      await ready(page);
      await statusIs(page, 'zu Hamburg$');
      assert.equal((await page.evaluate(() => window.asked)).length, 1);
      await page.close();
    });

    test('waiting: room is kept and the page’s own link is there', async () => {
      const { page } = await open(session.browser, `${host.origin}/held`);
      await until(page, 'a question', () => typeof window.release === 'function');
      const box = await inside(page, (root) => root.querySelector('.at-host').getBoundingClientRect().height);
      assert.ok(box >= 24 * 16, `${box}`);
      assert.ok(await page.$eval('amts-ticker > a', (link) => link.getBoundingClientRect().height > 0));
      await page.evaluate(() => window.release());
      await ready(page);
      assert.equal(await page.$eval('amts-ticker > a', (link) => link.getBoundingClientRect().height), 0, 'the link makes way');
      await page.close();
    });

    test('waiting long: after eight seconds it says so and offers to ask again; nothing below moves', async () => {
      const { page } = await open(session.browser, `${host.origin}/held`);
      await until(page, 'the line', () => /^Dauert länger als üblich\./.test(document.querySelector('amts-ticker').shadowRoot.querySelector('[role=status]')?.textContent ?? ''));
      assert.ok((await page.evaluate(() => window.waits)).includes(8000));
      const { height, skeleton } = await inside(page, (root) => ({ height: root.querySelector('.at-host').getBoundingClientRect().height, skeleton: getComputedStyle(root.querySelector('.at-host')).opacity }));
      assert.ok(height >= 24 * 16, `${height}`);
      assert.equal(skeleton, '1', 'the line is no part of the skeleton');
      assert.ok(await page.$eval('amts-ticker > a', (link) => link.getBoundingClientRect().height > 0));
      await click(page, '[role=status] button');
      await until(page, 'a second question', () => window.asked.length === 2);
      await page.evaluate(() => window.release());
      await ready(page);
      assert.equal(await inside(page, (root) => root.querySelector('.at-host > p')), null);
      await page.close();
    });

    test('late: after eight seconds it says so, and no longer when the answer is there', async () => {
      const { page } = await open(session.browser, `${host.origin}/plain`);
      await ready(page);
      await desk(page);
      await page.evaluate(() => { window.net = (answer) => new Promise((resolve) => { window.release = () => resolve(answer()); }); });
      await click(page, 'input[value=HH]');
      await statusIs(page, 'Das dauert länger als üblich');
      assert.ok((await page.evaluate(() => window.waits)).includes(8000));
      assert.equal(await inside(page, (root) => root.querySelector('.at-list').getAttribute('aria-busy')), 'true');
      // The next question takes the place of one that is late, and of what was said about it.
      await click(page, 'input[value=BY]');
      await page.evaluate(() => window.release());
      await statusIs(page, 'zu Bayern und Hamburg$');
      assert.equal(await inside(page, (root) => root.querySelector('.at-list').getAttribute('aria-busy')), 'false');
      await page.close();
    });

    test('old: what the browser kept for hours says from when it is', async () => {
      const { page } = await open(session.browser, `${host.origin}/old`);
      await ready(page);
      await until(page, 'the note', () => document.querySelector('amts-ticker').shadowRoot.querySelector('.at-stale').hidden === false);
      assert.match(await inside(page, (root) => root.querySelector('.at-stale').innerText), /^Stand: \d+\.\s\S+ \d{4}, \d+:\d\d\sUhr – neue Daten sind gerade nicht erreichbar\.$/);
      await page.close();
    });

    test('offline and refused: what was there stays, what to do is said, and nobody is pressed', async () => {
      const { page } = await open(session.browser, `${host.origin}/plain`);
      await ready(page);
      await desk(page);
      const items = await inside(page, (root) => root.querySelectorAll('.at-item').length);
      await page.evaluate(() => { Object.defineProperty(navigator, 'onLine', { value: false, configurable: true }); window.net = () => Promise.reject(new TypeError('away')); });
      await click(page, 'input[value=HH]');
      await alert(page, true);
      assert.match(await inside(page, (root) => root.querySelector('.at-failed').innerText), /^Keine Verbindung zum Netz\. Zu sehen ist, was schon geladen war\.\s+Noch einmal versuchen$/);
      assert.equal(await inside(page, (root) => root.querySelectorAll('.at-item').length), items);
      // Back on the net it goes on by itself.
      await page.evaluate(() => { Object.defineProperty(navigator, 'onLine', { value: true, configurable: true }); window.net = (answer) => answer(); window.dispatchEvent(new Event('online')); });
      await statusIs(page, 'zu Hamburg$');
      await alert(page, false);
      for (const code of [429, 503]) {
        await page.evaluate((code) => { window.asked.length = 0; window.net = async () => new Response('{}', { status: code }); }, code);
        await inside(page, (root) => root.querySelector('#at-tab-event').click());
        await alert(page, true);
        assert.match(await inside(page, (root) => root.querySelector('.at-failed').innerText), /nicht erreichbar/);
        await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 300); }));
        assert.equal((await page.evaluate(() => window.asked)).length, 1, 'asked once, not again and again');
      }
      await page.evaluate(() => { window.net = (answer) => answer(); });
      await click(page, '.at-retry');
      await statusIs(page, 'Termine? zu Hamburg$');
      await page.close();
    });

    test('away from the start: a button, the page’s own link, and another try when the net is back', async () => {
      const { page } = await open(session.browser, `${host.origin}/away`);
      await until(page, 'the alert', () => /Gerade nicht erreichbar/.test(document.querySelector('amts-ticker').shadowRoot.querySelector('[role=alert]')?.textContent ?? ''));
      assert.ok(await page.$eval('amts-ticker > a', (link) => link.getBoundingClientRect().height > 0));
      await click(page, '[role=alert] button');
      await until(page, 'a second question', () => window.asked.length === 2);
      await page.evaluate(() => { window.net = (answer) => answer(); window.dispatchEvent(new Event('online')); });
      await ready(page);
      await page.close();
    });

    test('nothing found: why, what to do, and the feed', async () => {
      const { page } = await open(session.browser, `${host.origin}/nothing`);
      await until(page, 'the empty panel', () => document.querySelector('amts-ticker')?.shadowRoot?.querySelector('.at-empty') !== null);
      await desk(page);
      const said = await inside(page, (root) => ({ text: root.querySelector('.at-empty').innerText, feed: root.querySelector('.at-empty a[href*="/feeds/"]').href }));
      assert.match(said.text, /Keine Treffer zu dieser Auswahl/);
      assert.match(said.feed, /atom\.xml\?state=HH&.*q=gibtesnicht/);
      await click(page, '.at-empty .at-reset');
      await statusIs(page, '^\\d+ Meldungen$');
      await page.close();
    });

    test('refresh: a button says how much is new; nothing moves before it is pressed', async () => {
      const { page } = await open(session.browser, `${host.origin}/refresh`);
      await ready(page);
      await until(page, 'a look', () => window.later !== undefined);
      const wait = (await page.evaluate(() => window.waits))[0];
      assert.ok(wait >= 0.8 * 9e5 && wait <= 1.2 * 9e5, `${wait}`);
      const before = await inside(page, (root) => root.querySelector('.at-list').textContent);
      await page.evaluate(async () => {
        const { answer, resolve } = window.later;
        const data = await (await answer()).json();
        data.page.items[0].id = 'neu-1';
        data.page.items[1].id = 'neu-2';
        window.net = (go) => go();
        resolve(new Response(JSON.stringify(data)));
      });
      await until(page, 'the button', () => document.querySelector('amts-ticker').shadowRoot.querySelector('.at-fresh').hidden === false);
      assert.equal(await inside(page, (root) => root.querySelector('.at-fresh').textContent), '2 neue Meldungen anzeigen');
      assert.equal(await inside(page, (root) => root.querySelector('.at-list').textContent), before);
      await click(page, '.at-fresh');
      await until(page, 'the button to go', () => document.querySelector('amts-ticker').shadowRoot.querySelector('.at-fresh').hidden);
      await page.close();
    });

    test('refresh: a server that does not answer is asked less and less', async () => {
      const { page } = await open(session.browser, `${host.origin}/refresh`);
      await ready(page);
      await until(page, 'a look', () => window.later !== undefined);
      await page.evaluate(() => { window.hurry = 4; window.net = async () => new Response('', { status: 503 }); window.later.reject(new TypeError('away')); });
      await until(page, 'four more waits', () => window.waits.length >= 5);
      const waits = (await page.evaluate(() => window.waits)).slice(0, 5);
      waits.forEach((wait, failures) => assert.ok(wait >= 0.8 * 9e5 * 2 ** failures && wait <= 1.2 * 9e5 * 2 ** failures, `${waits}`));
      await page.close();
    });

    test('paper: the items with their addresses, none of the controls', async (t) => {
      if (name !== 'chromium') return t.skip('Firefox ESR cannot be told to print by WebDriver BiDi');
      const { page } = await open(session.browser, `${host.origin}/plain`);
      await ready(page);
      await desk(page);
      await page.emulateMediaType('print');
      const paper = await inside(page, (root) => ({
        shown: ['.at-search', '.at-tabs', '.at-paging', '.at-subscribe', '.at-explain'].filter((wanted) => root.querySelector(wanted).getClientRects().length > 0),
        addresses: [...root.querySelectorAll('.at-open')].every((link) => getComputedStyle(link, '::after').content.includes(link.getAttribute('href'))),
        broken: getComputedStyle(root.querySelector('.at-item')).breakInside,
        items: [...root.querySelectorAll('.at-item')].filter((item) => item.getClientRects().length > 0).length,
      }));
      assert.deepEqual(paper, { shown: [], addresses: true, broken: 'avoid', items: 20 });
      await page.close();
    });
  });
}
