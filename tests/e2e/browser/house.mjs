// What every browser test needs: the demo server, host pages with one script tag under different policies,
// both browsers, and a patient way to look into the panel's shadow root.

import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import puppeteer from 'puppeteer-core';

const CHROMIUM_FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/** Starts the real binary with its sample publishers; gives its origin and a way to end it. */
export async function startDemo() {
  const binary = process.env.AMTSTICKER_BIN;
  if (!binary) throw new Error('AMTSTICKER_BIN is not set: cargo xtask e2e sets it');
  const child = spawn(binary, ['demo', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk) => { log += chunk; });
  const origin = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}\n${log}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = line.match(/^listening on (http:\/\/\S+)/);
      if (said) resolve(said[1]);
    });
  });
  const stop = () => new Promise((resolve) => { child.once('exit', resolve); child.kill('SIGTERM'); });
  return { origin, stop, log: () => log };
}

/** A foreign page: another origin, its own policy, and whatever markup embeds the panel. */
export async function startHost(pages) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    if (pathname === '/favicon.ico') { response.writeHead(204).end(); return; }
    const page = pages[pathname];
    if (!page) { response.writeHead(404).end(); return; }
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    if (page.policy) headers['content-security-policy'] = page.policy;
    response.writeHead(200, headers);
    response.end(`<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Intranet</title></head><body><h1>Intranet</h1>${page.body}</body></html>`);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }) };
}

/** Launches a browser with a fresh profile; `more` goes to puppeteer. */
export async function launch(name, more = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'amtsticker-e2e-'));
  const options = name === 'chromium'
    ? { browser: 'chrome', executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: CHROMIUM_FLAGS }
    : { browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr' };
  const browser = await puppeteer.launch({ ...options, ...more, headless: true, userDataDir: profile });
  const close = async () => { await browser.close(); await rm(profile, { recursive: true, force: true }); };
  return { browser, close };
}

/** Opens a page and notes what goes wrong on it and whom it asks. */
export async function open(browser, url, { script = true } = {}) {
  const page = await browser.newPage();
  const seen = { errors: [], requests: [] };
  page.on('console', (message) => { if (message.type() === 'error') seen.errors.push(message.text()); });
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  page.on('request', (request) => seen.requests.push(request.url()));
  // Firefox ESR cannot be told by WebDriver BiDi; who opens a page so must see for itself that it carries no script.
  if (!script) await page.setJavaScriptEnabled(false).catch((error) => { if (!/unknown command/.test(error)) throw error; });
  await page.setViewport({ width: 1000, height: 900 });
  await page.goto(url, { waitUntil: 'load' });
  return { page, seen };
}

/** Asks the page until the answer is true; says what it was last if it never is. */
export async function until(page, what, question, ...args) {
  let last;
  for (let tries = 0; tries < 150; tries += 1) {
    last = await page.evaluate(question, ...args).catch((error) => String(error));
    if (last === true) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error(`waited in vain for: ${what}; last answer ${JSON.stringify(last)}`);
}

/** What the panel shows, from inside its shadow root. */
export function shown(page) {
  return page.evaluate(() => {
    const root = document.querySelector('amts-ticker').shadowRoot;
    const texts = (selector) => [...root.querySelectorAll(selector)].map((node) => node.textContent.trim());
    return {
      titles: texts('.at-item > .at-title'),
      states: texts('.at-item > .at-meta'),
      ids: [...root.querySelectorAll('.at-item')].map((node) => node.dataset.atItem),
      status: root.querySelector('[role=status]').textContent.trim(),
      chips: texts('.at-chip'),
      atom: root.querySelector('a[href*="/feeds/atom.xml"]').href,
      focus: root.activeElement && { name: root.activeElement.name, value: root.activeElement.value },
    };
  });
}

/** Clicks inside the shadow root as a reader does: a real pointer event on a visible element. */
export async function click(page, selector) {
  const handle = await page.evaluateHandle(async (wanted) => {
    const root = document.querySelector('amts-ticker').shadowRoot;
    const node = root.querySelector(wanted);
    // A map that opens above it moves it away from where the click goes.
    const place = () => {
      node?.scrollIntoView({ block: 'center' });
      const { x, y, width } = node?.getBoundingClientRect() ?? {};
      return `${x} ${y} ${width}`;
    };
    for (let tries = 0, last = ''; tries < 50 && last !== place(); tries += 1) {
      last = place();
      await new Promise((resolve) => { setTimeout(resolve, 30); });
    }
    return node;
  }, selector);
  const element = handle.asElement();
  if (!element) throw new Error(`nothing to click at ${selector}`);
  await element.click();
}

/** Waits until the panel stands with all its items: the first are there at once, the last part some frames later. */
export function ready(page) {
  return until(page, 'items in the panel', () => {
    const root = document.querySelector('amts-ticker')?.shadowRoot;
    return Boolean(root?.querySelector('.at-item') && root.querySelector('.at-subscribe') && !root.querySelector(':is(.at-facet, .at-item, .at-paging, .at-subscribe, .at-asof)[hidden]'));
  });
}

/** Evaluates with the panel's shadow root. */
export const inside = (page, question, ...args) => page.evaluate(`((...args) => (${question})(document.querySelector('amts-ticker').shadowRoot, ...args))(${args.map((arg) => JSON.stringify(arg)).join()})`);

/** Waits for a line of status, without the number of sources behind it, which other tests look at. */
export const statusIs = (page, wanted) => until(page, `a status like ${wanted}`, (text) => new RegExp(text).test(document.querySelector('amts-ticker').shadowRoot
  .querySelector('.at-status')?.textContent.replace(/ \(\d+\sQuellen\)/, '') ?? ''), wanted);

/** Waits for the part that answers what readers do. */
export const desk = (page) => until(page, 'the desk', () => document.querySelector('amts-ticker').getState().then((state) => state !== undefined));
