// Pages as they are: seven content security policies, and hosts that mean no good or know no better. The panel does its
// whole job in each, complains of nothing but its one probe, and asks nobody but its own server.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { click, inside, launch, open, ready, shown, startDemo, startHost, statusIs, until } from './house.mjs';

let demo;
let host;
let policies;

/** How a page spoils things, and how its styles must not reach in. */
const HOSTILE = {
  reset: '<style>*,*::before,*::after{margin:0;padding:0;border:0;box-sizing:border-box;font:inherit;list-style:none}</style>',
  important: '<style>*{font-family:fantasy!important;color:red!important;line-height:3!important;letter-spacing:.5em!important;text-transform:uppercase!important;background:yellow!important}a{display:block!important}</style>',
  'small rem': '<style>html{font-size:62.5%}</style>',
  pollution: '<script>Array.prototype.extra=function(){};Object.prototype.extra="x";String.prototype.extra=1;</script>',
  'module loader': '<script>window.define=function(){throw new Error("a module without a name")};window.define.amd={};window.module={exports:{}};window.exports={}</script>',
  'another framework': '<script>customElements.define("other-thing",class extends HTMLElement{connectedCallback(){this.attachShadow({mode:"open"}).innerHTML="<p>x</p>"}});new MutationObserver(()=>{}).observe(document,{subtree:true,childList:true})</script><other-thing></other-thing>',
};

before(async () => {
  demo = await startDemo();
  const o = demo.origin;
  const tag = `<script async src="${o}/widget.js"></script><amts-ticker></amts-ticker>`;
  // What else the page needs stands in no policy: no styles, no pictures, no fonts, nothing inline.
  policies = {
    least: `default-src 'none'; script-src ${o}; connect-src ${o}`,
    'with wasm': `default-src 'none'; script-src ${o} 'wasm-unsafe-eval'; connect-src ${o}`,
    'own styles only': `default-src 'self'; script-src 'self' ${o}; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self' ${o}`,
    'eval allowed': `default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' ${o}; connect-src 'self' ${o}`,
    'nonce and strict-dynamic': `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; connect-src ${o}; base-uri 'none'`,
    'trusted types none': `default-src 'none'; script-src ${o}; connect-src ${o}; require-trusted-types-for 'script'; trusted-types 'none'`,
    'trusted types ours': `default-src 'none'; script-src ${o} 'wasm-unsafe-eval'; connect-src ${o}; require-trusted-types-for 'script'; trusted-types amts-ticker`,
  };
  const pages = { '/plain': { body: tag }, '/three': { body: `${tag}<amts-ticker state="HH"></amts-ticker><div class="amts-ticker" data-tabs="events"></div><script async src="${o}/widget.js"></script>` } };
  for (const [name, policy] of Object.entries(policies)) {
    pages[`/${encodeURIComponent(name)}`] = { policy, body: name.startsWith('nonce') ? tag.replace('<script', '<script nonce="abc"') : tag };
  }
  for (const [name, spoil] of Object.entries(HOSTILE)) pages[`/${encodeURIComponent(name)}`] = { body: spoil + tag };
  pages['/no-sanitizer'] = { body: `<script>delete Element.prototype.setHTML</script>${tag}` };
  host = await startHost(pages);
});

after(async () => {
  await host?.stop();
  await demo?.stop();
});


/** Items, filter, tabs, search, paging. */
async function job(page) {
  await ready(page);
  await until(page, 'the desk', () => document.querySelector('amts-ticker').getState().then((state) => state !== undefined));
  const first = await shown(page);
  assert.equal(first.titles.length, 20);
  await click(page, '.at-more');
  await until(page, 'more', () => document.querySelector('amts-ticker').shadowRoot.querySelectorAll('.at-item').length === 40);
  await click(page, 'input[value=HH]');
  await statusIs(page, 'zu Hamburg$');
  await click(page, '.at-chip');
  await statusIs(page, '^\\d+ Meldungen$');
  await click(page, '#at-q');
  await page.keyboard.type('register');
  await page.keyboard.press('Enter');
  await statusIs(page, 'mit „register“');
  await click(page, '#at-tab-event');
  await statusIs(page, 'Termine? mit');
  return first;
}

