// Sources that mean harm: each vector of hostile/ goes through feeds, a list and a calendar, and out again wherever we
// show or write something. No script runs, nobody else is asked, and nothing that we write would make a careless
// program run one. Policies are switched off where a browser can do that: the markup itself has to be sound.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DOCUMENTS } from './hostile/documents.mjs';
import { aboutCalendar, aboutJson, aboutMarkup, aboutXml } from './hostile/judge.mjs';
import { stage } from './hostile/stage.mjs';
import { launch, startHost, until } from './house.mjs';

const NAMES = Object.keys(DOCUMENTS);
/** What wakes up is given items, not markup, so that one form of each kind says it all. */
const WOKEN = ['json', 'ics'];
/** A script that never ends takes its own teaser with it, and raw markup takes its neighbours: so many may be missing. */
const MISSING = 16;

let set;
let host;

before(async () => {
  set = await stage();
  const panels = (name, attributes) => set.halves(name).flatMap((sources) => DOCUMENTS[name].kinds.map((kind) => `<amts-ticker source="${sources}" stories="0" limit="200" tab="${kind === 'event' ? 'events' : 'news'}" ${attributes}></amts-ticker>`)).join('');
  const tag = `<script async src="${set.origin}/widget.js"></script>`;
  const pages = { '/blank': { body: '' }, '/hash': { body: `${tag}<amts-ticker state="hash" enhance="none"></amts-ticker>` } };
  for (const name of NAMES) {
    // Without the browser's own sanitizer it is the fragment that has to be harmless.
    pages[`/asleep/${name}`] = { body: `<script>delete Element.prototype.setHTML</script>${tag}${panels(name, 'enhance="none"')}` };
    pages[`/awake/${name}`] = { body: tag + panels(name, 'enhance="auto"') };
  }
  const raw = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  pages['/control'] = { body: set.vectors.map(({ text }) => `<iframe srcdoc="${raw(`<!doctype html><body><div>${text}</div>`)}"></iframe>`).join('') };
  host = await startHost(pages);
});

after(async () => {
  await host?.stop();
  await set?.stop();
});

/** Opens a page in which a vector that runs tells the trap. */
async function visit(session, url) {
  const page = await session.browser.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.evaluateOnNewDocument((trap) => {
    window.pwn = (number) => { new Image().src = `${trap}/ran/${number}`; };
    for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => window.pwn(name);
  }, set.trap);
  if (session.name === 'chromium') await page.setBypassCSP(true);
  await page.goto(url, { waitUntil: 'load' });
  const strangers = () => asked.filter((address) => /^(https?|wss?):/.test(address) && ![set.origin, host.origin].some((ours) => address.startsWith(`${ours}/`)));
  return { page, strangers };
}

const ours = () => [set.origin, host.origin];

/** What is wrong with a page as it stands, what left it, and what ran. */
async function harmless({ page, strangers }, what) {
  // Handlers run when a picture has failed to load, which takes a moment.
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve, 30)); }));
  assert.deepEqual(await page.evaluate(aboutMarkup, ours()), [], what);
  assert.deepEqual(strangers(), [], what);
  assert.deepEqual(set.caught(), [], what);
}

const numbers = (page) => page.evaluate(() => {
  const roots = [...document.querySelectorAll('amts-ticker')].map((one) => one.shadowRoot).concat(document);
  const texts = roots.flatMap((root) => [...root.querySelectorAll('.at-item')].map((item) => item.textContent));
  return texts.flatMap((text) => /Vektor (\d+)/.exec(text)?.[1] ?? []);
});

test('the vectors are two hundred and more, and all sources were read without asking anybody else', () => {
  const shapes = new Set(set.vectors.map(({ number, text }) => text.replaceAll(String(number), '§')));
  assert.ok(shapes.size >= 200, `${shapes.size} vectors`);
  assert.equal(set.polled.failed, 0);
  assert.deepEqual(set.caught(), []);
});

