// What whoever embeds the panel can rely on: attributes and properties, also later; methods and events; removal, return and
// what is let go; the filter in the address; and that nothing is stored unless page and reader want it.

import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { click, inside, launch, open, ready, startDemo, startHost, statusIs, until } from './house.mjs';

let demo;
let host;
let relay;

before(async () => {
  demo = await startDemo();
  const script = `<script async src="${demo.origin}/widget.js"></script>`;
  const page = (attributes) => ({ body: `${script}<amts-ticker ${attributes}></amts-ticker>` });
  const included = await (await fetch(`${demo.origin}/panel?state=HH&shell=dsd`)).text();
  const bare = (await (await fetch(`${demo.origin}/panel?shell=dsd`)).text()).replace(/<link[^>]*>/, '');
  relay = await startRelay(demo.origin);
  host = await startHost({
    '/copied': { body: /<textarea id="at-tag"[^>]*>(.*?)<\/textarea>/.exec(await (await fetch(relay.origin)).text())[1].replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"') },
    '/bare': { body: bare + script },
    '/included': { body: included },
    '/included/awake': { body: `${SHIFTS}${included}${script}` },
    '/fragments': page('enhance="none"'),
    '/awake': page('enhance="auto"'),
    '/named': page('enhance="none" heading="Neues aus Hamburg" hide-heading label="Nur Hamburg" state="HH"'),
    '/query': page('id="a" state="BY,query" unlock enhance="none"'),
    '/remember': page('remember enhance="none"'),
    '/share': page('share limit="3" enhance="none"'),
    '/inherit': { body: `<style>body{font-family:"Courier New",monospace}</style>${page('font="inherit" enhance="none"').body}` },
    '/kern': page('font="kern" enhance="none"'),
    '/early': { body: `<script>customElements.whenDefined('amts-ticker').then(()=>{const one=document.createElement('amts-ticker');one.setAttribute('enhance','none');document.body.append(one);one.addEventListener('at-load',()=>one.setAttribute('state','HH'),{once:true});})</script><script async src="${demo.origin}/widget.js" data-enhance="none"></script>` },
    '/framework': { body: `<script>const one=document.createElement('amts-ticker');one.enhance='none';one.state='HH';one.hideHeading=true;document.addEventListener('DOMContentLoaded',()=>document.body.append(one))</script>${script}` },
  });
});

after(async () => {
  await host?.stop();
  await relay?.stop();
  await demo?.stop();
});

/** Another way to the server, which notes what is asked on which connection. */
async function startRelay(origin) {
  const asked = [];
  let connections = 0;
  const server = createServer((near) => {
    const number = connections += 1;
    const far = connect(new URL(origin).port, '127.0.0.1');
    near.on('data', (data) => { for (const [, path] of String(data).matchAll(/^GET (\S+) HTTP/gm)) asked.push([path, number]); });
    for (const [one, other] of [[near, far], [far, near]]) one.on('error', () => other.destroy()).pipe(other);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { origin: `http://127.0.0.1:${server.address().port}`, asked, stop: () => new Promise((resolve) => { server.close(resolve); }) };
}

/** Adds up what moves by itself. */
const SHIFTS = `<script>window.moved = 0; new PerformanceObserver((list) => { for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.moved += value; }).observe({ type: 'layout-shift', buffered: true });</script>`;

const stored = (page) => page.evaluate(() => ({ ...localStorage }));

async function opened(session, path) {
  const { page, seen } = await open(session.browser, host.origin + path);
  await ready(page);
  await until(page, 'the desk', () => document.querySelector('amts-ticker').getState().then((state) => state !== undefined));
  if (path === '/awake') await until(page, 'hydration', () => document.querySelector('amts-ticker').shadowRoot.querySelector('[data-at-awake]') !== null);
  return { page, seen };
}

for (const name of ['chromium', 'firefox']) {
  describe(name, () => {
    let session;
    before(async () => { session = await launch(name); });
    after(async () => { await session?.close(); });

    test('a panel that came with the page has its map open where there is room, before any sheet is there', async () => {
      const { page } = await opened(session, '/bare');
      assert.equal(await inside(page, (root) => root.querySelector('[data-at-key=state]').open), true);
      await page.setViewport({ width: 500, height: 900 });
      await page.reload({ waitUntil: 'load' });
      await ready(page);
      assert.equal(await inside(page, (root) => root.querySelector('[data-at-key=state]').open), false);
      await page.close();
    });

    for (const path of ['/fragments', '/awake']) {
      test(`${path}: attributes and properties are one, and the panel follows them`, async () => {
        const { page, seen } = await opened(session, path);
        const look = () => inside(page, (root) => {
          const { lang, dataset: { theme } } = root.querySelector('.at-root');
          return { lang, theme, view: root.querySelector('.at-body').dataset.view, heading: root.querySelector('.at-heading').className, submit: root.querySelector('.at-words button').textContent };
        });
        await page.evaluate(() => Object.assign(document.querySelector('amts-ticker'), { theme: 'dark', lang: 'en', view: 'cards', hideHeading: true, linkTarget: '_blank' }));
        await until(page, 'the other language', () => document.querySelector('amts-ticker').shadowRoot.querySelector('.at-root').lang === 'en');
        assert.deepEqual(await look(), { lang: 'en', theme: 'dark', view: 'cards', heading: 'at-heading at-sr', submit: 'Search' });
        assert.equal(await page.$eval('amts-ticker', (one) => [one.getAttribute('theme'), one.getAttribute('hide-heading'), one.hideHeading, one.linkTarget].join()), 'dark,,true,_blank');
        await page.evaluate(() => Object.assign(document.querySelector('amts-ticker'), { theme: null, view: null, hideHeading: false, lang: 'de' }));
        await until(page, 'German again', () => document.querySelector('amts-ticker').shadowRoot.querySelector('.at-root').lang === 'de');
        assert.deepEqual(await look(), { lang: 'de', theme: 'auto', view: 'list', heading: 'at-heading', submit: 'Suchen' });
        assert.equal(await page.$eval('amts-ticker', (one) => one.hasAttribute('hide-heading')), false);
        assert.deepEqual(seen.errors, []);
        await page.close();
      });

      test(`${path}: taken off the page and put back, it shows what it showed and goes on working`, async () => {
        const { page, seen } = await opened(session, path);
        await click(page, 'input[value=HH]');
        await statusIs(page, 'zu Hamburg$');
        await until(page, 'the list to settle', () => document.querySelector('amts-ticker').shadowRoot.querySelector('[aria-busy=true]') === null);
        const back = await page.evaluate(() => {
          const one = document.querySelector('amts-ticker');
          const titles = () => [...one.shadowRoot.querySelectorAll('.at-title')].map((node) => node.textContent);
          const before = titles();
          one.remove();
          const [gone, asleep] = [titles(), one.shadowRoot.querySelector('[data-at-awake]') === null];
          document.body.append(one);
          return { before, gone, after: titles(), asleep };
        });
        assert.deepEqual(back.gone, back.before, 'it does not go blank');
        assert.deepEqual(back.after, back.before);
        assert.equal(back.asleep, true, 'what was held for it is let go');
        assert.deepEqual(await page.$eval('amts-ticker', (one) => one.getState()), { state: 'HH' });
        if (path === '/awake') await until(page, 'hydration once more', () => document.querySelector('amts-ticker').shadowRoot.querySelector('[data-at-awake]') !== null);
        await click(page, '#at-tab-event');
        await statusIs(page, 'Termine? zu Hamburg$');
        // Moved and changed in one go, as single-page intranets do.
        await page.evaluate(() => { const one = document.querySelector('amts-ticker'); one.remove(); one.setAttribute('state', 'BY'); document.body.append(one); });
        await statusIs(page, 'zu Bayern$');
        assert.deepEqual(seen.errors, []);
        await page.close();
      });
    }

    test('a panel that is gone is forgotten', async (t) => {
      if (name !== 'chromium') return t.skip('only Chromium can be told to collect garbage');
      const { page } = await opened(session, '/awake');
      const devtools = await page.createCDPSession();
      await page.evaluate(() => { const one = document.querySelector('amts-ticker'); one.setAttribute('refresh', '1m'); window.gone = new WeakRef(one); window.item = new WeakRef(one.shadowRoot.querySelector('.at-item')); });
      await statusIs(page, 'Meldungen$');
      await page.evaluate(() => document.querySelector('amts-ticker').remove());
      const alive = () => page.evaluate(() => [window.gone.deref(), window.item.deref()].filter((one) => one !== undefined).length);
      // What is still under way when it goes (an answer, a frame of animation) holds it for a moment.
      for (let tries = 0; tries < 50 && await alive() > 0; tries += 1) await devtools.send('HeapProfiler.collectGarbage');
      assert.equal(await alive(), 0);
      await page.close();
    });

    test('attributes set before all is loaded, and properties set before there is an element', async () => {
      const early = await open(session.browser, `${host.origin}/early`);
      await until(early.page, 'Hamburg in the second', () => /zu Hamburg( \(|$)/.test([...document.querySelectorAll('amts-ticker')].at(-1)?.shadowRoot?.querySelector('.at-status')?.textContent ?? ''));
      assert.deepEqual(early.seen.errors, []);
      await early.page.close();
      const { page } = await open(session.browser, `${host.origin}/framework`);
      await statusIs(page, 'zu Hamburg$');
      assert.equal(await page.$eval('amts-ticker', (one) => `${one.getAttribute('state')} ${one.hasAttribute('hide-heading')}`), 'HH true');
      await page.close();
    });

    test('events say what happened, up to the document', async () => {
      const { page } = await open(session.browser, `${host.origin}/404`);
      await page.evaluate((origin) => {
        window.heard = [];
        for (const type of ['load', 'change', 'open', 'error', 'enhanced']) document.addEventListener(`at-${type}`, (event) => window.heard.push([event.type, event.detail, event.target.localName]));
        const script = document.createElement('script');
        script.src = `${origin}/widget.js`;
        document.body.append(script, document.createElement('amts-ticker'));
      }, demo.origin);
      await ready(page);
      await until(page, 'hydration', () => window.heard.some(([type]) => type === 'at-enhanced'));
      await click(page, 'input[value=HH]');
      await until(page, 'a change', () => window.heard.some(([type]) => type === 'at-change'));
      await page.evaluate(() => { document.querySelector('amts-ticker').shadowRoot.addEventListener('click', (event) => event.preventDefault()); window.fetch = () => Promise.reject(new TypeError('away')); });
      await page.evaluate(() => document.querySelector('amts-ticker').shadowRoot.querySelector('.at-open').click());
      await page.evaluate(() => document.querySelector('amts-ticker').reload());
      await until(page, 'an error', () => window.heard.some(([type]) => type === 'at-error'));
      const heard = await page.evaluate(() => window.heard);
      assert.deepEqual(heard.map(([type]) => type), ['at-load', 'at-enhanced', 'at-change', 'at-open', 'at-error']);
      assert.equal(heard[2][1], 'state=HH');
      assert.match(heard[3][1], /^http/);
      assert.equal(heard[4][1], 'away');
      assert.ok(heard.every(([, , target]) => target === 'amts-ticker'));
      await page.close();
    });

    for (const [width, opened] of [[360, false], [1440, true]]) {
      test(`included by the page’s server, ${width} pixels wide: items first, and nothing moves`, async () => {
        const page = await session.browser.newPage();
        await page.setViewport({ width, height: 900 });
        const map = () => inside(page, (root) => root.querySelector('[data-at-key=state]').open);
        await page.goto(`${host.origin}/included`, { waitUntil: 'load' });
        assert.equal(await map(), false, 'without the script, folded on any screen');
        assert.ok(await inside(page, (root) => root.querySelector('.at-item').getBoundingClientRect().top < 900), 'an item is in sight');
        await page.goto(`${host.origin}/included/awake`, { waitUntil: 'load' });
        await until(page, 'hydration', () => document.querySelector('amts-ticker').shadowRoot.querySelector('[data-at-awake]') !== null);
        assert.equal(await map(), opened, 'where there is room, the script opens the map');
        if (name === 'chromium') assert.ok(await page.evaluate(() => window.moved <= 0.02), `moved by ${await page.evaluate(() => window.moved)}`);
        await page.close();
      });
    }

    // On a network a second connection takes as long as two more questions.
    test('the tag as copied asks for script and items on one connection', async () => {
      relay.asked.length = 0;
      const { page } = await open(session.browser, `${host.origin}/copied`);
      await ready(page);
      const [[script, one], [items, other]] = relay.asked;
      assert.deepEqual([script, items, other], ['/widget.js', '/panel?', one]);
      await page.close();
    });

    test('a panel is named by heading or label', async () => {
      const { page } = await opened(session, '/named');
      const said = await inside(page, (root) => {
        const section = root.querySelector('.at-root');
        const heading = root.querySelector('h2');
        return [section.getAttribute('aria-label'), section.hasAttribute('aria-labelledby'), heading.textContent, heading.getBoundingClientRect().width];
      });
      assert.deepEqual(said, ['Nur Hamburg', false, 'Neues aus Hamburg', 1]);
      await click(page, '#at-tab-event');
      await statusIs(page, 'Termine? zu Hamburg');
      assert.equal(await inside(page, (root) => root.querySelector('.at-root').getAttribute('aria-label')), 'Nur Hamburg', 'and stays so named');
      await page.close();
    });

    test('the address takes the filter as a parameter, beside those of the page', async () => {
      const { page } = await opened(session, '/query?id=7');
      await statusIs(page, 'zu Bayern$');
      await click(page, 'input[name=state][value=BY]');
      await statusIs(page, '^\\d+ Meldungen$');
      await click(page, 'input[name=state][value=HH]');
      await statusIs(page, 'zu Hamburg$');
      await until(page, 'the address', () => location.search === '?id=7&at-a=state%3AHH');
      await page.reload();
      await ready(page);
      await statusIs(page, 'zu Hamburg$');
      await page.close();
    });

    test('nothing is stored until a reader says so, one time stamp after that, and nothing again', async () => {
      const without = await opened(session, '/fragments');
      await without.page.evaluate(() => localStorage.setItem('amts-ticker', '1 1'));
      await without.page.reload();
      await ready(without.page);
      await until(without.page, 'the desk', () => document.querySelector('amts-ticker').getState().then((state) => state !== undefined));
      assert.deepEqual(await stored(without.page), { 'amts-ticker': '1 1' }, 'without the attribute storage is not touched');
      await without.page.evaluate(() => localStorage.clear());
      await without.page.close();

      const { page } = await opened(session, '/remember');
      assert.deepEqual(await stored(page), {});
      const marks = () => inside(page, (root) => [...root.querySelectorAll('.at-meta')].filter((meta) => getComputedStyle(meta, '::before').content !== 'none' && /^Neu seit/.test(meta.dataset.atSince)).length);
      const news = () => inside(page, (root) => [...root.querySelectorAll('.at-new')].filter((one) => one.getClientRects().length > 0).length);
      assert.ok(await news() > 0, 'new by age');
      await click(page, '[data-at-remember]');
      await until(page, 'a time stamp', () => /^\d{13} \d{13}$/.test(localStorage.getItem('amts-ticker')));
      assert.deepEqual(Object.keys(await stored(page)), ['amts-ticker']);
      assert.equal(await marks(), 0, 'nothing is newer than this moment');
      // Two days later: the visit before is over, what came since is marked, and stays so while this visit lasts.
      await page.evaluate(() => { const then = Date.now() - 2 * 864e5; localStorage.setItem('amts-ticker', `${then} ${then}`); });
      for (let times = 0; times < 2; times += 1) {
        await page.reload();
        await ready(page);
        await until(page, 'the switch', () => document.querySelector('amts-ticker').shadowRoot.querySelector('[data-at-remember]')?.checked === true);
        const young = await inside(page, (root) => [...root.querySelectorAll('.at-item > .at-meta time')].filter((time) => Date.now() - Date.parse(time.dateTime) < 2 * 864e5).length);
        assert.ok(young > 0 && young < 20, `${young}`);
        assert.equal(await marks(), young);
        assert.equal(await news(), 0, 'not marked twice');
      }
      await click(page, 'input[value=HH]');
      await statusIs(page, 'zu Hamburg');
      await until(page, 'the switch to stay on', () => document.querySelector('amts-ticker').shadowRoot.querySelector('[data-at-remember]').checked);
      await click(page, '[data-at-remember]');
      assert.deepEqual(await stored(page), {});
      assert.equal(await marks(), 0);
      assert.ok(await news() > 0);
      await page.close();
    });

    test('links are passed on by the system, or copied', async () => {
      const { page } = await opened(session, '/share');
      await page.evaluate(() => { navigator.share = async (what) => { window.shared = what; }; });
      await click(page, '[data-at-share]');
      await until(page, 'what is shared', () => window.shared !== undefined);
      const [shared, first] = await Promise.all([page.evaluate(() => window.shared), inside(page, (root) => { const link = root.querySelector('.at-open'); return { title: link.textContent, url: link.href }; })]);
      assert.deepEqual(shared, first);
      await page.evaluate(() => { navigator.share = undefined; Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } }); });
      await click(page, '[data-at-share]');
      await until(page, 'the link', (url) => window.copied === url, first.url);
      await until(page, 'the word that says so', () => /^Link kopiert: /.test(document.querySelector('amts-ticker').shadowRoot.querySelector('[data-at-share]').textContent));
      await page.close();
    });

    test('fonts: the page’s own, or that of KERN from our server, or none', async () => {
      const plain = await opened(session, '/fragments');
      assert.deepEqual(plain.seen.requests.filter((url) => /woff/.test(url)), []);
      await plain.page.close();
      const inherit = await opened(session, '/inherit');
      assert.match(await inside(inherit.page, (root) => getComputedStyle(root.querySelector('.at-title')).fontFamily), /Courier New/);
      await inherit.page.close();
      const { page, seen } = await opened(session, '/kern');
      await until(page, 'two fonts', () => [...document.fonts].filter((face) => face.family.includes('Fira Sans') && face.status === 'loaded').length === 2);
      assert.deepEqual([...new Set(seen.requests.filter((url) => /woff/.test(url)).map((url) => new URL(url).origin))], [demo.origin]);
      await page.close();
    });
  });
}
