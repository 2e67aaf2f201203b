// A page that comes in pieces, as from a slow server: the panel stands in the page's own HTML, the script runs when
// half of it is there. There is one panel in the end, and it wakes up.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { launch, startDemo, until } from './house.mjs';

let demo;
let server;
let origin;
/** Called once the script has run: sends the rest. */
let rest;

before(async () => {
  demo = await startDemo();
  const included = await (await fetch(`${demo.origin}/panel?state=HH&shell=dsd`)).text();
  // In the middle of the root: after its stylesheet, and inside its list.
  const cuts = { '/root': included.indexOf('<div class="at-host">'), '/list': included.lastIndexOf('class="at-item"') - 4 };
  server = createServer(({ url }, response) => {
    if (!(url in cuts)) { response.writeHead(204).end(); return; }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.write(`<!doctype html><html lang="de"><head><title>Intranet</title><script async src="${demo.origin}/widget.js"></script></head><body>${included.slice(0, cuts[url])}`);
    rest = () => response.end(`${included.slice(cuts[url])}</body></html>`);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  origin = `http://127.0.0.1:${server.address().port}`;
});

after(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => { server ? server.close(resolve) : resolve(); });
  await demo?.stop();
});

for (const name of ['chromium', 'firefox']) {
  describe(name, () => {
    let session;
    before(async () => { session = await launch(name); });
    after(async () => { await session?.close(); });

    for (const path of ['/root', '/list']) {
      test(`cut inside the ${path.slice(1)}`, async () => {
        const page = await session.browser.newPage();
        const coming = page.goto(origin + path, { waitUntil: 'load' });
        await until(page, 'a panel without its end', () => document.readyState === 'loading' && document.querySelector('amts-ticker')?.matches(':defined') === true);
        rest();
        await coming;
        await until(page, 'a woken panel', () => document.querySelector('amts-ticker').shadowRoot.querySelector('[data-at-awake]') !== null);
        const found = await page.evaluate(() => {
          const root = document.querySelector('amts-ticker').shadowRoot;
          const ids = [...root.querySelectorAll('[id]')].map(({ id }) => id);
          return { panels: root.querySelectorAll('.at-root').length, twice: ids.filter((id, place) => ids.indexOf(id) !== place), items: root.querySelectorAll('.at-item').length > 2 };
        });
        assert.deepEqual(found, { panels: 1, twice: [], items: true });
        await page.close();
      });
    }
  });
}
