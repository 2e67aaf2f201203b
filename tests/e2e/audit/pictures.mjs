// The pictures of README and docs, taken of the demo server: `cargo xtask audit pictures`. Look at each before it is committed.
//
// Two things are as on a reader's machine and not as on this one: the font is the one that the stylesheet names first, and
// addresses are not those of a port of this one: the server's is that of the documentation, a publisher's a made up one.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { CHROMIUM, FLAGS, startDemo, startPages } from './stand.mjs';

const DOCS = fileURLToPath(new URL('../../../docs', import.meta.url));
const ADDRESS = 'ticker.example.de';

const demo = await startDemo();
const tag = `<script async src="${demo.origin}/widget.js"></script>`;
const page = (attributes, style) => `<style>body{margin:24px;${style ?? ''}}</style>${tag}<amts-ticker ${attributes}></amts-ticker>`;
const host = await startPages({
  '/panel': page('state="HH" unlock'),
  '/calendar': page('tab="events" view="calendar"'),
  '/cards-dark': page('view="cards" theme="dark"', 'background:#000'),
  '/narrow': page('', 'margin:0'),
  '/seitenspalte': `<style>
    body{margin:0;font:16px/1.5 "Fira Sans",sans-serif} header{padding:12px 24px;background:#00576b;color:#fff;font-size:24px;font-weight:600}
    div{display:grid;grid-template-columns:1fr 340px;gap:120px;padding:24px} h1{margin-top:0;color:#00576b;font-size:24px} amts-ticker{--at-accent:#00576b;--at-radius:0}
  </style><header>Intranet</header><div><main><h1>Willkommen im Intranet</h1>
    <p>So sieht der Kasten in einer Seitenspalte aus: mit den Farben der Seite, eine Überschriftenebene tiefer, nur mit dem, was Bund und Hamburg melden.</p>
    <p>Die Zeile dazu steht im Quelltext der Seite an dieser Stelle, sonst nichts.</p></main>
    <aside>${tag.replace('>', ' data-state="HH,BUND" data-tabs="news" data-view="compact" data-heading="Digitale Verwaltung">')}</aside></div>`,
});
const hash = /\/w\/(\w{16})\//.exec(await (await fetch(demo.origin)).text())?.[1];
if (!hash) throw new Error('this binary was built without the widget');
const profile = await mkdtemp(join(tmpdir(), 'amtsticker-pictures-'));
const browser = await puppeteer.launch({ executablePath: CHROMIUM, args: [...FLAGS, '--lang=de'], headless: true, userDataDir: profile });
try {
  for (const [name, width, height] of [['panel', 1150, 900], ['calendar', 1150, 1000], ['cards-dark', 1150, 900], ['narrow', 320, 1000], ['seitenspalte', 1150, 800]]) {
    await take(name, `${host.origin}/${name}`, width, height);
  }
  await take('start', `${demo.origin}/`, 1280, 1000);
} finally {
  await browser.close();
  await rm(profile, { recursive: true, force: true });
  await Promise.all([demo.stop(), host.stop()]);
}

async function take(name, url, width, height) {
  const shown = await browser.newPage();
  await shown.setViewport({ width, height });
  // Our own pages load no font.
  await shown.setBypassCSP(true);
  await shown.goto(url, { waitUntil: 'load' });
  await shown.waitForFunction(() => document.querySelector('amts-ticker')?.shadowRoot?.querySelector('[data-at-awake]'));
  await shown.evaluate(dress, `${demo.origin}/w/${hash}/fira-sans`, new URL(demo.origin).host, ADDRESS);
  await shown.screenshot({ path: join(DOCS, `${name}.png`) });
  await shown.close();
  console.log(`docs/${name}.png`);
}

/** Runs in the page: the font, and the address in all that can be read. */
async function dress(font, here, address) {
  for (const weight of [400, 600]) document.fonts.add(await new FontFace('Fira Sans', `url(${font}-${weight}.woff2)`, { weight }).load());
  const better = (text) => text.replaceAll(`http://${here}`, `https://${address}`).replaceAll(/127\.0\.0\.1:\d+/g, 'kalender.example');
  for (const root of [document.body, document.querySelector('amts-ticker').shadowRoot]) {
    for (const field of root.querySelectorAll('textarea, input')) if (field.value) field.value = better(field.value);
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = better(texts.currentNode.data);
  }
  await new Promise((done) => { requestAnimationFrame(() => setTimeout(done, 100)); });
}
