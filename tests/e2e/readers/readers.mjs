// Feeds as Node's feedsmith takes them, calendars as ical.js does. Called with files; prints a line of JSON for each:
// what was found, and what was complained of. Files end in .atom, .rss, .json or .ics; dates are seconds since 1970.

import { readFileSync } from 'node:fs';
import { parseFeed } from 'feedsmith';
import ICAL from 'ical.js';

const seconds = (text) => (text ? Math.floor(Date.parse(text) / 1000) : null);
const text = (value) => (typeof value === 'object' && value ? value.value : value);
// What is marked as HTML, or may be by the rules of RSS, is shown with its references resolved and without its markup.
const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'" };
const shown = (html) => html.replace(/<[^>]*>/g, '').replace(/&(#?\w+);/g, (all, name) => entities[name] ?? all);

const readers = {
  atom: ({ feed }, source) => (feed.entries ?? []).map((entry, nth) => ({
    id: entry.id,
    title: source[nth] === 'html' ? shown(text(entry.title)) : text(entry.title),
    link: entry.links?.find((link) => (link.rel ?? 'alternate') === 'alternate')?.href,
    date: seconds(entry.published),
  })),
  rss: ({ feed }) => (feed.items ?? []).map((item) => ({
    id: item.guid?.value, title: shown(item.title), link: item.link, date: seconds(item.pubDate),
  })),
  json: ({ feed }) => (feed.items ?? []).map((item) => ({
    id: item.id, title: item.title, link: item.url, date: seconds(item.date_published),
  })),
};

function calendar(data) {
  ICAL.design.strict = true;
  const read = new ICAL.Component(ICAL.parse(data));
  for (const zone of read.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const entries = read.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const start = event.startDate;
    return {
      id: event.uid, title: event.summary, link: component.getFirstPropertyValue('url'),
      date: start.isDate ? start.toString() : start.toUnixTime(),
    };
  });
  return { title: read.getFirstPropertyValue('x-wr-calname'), entries };
}

for (const file of process.argv.slice(2)) {
  const data = readFileSync(file, 'utf8');
  const ending = file.split('.').pop();
  let line;
  if (ending === 'ics') {
    line = { reader: 'ical.js', ...calendar(data) };
  } else {
    const read = parseFeed(data);
    // feedsmith hands out a title without saying of which type it is.
    const types = [...data.matchAll(/<entry\b[\s\S]*?<title(?: type="(\w+)")?/g)].map((found) => found[1]);
    const complaints = read.format === ending ? [] : [`taken for ${read.format}`];
    line = { reader: 'feedsmith', title: text(read.feed.title), entries: readers[ending](read, types), complaints };
  }
  console.log(JSON.stringify({ complaints: [], ...line, file }));
}
