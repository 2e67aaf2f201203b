// A panel holds nobody up: until it has woken by itself no task takes longer than a tap may wait, on a machine four
// times slower, beside an empty page in the same minute.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, startDemo, startHost } from './house.mjs';
import { bound, median, tasks } from './tasks.mjs';

const ROUNDS = 7;

let demo;
let host;
let session;

before(async () => {
  demo = await startDemo();
  const watch = '<script>window.awake = false; addEventListener("at-enhanced", () => { window.awake = true; });</script>';
  host = await startHost({ '/empty': { body: '<p>Aktuelles</p>' }, '/panel': { body: `${watch}<script async src="${demo.origin}/widget.js"></script>` } });
  session = await launch('chromium');
});

after(async () => {
  await session?.close();
  await host?.stop();
  await demo?.stop();
});

test('no task holds up a slow machine before a reader does anything', async () => {
  const longest = { '/empty': [], '/panel': [] };
  let last;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const path of Object.keys(longest)) {
      last = await tasks(session.browser, host.origin + path, path === '/panel' ? 'window.awake' : 'true');
      longest[path].push(last[0]?.time ?? 0);
    }
  }
  const [empty, panel] = Object.values(longest).map(median);
  const what = last.slice(0, 3).map(({ time, what: most }) => `${time.toFixed(0)} ${most}`).join(', ');
  console.log(`longest task, median of ${ROUNDS}, ms of processor time four times over: empty page ${empty.toFixed(0)}, panel ${panel.toFixed(0)} (last: ${what})`);
  assert.ok(panel > 0, 'something was measured');
  assert.ok(panel <= bound(empty), `${panel} ms; ${bound(empty)} ms are allowed beside an empty page of ${empty} ms`);
});
