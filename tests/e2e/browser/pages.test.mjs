// Our own pages: the configurator and what it gives to copy, the check of a policy, the frame and the page around it,
// a pinned loader that the browser holds to its checksum, and the archive.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { inside, launch, open, ready, shown, startDemo, startHost, until } from './house.mjs';

let demo;
let host;

before(async () => {
  demo = await startDemo();
  const start = await (await fetch(demo.origin)).text();
  const pinned = /id="at-pinned"[^>]*>([^<]+)</.exec(start)?.[1].replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  assert.match(pinned, /integrity="sha384-[\w+/=]+" crossorigin/);
  host = await startHost({
    '/pinned': { body: pinned },
    '/broken': { body: pinned.replace(/sha384-..../, 'sha384-AAAA') },
    '/frame': { body: `<iframe src="${demo.origin}/embed?state=HH" title="Aktuelles" width="600" height="300"></iframe><script>window.heard=[];addEventListener('message',(event)=>{heard.push([event.origin,event.data])})</script>` },
  });
});

after(async () => {
  await host?.stop();
  await demo?.stop();
});

for (const name of ['chromium', 'firefox']) {
  describe(name, () => {
    let session;
    before(async () => { session = await launch(name); });
    after(async () => { await session?.close(); });

    test('lines break between source, date and Land, not in the middle of a word', async () => {
      const { page } = await open(session.browser, `${demo.origin}/embed?view=cards`);
      const broken = await page.$$eval('.at-item > .at-meta > :last-child', (lands) => lands.map(({ lastChild: text }) => {
        const range = document.createRange();
        range.selectNode(text);
        return /^\p{L}+$/u.test(text.data) && range.getClientRects().length > 1 ? text.data : '';
      }).filter(Boolean));
      assert.deepEqual(broken, []);
      await page.close();
    });

    test('in a frame titles look as they do in the panel', async () => {
      const { page } = await open(session.browser, demo.origin);
      await ready(page);
      const look = (root) => {
        const { fontSize, lineHeight, marginBottom } = getComputedStyle(root.querySelector('.at-item > .at-title'));
        return { fontSize, lineHeight, marginBottom };
      };
      const panel = await inside(page, look);
      await page.goto(`${demo.origin}/embed`, { waitUntil: 'load' });
      assert.deepEqual(await page.evaluate(`(${look})(document)`), panel);
      await page.close();
    });

    test('the configurator changes panel, lines to copy and feeds', async () => {
      const { page, seen } = await open(session.browser, demo.origin);
      await ready(page);
      await page.select('select[name=state]', 'HH');
      await page.select('select[name=view]', 'cards');
      await until(page, 'the panel', () => /zu Hamburg( \(|$)/.test(document.querySelector('amts-ticker').shadowRoot.querySelector('.at-status').textContent)
        && document.querySelector('amts-ticker').shadowRoot.querySelector('[data-view=cards]') !== null);
      const read = (id) => page.$eval(id, (field) => field.value);
      assert.equal(await read('#at-tag'), `<script async src="${demo.origin}/widget.js" crossorigin data-state="HH" data-view="cards"></script>`);
      assert.match(await read('#at-element'), /<amts-ticker state="HH" view="cards"><a href="[^"]+\/embed\?state=HH&amp;view=cards">/);
      assert.match(await read('#at-frame'), /src="[^"]+\/embed\?state=HH&amp;view=cards"/);
      assert.match(await read('#at-pinned'), /integrity="sha384-[^"]+" crossorigin data-state="HH" data-view="cards"><\/script>$/);
      assert.match(await page.$eval('#at-feeds a', (link) => link.href), /rss\.xml\?state=HH$/);
      // A frame of the address that is given shows the same.
      assert.equal((await fetch(`${demo.origin}/embed?state=HH&view=cards`)).status, 200);
      await page.select('select[name=kind]', 'event');
      await until(page, 'the events', () => /Termin/.test(document.querySelector('amts-ticker').shadowRoot.querySelector('.at-status').textContent));
      assert.match(await read('#at-tag'), /data-tab="events"/);
      assert.deepEqual(seen.errors, []);
      await page.close();
    });

    test('a policy that is pasted is judged', async () => {
      const { page } = await open(session.browser, demo.origin);
      const origin = demo.origin;
      for (const [policy, expected] of [
        [`default-src 'self'; script-src 'self' ${origin}; connect-src ${origin}`, ['good', 'wasm']],
        [`Content-Security-Policy: script-src ${origin} 'wasm-unsafe-eval'; connect-src *`, ['good']],
        [`default-src 'self'`, ['missing', 'wasm'].slice(0, 1)],
        [`script-src 'self'; connect-src ${origin}; frame-src *`, ['missing', 'frame']],
        [`script-src 'nonce-x' 'strict-dynamic'`, ['good', 'wasm']],
        ['script-src http://127.0.0.1:1', ['missing', 'frame']],
        [`img-src 'none'`, ['good']],
        ['', []],
      ]) {
        await page.$eval('#at-csp', (field, text) => { field.value = text; field.dispatchEvent(new Event('input')); }, policy);
        assert.deepEqual(await page.$$eval('[data-say]:not([hidden])', (lines) => lines.map((line) => line.dataset.say)), expected, policy);
      }
      await page.$eval('#at-csp', (field) => { field.value = "default-src 'self'"; field.dispatchEvent(new Event('input')); });
      assert.equal(await page.$eval('[data-say=missing] code', (code) => code.textContent), `script-src ${origin}; connect-src ${origin}`);
      await page.close();
    });

    test('a frame says how high it is and takes a theme', async () => {
      const { page } = await open(session.browser, `${host.origin}/frame`);
      await until(page, 'a height', () => window.heard.length > 0);
      const [origin, data] = await page.evaluate(() => window.heard.at(-1));
      assert.equal(origin, demo.origin);
      assert.equal(data.type, 'amts-ticker:height');
      assert.ok(data.height > 300, `${data.height}`);
      const frame = page.frames().find((one) => one.url().startsWith(demo.origin));
      await page.evaluate(() => document.querySelector('iframe').contentWindow.postMessage({ type: 'amts-ticker:theme', theme: 'dark' }, '*'));
      await until(frame, 'the theme', () => document.documentElement.dataset.theme === 'dark' && document.querySelector('.at-root').dataset.theme === 'dark');
      await page.evaluate(() => document.querySelector('iframe').contentWindow.postMessage({ type: 'amts-ticker:theme', theme: '"><script>' }, '*'));
      assert.equal(await frame.evaluate(() => document.documentElement.dataset.theme), 'dark', 'what is no theme is none');
      await page.close();
    });

    test('a pinned loader runs as it was, and not otherwise', async () => {
      const good = await open(session.browser, `${host.origin}/pinned`);
      await ready(good.page);
      await until(good.page, 'the desk', () => document.querySelector('amts-ticker').getState().then((state) => state !== undefined));
      assert.ok((await shown(good.page)).titles.length > 0);
      await good.page.close();
      const broken = await open(session.browser, `${host.origin}/broken`);
      assert.equal(await broken.page.evaluate(() => customElements.get('amts-ticker') === undefined), true);
      await broken.page.close();
    });
  });
}

test('the archive holds the loader and what it loads', async () => {
  const answer = await fetch(`${demo.origin}/widget.zip`);
  assert.equal(answer.status, 200);
  const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
  for (const file of ['widget.js', 'desk.js', 'panel.js', 'panel_bg.wasm', 'panel.css']) assert.ok(text.includes(file), file);
  assert.ok(text.startsWith('PK\x03\x04'));
});
