// The policies of hosts, to the letter: which of them are broken by what, counted by the browser itself. And what a
// panel leaves behind on a page, with and without its WASM: no cookie, no storage, no request to anybody else.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { click, launch, ready, startDemo, startHost, until } from './house.mjs';

/** By name: a policy of hosts (`O` is our server), and how often the documented probe for WASM breaks it. */
const POLICIES = {
  none: ['', 0],
  least: ["default-src 'none'; script-src O; connect-src O", 1],
  'with wasm': ["default-src 'none'; script-src O 'wasm-unsafe-eval'; connect-src O", 0],
  'own styles only': ["default-src 'self'; script-src 'self' O; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self' O", 1],
  'eval allowed': ["default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' O; connect-src 'self' O", 0],
  'nonce and strict-dynamic': ["default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; connect-src O; base-uri 'none'", 1],
  'trusted types none': ["default-src 'none'; script-src O; connect-src O; require-trusted-types-for 'script'; trusted-types 'none'", 1],
  'trusted types ours': ["default-src 'none'; script-src O 'wasm-unsafe-eval'; connect-src O; require-trusted-types-for 'script'; trusted-types amts-ticker", 0],
};

let demo;
let host;

before(async () => {
  demo = await startDemo();
  const tag = `<script nonce="abc" async src="${demo.origin}/widget.js"></script>`;
  const under = (name) => POLICIES[name][0].replaceAll(/\bO\b/g, demo.origin);
  const pages = { '/asleep': { body: `${tag}<amts-ticker enhance="none"></amts-ticker>`, policy: under('least') } };
  for (const name of Object.keys(POLICIES)) {
    pages[`/${encodeURIComponent(name)}`] = { body: `${tag}<amts-ticker></amts-ticker>`, policy: under(name) };
  }
  pages['/frame'] = { body: `<iframe src="${demo.origin}/embed" title="Aktuelles"></iframe>`, policy: `default-src 'none'; frame-src ${demo.origin}` };
  host = await startHost(pages);
});

after(async () => {
  await host?.stop();
  await demo?.stop();
});

/** Opens a page that counts what breaks its policy, and notes every request and every cookie that an answer sets. */
async function watched(browser, url) {
  const page = await browser.newPage();
  const seen = { requests: [], cookies: [], errors: [] };
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('response', (response) => { if (response.headers()['set-cookie']) seen.cookies.push(response.url()); });
  page.on('console', (message) => { if (message.type() === 'error') seen.errors.push(message.text()); });
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  await page.evaluateOnNewDocument(() => {
    window.broken = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      // Firefox looks for the host's own icon, and counts that it may not.
      if (!blockedURI.endsWith('/favicon.ico')) window.broken.push(`${effectiveDirective} ${blockedURI}`);
    });
  });
  await page.setViewport({ width: 1000, height: 900 });
  await page.goto(url, { waitUntil: 'load' });
  return { page, seen };
}

/** What is kept in this browser for the page's origin. */
const kept = (page) => page.evaluate(async () => ({
  cookies: document.cookie,
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: window.caches ? (await caches.keys()).length : 0,
  workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
}));
const NOTHING = { cookies: '', local: 0, session: 0, databases: 0, caches: 0, workers: 0 };

async function leavesNothing({ page, seen }) {
  const strangers = seen.requests.filter((url) => /^(https?|wss?):/.test(url) && ![demo.origin, host.origin].some((ours) => url.startsWith(`${ours}/`)));
  assert.deepEqual(strangers, []);
  assert.deepEqual(seen.cookies, []);
  assert.deepEqual(await kept(page), NOTHING);
  assert.deepEqual(await page.cookies(demo.origin, host.origin), []);
}

/** Filters, searches, turns the tab: everything that could make the panel remember something. */
async function use(page) {
  await ready(page);
  await until(page, 'the desk', () => document.querySelector('amts-ticker').getState().then((state) => state !== undefined));
  await click(page, 'input[value=HH]');
  await until(page, 'Hamburg', () => /Hamburg/.test(document.querySelector('amts-ticker').shadowRoot.querySelector('[role=status]').textContent));
  await click(page, '#at-tab-event');
  await until(page, 'events', () => /event/.test(document.querySelector('amts-ticker').shadowRoot.querySelector('[aria-selected=true]').id));
}

for (const name of ['chromium', 'firefox']) {
  describe(name, () => {
    let session;
    before(async () => { session = await launch(name); });
    after(async () => { await session?.close(); });

    for (const [policy, [, probes]] of Object.entries(POLICIES)) {
      test(`policy ${policy}: broken by the probe alone, and nothing is left`, async () => {
        const visited = await watched(session.browser, `${host.origin}/${encodeURIComponent(policy)}`);
        const { page } = visited;
        await use(page);
        // Where it may, the panel wakes up; where it may not, the one probe has been made by now.
        await until(page, 'the probe', (awake) => (awake ? document.querySelector('amts-ticker').shadowRoot.querySelector('[data-at-awake]') !== null : window.broken.length > 0), probes === 0);
        const broken = await page.evaluate(() => window.broken);
        assert.deepEqual(broken, Array(probes).fill('script-src wasm-eval'));
        // The console says the same.
        const errors = visited.seen.errors.filter((text) => !/favicon\.ico/.test(text));
        assert.ok(errors.length <= probes && errors.every((text) => /wasm|WebAssembly/i.test(text)), errors.join('\n'));
        await leavesNothing(visited);
        await page.close();
      });
    }

    test('without WASM not even the probe is made', async () => {
      const visited = await watched(session.browser, `${host.origin}/asleep`);
      await use(visited.page);
      assert.deepEqual(await visited.page.evaluate(() => window.broken), []);
      assert.ok(visited.seen.requests.every((url) => !url.endsWith('.wasm')));
      await leavesNothing(visited);
      await visited.page.close();
    });

    test('in a frame nothing is needed but the frame', async () => {
      const visited = await watched(session.browser, `${host.origin}/frame`);
      const frame = visited.page.frames().find((one) => one.url().startsWith(demo.origin));
      await until(frame, 'items', () => document.querySelectorAll('.at-item').length > 0);
      assert.deepEqual(await visited.page.evaluate(() => window.broken), []);
      assert.deepEqual(await frame.evaluate(() => window.broken), []);
      await leavesNothing(visited);
      await visited.page.close();
    });

    test('our own pages keep their own policy, and nothing else', async () => {
      for (const path of ['/', '/?lang=en', '/embed', '/embed?kind=event&view=calendar', '/trends', '/sources', '/topics', '/privacy', '/accessibility']) {
        const visited = await watched(session.browser, demo.origin + path);
        if (path === '/') await use(visited.page);
        assert.deepEqual(await visited.page.evaluate(() => window.broken), [], path);
        assert.deepEqual(visited.seen.errors, [], path);
        await leavesNothing(visited);
        await visited.page.close();
      }
    });
  });
}
