// What other people's tools say of our pages: pa11y with axe and with HTML_CodeSniffer, and Lighthouse on accessibility
// and best practices. Prints a table and ends with an error if anything is found.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import pa11y from 'pa11y';
import puppeteer from 'puppeteer-core';
import { CHROMIUM, FLAGS, startDemo, startPages } from './stand.mjs';

const demo = await startDemo();
const tag = `<script async src="${demo.origin}/widget.js"></script>`;
const host = await startPages({ '/': `<main><h1>Intranet</h1><p>Aktuelles aus den Ländern.</p>${tag}<amts-ticker></amts-ticker></main>` });
const profile = await mkdtemp(join(tmpdir(), 'amtsticker-audit-'));
const browser = await puppeteer.launch({ executablePath: CHROMIUM, args: FLAGS, headless: true, userDataDir: profile });
const troubles = [];
try {
  await issues([
    `${demo.origin}/`, `${demo.origin}/?lang=en`, `${demo.origin}/embed`, `${demo.origin}/embed?lang=de-simple&view=cards`, `${demo.origin}/embed?kind=event&view=calendar`,
    `${demo.origin}/trends`, `${demo.origin}/sources`, `${demo.origin}/topics`, `${demo.origin}/privacy`, `${demo.origin}/accessibility`, `${host.origin}/`,
  ]);
  await scores([['start page', `${demo.origin}/`], ['host page', `${host.origin}/`], ['/embed', `${demo.origin}/embed`]]);
} finally {
  await browser.close();
  await rm(profile, { recursive: true, force: true });
  await Promise.all([demo.stop(), host.stop()]);
}
for (const trouble of troubles) console.error(trouble);
process.exitCode = troubles.length ? 1 : 0;

/** pa11y: issues and warnings alike are troubles. */
async function issues(urls) {
  for (const url of urls) {
    for (const runner of ['axe', 'htmlcs']) {
      const { issues: all } = await pa11y(url, { browser, runners: [runner], standard: 'WCAG2AA', wait: 1500, timeout: 120_000 });
      // Numbers inside pictures, which tables beside them repeat: axe cannot see on which shape they stand, and says so.
      const found = all.filter(({ selector, runnerExtras }) => !(runnerExtras?.needsFurtherReview && / svg > /.test(selector)));
      console.log(`pa11y ${runner.padEnd(7)} ${new URL(url).pathname + new URL(url).search}: ${found.length} issues`);
      for (const { code, message, selector, context } of found) troubles.push(`${url} ${runner} ${code}: ${message}\n  ${selector}\n  ${context}`);
    }
  }
}

/** Lighthouse: full marks, or what they were lost for. */
async function scores(pages) {
  const port = Number(new URL(browser.wsEndpoint()).port);
  for (const [name, url] of pages) {
    for (const formFactor of ['mobile', 'desktop']) {
      const screen = formFactor === 'desktop' ? { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false } : undefined;
      const { lhr } = await lighthouse(url, { port, logLevel: 'error' }, { extends: 'lighthouse:default', settings: { onlyCategories: ['accessibility', 'best-practices'], formFactor, ...(screen && { screenEmulation: screen }) } });
      const marks = Object.values(lhr.categories).map(({ title, score }) => `${title} ${Math.round(score * 100)}`);
      console.log(`Lighthouse ${name}, ${formFactor}: ${marks.join(', ')}`);
      for (const { title, score, auditRefs } of Object.values(lhr.categories)) {
        if (score === 1) continue;
        const lost = auditRefs.map(({ id }) => lhr.audits[id]).filter((audit) => audit.score !== null && audit.score < 1);
        for (const audit of lost) troubles.push(`${url} ${title}: ${audit.id}: ${audit.title} ${JSON.stringify(audit.details?.items ?? '').slice(0, 600)}`);
      }
    }
  }
}
