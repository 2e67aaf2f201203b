// How fast the panel is there, on three networks with a slower processor each: beside a variant that shows nothing
// before its WASM has run, and beside the least there is, the fragment inside the host's own HTML. All in one run, round
// by round, so that a busy machine is busy for each; medians, and the least of all rounds, which other programs disturbed
// least. The ratio of the medians is what is judged, for it says more than milliseconds.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { bound, median, SLOWER, tasks } from './tasks.mjs';
import { CHROMIUM, FLAGS, startDemo, startPages } from './stand.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 7);
const PROFILES = [
  { name: '50 ms, 10 Mbit/s, CPU 1x', latency: 50, megabits: 10, slower: 1 },
  { name: '100 ms, 2 Mbit/s, CPU 2x', latency: 100, megabits: 2, slower: 2 },
  { name: '150 ms, 1.6 Mbit/s, CPU 4x', latency: 150, megabits: 1.6, slower: 4 },
];

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

const demo = await startDemo();
const host = await startPages(await pages(demo.origin));
const profile = await mkdtemp(join(tmpdir(), 'amtsticker-audit-'));
const browser = await puppeteer.launch({ executablePath: CHROMIUM, args: FLAGS, headless: true, userDataDir: profile });
const all = { appearing, holding, answering };
const wanted = process.env.ONLY?.split(',') ?? Object.keys(all);
const troubles = [];
try {
  for (const name of wanted) await all[name]();
} finally {
  await browser.close();
  await rm(profile, { recursive: true, force: true });
  await Promise.all([demo.stop(), host.stop()]);
}
for (const trouble of troubles) console.error(trouble);
process.exitCode = troubles.length ? 1 : 0;

/** The variants. Client-rendered means: script, module, data, and only then the first item; the same module and view. */
async function pages(origin) {
  const text = async (path) => (await fetch(origin + path)).text();
  const hash = /\/w\/(\w{16})\//.exec(await text('/'))?.[1];
  if (!hash) throw new Error('this binary was built without the widget');
  const { html, data } = JSON.parse(await text('/panel?q=gibtesnicht&shell=json'));
  const client = `(async () => {
    const empty = ${JSON.stringify({ html, data })};
    const ticker = document.querySelector('client-ticker');
    const root = ticker.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(${JSON.stringify(await text(`/w/${hash}/panel.css`))});
    root.adoptedStyleSheets = [sheet];
    const module = await import('${origin}/w/${hash}/panel.js');
    await module.default({ module_or_path: fetch('${origin}/w/${hash}/panel_bg.wasm') });
    const items = await (await fetch('${origin}/panel?shell=data')).text();
    const box = document.createElement('div');
    box.innerHTML = empty.html;
    const handle = module.read(JSON.stringify(empty.data));
    handle.hydrate(box);
    handle.show(items);
    root.append(box);
    window.kept = handle;
  })();`.replaceAll('</', '<\\/');
  const before = '<h1>Intranet</h1><p>Aktuelles aus den Ländern.</p>';
  const dsd = (await text('/panel?shell=dsd')).replace(/<link[^>]*>/, `<style>${await text(`/w/${hash}/panel.css`)}</style>`);
  return {
    '/empty': before,
    '/floor': before + dsd,
    '/panel': `${before}<script async src="${origin}/widget.js"></script>`,
    '/client': `${before}<client-ticker></client-ticker><script async src="/client.js"></script>`,
    '/client.js': { type: 'text/javascript', text: client },
    '/intent': `${before}<script async src="${origin}/widget.js" data-enhance="interaction"></script>`,
  };
}

async function open(path, { latency, megabits, slower } = {}) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1000, height: 900 });
  const session = await page.createCDPSession();
  await session.send('Network.enable');
  if (slower) {
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    const throughput = megabits * 1e6 / 8;
    await session.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: throughput, uploadThroughput: throughput });
    await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  }
  await page.evaluateOnNewDocument(watch);
  await page.goto(host.origin + path, { waitUntil: 'load' });
  return page;
}