const strangers = (seen) => seen.requests.filter((url) => /^https?:/.test(url) && !url.startsWith(demo.origin) && !url.startsWith(host.origin));

/** What a reader sees of the first item: fonts, sizes, colours. */
const look = (page) => inside(page, (root) => ['.at-heading', '.at-tab', '.at-item .at-title a', '.at-teaser', '.at-tile', '.at-button', '.at-input'].map((wanted) => {
  const style = getComputedStyle(root.querySelector(wanted));
  return [wanted, ...['display', 'fontFamily', 'fontSize', 'fontWeight', 'lineHeight', 'letterSpacing', 'textTransform', 'color', 'backgroundColor', 'paddingLeft', 'borderTopWidth', 'textAlign'].map((name) => style[name])].join(' | ');
}));

for (const name of ['chromium', 'firefox']) {
  describe(name, () => {
    let session;
    before(async () => { session = await launch(name); });
    after(async () => { await session?.close(); });

    for (const policy of ['least', 'with wasm', 'own styles only', 'eval allowed', 'nonce and strict-dynamic', 'trusted types none', 'trusted types ours']) {
      test(`policy: ${policy}`, async () => {
        const { page, seen } = await open(session.browser, `${host.origin}/${encodeURIComponent(policy)}`);
        await job(page);
        assert.deepEqual(strangers(seen), []);
        assert.equal(await page.evaluate(() => document.cookie + localStorage.length + sessionStorage.length), '00');
        // One probe of eight bytes is how a forbidden WebAssembly is found out; nothing else may be complained about.
        // And Firefox tells when it looks for the host's own icon in vain.
        const unexpected = seen.errors.filter((text) => !/wasm|WebAssembly|unsafe-eval|favicon\.ico/i.test(text));
        assert.deepEqual(unexpected, []);
        await page.close();
      });
    }

    test('no Sanitizer API', async () => {
      const { page, seen } = await open(session.browser, `${host.origin}/no-sanitizer`);
      await job(page);
      assert.deepEqual(seen.errors, []);
      await page.close();
    });

    for (const spoil of Object.keys(HOSTILE)) {
      test(`hostile: ${spoil}`, async () => {
        const plain = await open(session.browser, `${host.origin}/plain`);
        await ready(plain.page);
        const expected = await look(plain.page);
        await plain.page.close();
        const { page, seen } = await open(session.browser, `${host.origin}/${encodeURIComponent(spoil)}`);
        await ready(page);
        assert.deepEqual(await look(page), expected);
        await job(page);
        assert.deepEqual(seen.errors, []);
        await page.close();
      });
    }

    test('three panels and two tags on one page keep to themselves', async () => {
      const { page, seen } = await open(session.browser, `${host.origin}/three`);
      await until(page, 'three panels', () => [...document.querySelectorAll('amts-ticker')].filter((one) => one.shadowRoot?.querySelector('.at-item')).length === 3);
      await job(page);
      const lines = await page.evaluate(() => [...document.querySelectorAll('amts-ticker')].map((one) => one.shadowRoot.querySelector('.at-status').textContent));
      assert.match(lines[1], /Meldungen zu Hamburg/);
      assert.match(lines[2], /^\d+ Termine( \(|$)/);
      assert.deepEqual(seen.errors, []);
      await page.close();
    });

    test('nothing moves when the panel comes, and nothing holds up the page', async (t) => {
      if (name !== 'chromium') return t.skip('only Chromium measures layout shifts');
      const { page } = await open(session.browser, `${host.origin}/plain`);
      await ready(page);
      const shift = await page.evaluate(() => new Promise((resolve) => {
        let sum = 0;
        const moved = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            if (entry.hadRecentInput) continue;
            sum += entry.value;
            for (const { node, previousRect: from, currentRect: to } of entry.sources) moved.push(`${node?.className ?? node?.nodeName}: ${from.y} to ${to.y}`);
          }
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve({ sum, moved }), 500);
      }));
      t.diagnostic(`cumulative layout shift ${shift.sum.toFixed(4)}`);
      assert.ok(shift.sum <= 0.02, JSON.stringify(shift));
      await page.close();
    });
  });
}