for (const name of ['chromium', 'firefox']) {
  describe(name, () => {
    const session = { name };
    before(async () => Object.assign(session, await launch(name, name === 'firefox' ? { extraPrefsFirefox: { 'security.csp.enable': false } } : {})));
    after(async () => { await session.close?.(); });

    test('the trap works: the vectors bite where they are let in', async (t) => {
      const { page } = await visit(session, `${host.origin}/control`);
      const bitten = new Set();
      for (let tries = 0; tries < 50 && bitten.size < 100; tries += 1) {
        await new Promise((resolve) => { setTimeout(resolve, 100); });
        for (const url of set.caught()) bitten.add(/^\/(?:ran|t)\/(\d+)/.exec(url)?.[1]);
      }
      const passed = await page.evaluate(({ ours, texts, judge }) => {
        const about = (0, eval)(`(${judge})`);
        return texts.filter((text) => about(ours, new DOMParser().parseFromString(`<div>${text}</div>`, 'text/html')).length === 0);
      }, { ours: ours(), texts: set.vectors.filter(({ number }) => bitten.has(String(number))).map(({ text }) => text), judge: aboutMarkup.toString() });
      await page.close();
      set.caught();
      t.diagnostic(`${bitten.size} of ${set.vectors.length} vectors run or load something`);
      assert.ok(bitten.size >= 100, `${bitten.size}`);
      assert.deepEqual(passed, [], 'what bites is seen in the markup alone');
    });

    for (const form of NAMES) {
      test(`panel: ${form}`, async () => {
        const arrived = new Set();
        for (const way of WOKEN.includes(form) ? ['asleep', 'awake'] : ['asleep']) {
          const visited = await visit(session, `${host.origin}/${way}/${form}`);
          await until(visited.page, 'all panels', (awake) => [...document.querySelectorAll('amts-ticker')].every(({ shadowRoot }) => shadowRoot?.querySelector('.at-subscribe')
            && (!awake || shadowRoot.querySelector('[data-at-awake]'))), way === 'awake');
          if (way === 'awake') {
            // From here on the browser makes the nodes, not the server's HTML.
            await visited.page.evaluate(() => Promise.all([...document.querySelectorAll('amts-ticker')].map((one) => one.setState({ explain: '1' }))));
          }
          for (const number of await numbers(visited.page)) arrived.add(number);
          await harmless(visited, `${way} ${form}`);
          await visited.page.close();
        }
        assert.ok(arrived.size >= set.vectors.length - MISSING, `${arrived.size} of ${set.vectors.length} vectors are shown`);
      });

      test(`our own pages: ${form}`, async () => {
        for (const path of form === 'json' ? ['/embed', '/'] : ['/embed']) {
          for (const sources of set.halves(form)) {
            for (const kind of DOCUMENTS[form].kinds) {
              const visited = await visit(session, `${set.origin}${path}?source=${sources}&stories=0&limit=200&kind=${kind}`);
              await harmless(visited, `${path} ${form} ${kind}`);
              await visited.page.close();
            }
          }
        }
      });
    }

    test('pages that name a publisher', async () => {
      for (const path of ['/sources', '/topics', '/trends', '/?explain=1&limit=200', '/embed?explain=1&limit=200&view=cards']) {
        const visited = await visit(session, set.origin + path);
        await harmless(visited, path);
        await visited.page.close();
      }
    });

    test('what readers ask for comes back as text', async () => {
      const visited = await visit(session, `${host.origin}/blank`);
      const wrong = await visited.page.evaluate(async ({ ours, texts, judge }) => {
        const [origin] = ours;
        const found = [];
        const about = (0, eval)(`(${judge})`);
        for (const text of texts) {
          const asked = encodeURIComponent(text);
          for (const path of [`/embed?limit=1&q=${asked}&heading=${asked}`, `/?limit=1&q=${asked}`, `/panel?limit=1&shell=dsd&heading=${asked}`]) {
            const answer = await fetch(origin + path);
            const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
            if (answer.status !== 200 && answer.status !== 400) found.push(`${path}: ${answer.status}`);
            if (/html/.test(answer.headers.get('content-type'))) found.push(...about(ours, fresh));
          }
          for (const path of [`/embed?state=${asked}`, `/panel?theme=${asked}`, `/api/v1/items?source=${asked}`, `/w/${asked}/x.js`, `/feeds/event/${asked}.ics`, `/${asked}`]) {
            const answer = await fetch(origin + path);
            if (answer.status < 400 || /html/.test(answer.headers.get('content-type'))) found.push(`${path}: ${answer.status} ${answer.headers.get('content-type')}`);
          }
        }
        return found;
      }, { ours: ours(), texts: set.vectors.filter(({ number }) => number % 8 === 1).map(({ text }) => text), judge: aboutMarkup.toString() });
      assert.deepEqual(wrong, []);
      await visited.page.close();
      for (const { text, number } of set.vectors.filter((one) => one.number % 48 === 3)) {
        const asked = encodeURIComponent(text);
        for (const url of [`${set.origin}/embed?q=${asked}&heading=${asked}`, `${host.origin}/hash#at=q:${encodeURIComponent(asked)};heading:${asked}`]) {
          const live = await visit(session, url);
          await harmless(live, `${number} ${url}`);
          await live.page.close();
        }
      }
    });

    test('feeds, calendars and data hold no markup and no other links', async () => {
      const visited = await visit(session, `${host.origin}/blank`);
      const written = [];
      const ask = async (path, judge) => {
        const body = await (await fetch(set.origin + path)).text();
        written.push(path);
        const wrong = judge === aboutCalendar || judge === aboutJson ? judge(body) : [];
        assert.deepEqual(wrong, [], path);
        assert.deepEqual(await visited.page.evaluate(judge === aboutCalendar ? (text) => [text].filter((one) => Object.assign(document.createElement('div'), { innerHTML: one }).firstElementChild) : aboutXml, body), [], path);
      };
      for (const form of NAMES) {
        for (const sources of set.halves(form)) {
          for (const kind of DOCUMENTS[form].kinds) {
            const query = `source=${sources}&stories=0&limit=200&kind=${kind}`;
            for (const file of ['atom.xml', 'rss.xml', 'feed.json']) await ask(`/feeds/${file}?${query}`, file === 'feed.json' ? aboutJson : aboutXml);
            await ask(`/api/v1/items?${query}&explain=1`, aboutJson);
          }
          await ask(`/feeds/events.ics?source=${sources}&stories=0&limit=200`, aboutCalendar);
        }
      }
      await ask('/feeds/sources.opml', aboutXml);
      const { items } = await (await fetch(`${set.origin}/api/v1/items?kind=event&limit=20`)).json();
      for (const { id } of items) {
        await ask(`/feeds/event/${id}.ics`, aboutCalendar);
        await ask(`/api/v1/items/${id}`, aboutJson);
      }
      for (const path of ['/api/v1/sources', '/api/v1/topics', '/api/v1/states', '/api/v1/trends']) await ask(path, aboutJson);
      await harmless(visited, `after ${written.length} documents`);
      await visited.page.close();
    });
  });
}