/** Runs in the page: when the first item is painted, and what moved. */
function watch() {
  window.seen = { shift: 0 };
  new PerformanceObserver((list) => { for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.seen.shift += value; }).observe({ type: 'layout-shift', buffered: true });
  addEventListener('at-enhanced', () => { window.seen.awake = performance.now(); }, { once: true });
  const look = () => {
    const item = document.querySelector('amts-ticker, client-ticker')?.shadowRoot?.querySelector('.at-item');
    // A frame that ends with the item in it has painted it. Measuring it here would do the layout that is to be measured.
    if (item) setTimeout(() => { window.seen.first = performance.now(); });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function appearing() {
  console.log(`First item after the start of the navigation in ms, of ${ROUNDS} rounds the median and the least`);
  const columns = ['floor', 'panel', 'client', 'ratio', 'floor', 'panel', 'client', 'ratio', 'shift'];
  console.log(`${'network'.padEnd(28)}${columns.map((name) => name.padStart(8)).join('')}`);
  for (const conditions of PROFILES) {
    const first = { '/floor': [], '/panel': [], '/client': [] };
    const shifts = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const path of Object.keys(first)) {
        const page = await open(path, conditions);
        await page.waitForFunction(() => window.seen.first, { timeout: 60_000 });
        first[path].push(await page.evaluate(() => window.seen.first));
        if (path === '/panel') {
          // Waking up must not move anything either.
          await page.waitForFunction(() => window.seen.awake, { timeout: 60_000 });
          await pause(200);
          shifts.push(await page.evaluate(() => window.seen.shift));
        }
        await page.close();
      }
    }
    const times = [median, (values) => Math.min(...values)].map((of) => Object.values(first).map(of));
    const [middle, ratio] = times.map(([, panel, client]) => panel / client);
    const cells = [...times[0].map((time) => time.toFixed(0)), middle.toFixed(2), ...times[1].map((time) => time.toFixed(0)), ratio.toFixed(2), Math.max(...shifts).toFixed(4)];
    if (middle > 0.55) troubles.push(`${conditions.name}: the first item takes ${middle.toFixed(2)} of a client-rendered panel's time, 0.55 is promised`);
    if (Math.max(...shifts) > 0.02) troubles.push(`${conditions.name}: the page moves by ${Math.max(...shifts)}, 0.02 is promised`);
    console.log(`${conditions.name.padEnd(28)}${cells.map((cell) => cell.padStart(8)).join('')}`);
  }
}

/** The longest tasks until a panel has woken by itself. */
async function holding() {
  console.log(`\nLongest tasks before any interaction, medians in ms of processor time ${SLOWER} times over, and what they were`);
  const longest = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const path of ['/empty', '/floor', '/panel']) {
      (longest[path] ??= []).push(await tasks(browser, host.origin + path, path === '/panel' ? 'document.querySelector("amts-ticker").shadowRoot.querySelector("[data-at-awake]") !== null' : 'true'));
    }
  }
  const of = (path, place) => median(longest[path].map((found) => found[place]?.time ?? 0));
  for (const [path, rounds] of Object.entries(longest)) {
    const last = rounds.at(-1).slice(0, 3).map(({ time, what }) => `${time.toFixed(0)} ${what}`);
    console.log(`${path.padEnd(8)}${[0, 1, 2].map((place) => of(path, place).toFixed(0).padStart(6)).join('')}   last round: ${last.join('; ')}`);
  }
  const [panel, allowed] = [of('/panel', 0), bound(of('/empty', 0))];
  if (panel > allowed) troubles.push(`a task takes ${panel.toFixed(0)} ms on a processor ${SLOWER} times slower, ${allowed.toFixed(0)} are promised`);
}

/** With everything in the browser's cache: from the reader's intent to a woken panel, from a filter to its items. */
async function answering() {
  const woken = [], filtered = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const page = await open('/intent');
    await page.waitForFunction(() => window.seen.first);
    await page.evaluate(() => document.querySelector('amts-ticker').getState());
    await page.evaluate(() => {
      document.querySelector('amts-ticker').addEventListener('pointerover', () => { window.seen.intent ??= performance.now(); }, { capture: true });
    });
    const box = await page.evaluateHandle(() => {
      const input = document.querySelector('amts-ticker').shadowRoot.querySelector('input[value=HH]');
      input.scrollIntoView({ block: 'center' });
      return input;
    });
    await box.hover();
    await page.waitForFunction(() => window.seen.awake);
    woken.push(await page.evaluate(() => window.seen.awake - window.seen.intent));
    // The items of the whole filter come right after; the reader has not chosen yet.
    await pause(300);
    await page.evaluate(() => {
      const root = document.querySelector('amts-ticker').shadowRoot;
      const before = root.querySelector('.at-list').textContent;
      root.addEventListener('change', () => {
        const begin = performance.now();
        const look = () => {
          if (root.querySelector('.at-list').textContent === before) requestAnimationFrame(look);
          else setTimeout(() => { window.seen.filtered = performance.now() - begin; });
        };
        requestAnimationFrame(look);
      }, { capture: true });
    });
    await box.click();
    await page.waitForFunction(() => window.seen.filtered);
    filtered.push(await page.evaluate(() => window.seen.filtered));
    await page.close();
  }
  // The first round fills the cache.
  console.log(`\nintent to woken panel, warm cache: median ${median(woken.slice(1)).toFixed(0)} ms; first visit ${woken[0].toFixed(0)} ms`);
  console.log(`filter to paint, woken: median ${median(filtered.slice(1)).toFixed(0)} ms`);
  for (const [what, times] of [['waking', woken], ['a filter', filtered]]) {
    const took = median(times.slice(1));
    if (took > 100) troubles.push(`${what} takes ${took.toFixed(0)} ms, 100 are promised`);
  }
}
