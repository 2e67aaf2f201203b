// The subscribed calendar as a reader that is not ours takes it: ical.js, the one of Thunderbird, in strict mode.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ICAL from 'ical.js';
import { startDemo } from './house.mjs';

let demo;

before(async () => { demo = await startDemo(); });
after(async () => { await demo?.stop(); });

const events = async (query) => {
  const text = await (await fetch(`${demo.origin}/feeds/events.ics${query}`)).text();
  ICAL.design.strict = true;
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
};

test('a calendar of the demo is read without a complaint', async () => {
  // The sample publishers are visited once the server listens.
  let all = [];
  for (let tries = 0; tries < 200 && all.length === 0; tries += 1) {
    all = await events('');
    if (all.length === 0) await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  assert.ok(all.length > 0, demo.log());
  assert.equal(new Set(all.map((event) => event.uid)).size, all.length, 'each event once');
  for (const event of all) {
    assert.ok(event.summary && event.startDate, event.uid);
    assert.ok(Number.isInteger(event.sequence) && event.sequence >= 0, event.uid);
    assert.ok(event.endDate.compare(event.startDate) >= 0, event.uid);
  }
  for (const event of await events('?topic=cdo')) assert.ok(all.some((one) => one.uid === event.uid), event.uid);
});
