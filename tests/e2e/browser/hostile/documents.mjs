// The vectors as sources publish them: in every field of feeds, lists and calendars that readers of ours look at. Once
// as the format wants them written, so that each arrives whole, and once raw, as a system that forgets to escape does.

import { address, bytes } from './vectors.mjs';

const NOW = Date.now();
const esc = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const cdata = (text) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
const same = (text) => text;
const NOUNS = ['Brücken', 'Wälder', 'Häfen', 'Museen', 'Schulen', 'Gärten', 'Straßen', 'Archive', 'Kataster', 'Fischerei', 'Bergbau', 'Eichung', 'Statistik', 'Wetter', 'Denkmäler', 'Weinbau', 'Zoll'];
/** Each vector is about something else, or all of them would be one story. */
const about = ({ number }) => `${NOUNS[number % 17]} und ${NOUNS[Math.floor(number / 17) % 17]}`;
/** Titles begin with the vector or end with it; a number keeps every item apart from the others. */
const titled = (vector) => (vector.number % 2 ? `${vector.text} Vektor ${vector.number} ${about(vector)}` : `Vektor ${vector.number} ${about(vector)}: ${vector.text}`);
const said = (vector) => `${vector.text} ${about(vector)}, Vektor ${vector.number}.`;
/** Half of the items link to somewhere, the others nowhere good. */
const link = (vector) => (vector.number % 2 ? `https://amt.example/meldung/${vector.number}` : address(vector.number / 2));
const published = ({ number }) => new Date(NOW - number * 60_000);
const ahead = ({ number }) => new Date(NOW + (1 + number % 60) * 86_400_000);

const XMLNS = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:ev="http://purl.org/rss/1.0/modules/event/"';

const rss = (text, html) => (vectors) => `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" ${XMLNS}><channel><title>${text('Amt <img src=x onerror=pwn(0)>')}</title><link>https://amt.example/</link><description>x</description>${vectors.map((vector) => `<item>
<title>${text(titled(vector))}</title><link>${text(link(vector))}</link><guid isPermaLink="true">${text(`${address(vector.number)}?${vector.number}`)}</guid>
<pubDate>${published(vector).toUTCString()}</pubDate><description>${html(said(vector))}</description><content:encoded>${html(said(vector))}</content:encoded>
<category domain="${esc(vector.text)}">${text(vector.text)}</category><dc:creator>${text(vector.text)}</dc:creator><author>${text(`amt@amt.example (${vector.text})`)}</author>
<enclosure url="${esc(address(vector.number))}" type="image/png" length="1"/><media:thumbnail url="${esc(address(vector.number + 1))}"/><media:content medium="image" url="${esc(address(vector.number + 2))}"><media:title>${text(vector.text)}</media:title></media:content>
<itunes:image href="${esc(address(vector.number + 3))}"/><comments>${text(address(vector.number))}</comments><source url="${esc(address(vector.number))}">${text(vector.text)}</source>
<dc:language>${text(vector.text.slice(0, 34))}</dc:language><ev:location>${text(vector.text)}</ev:location><ev:organizer>${text(vector.text)}</ev:organizer>
</item>`).join('')}</channel></rss>`;

const atom = (vectors) => `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://amt.example/"><title type="html">${esc('<img src=x onerror=pwn(0)>')}</title><id>urn:x</id><updated>${new Date(NOW).toISOString()}</updated>${vectors.map((vector) => `<entry xml:lang="${esc(vector.text.slice(0, 34))}">
<title type="${['html', 'text'][vector.number % 2]}">${esc(titled(vector))}</title><id>${esc(vector.text)} ${vector.number}</id><updated>${published(vector).toISOString()}</updated>
<link href="${esc(link(vector))}" title="${esc(vector.text)}"/><link rel="enclosure" type="image/png" href="${esc(address(vector.number))}"/><link rel="via" href="${esc(address(vector.number))}"/>
<summary type="${['text', 'html'][vector.number % 2]}">${esc(said(vector))}</summary><content type="${['html', 'text/html'][vector.number % 2]}">${cdata(said(vector))}</content>
<author><name>${esc(vector.text)}</name><uri>${esc(address(vector.number))}</uri></author><category term="${esc(vector.text)}" label="${esc(vector.text)}" scheme="${esc(address(vector.number))}"/><rights type="html">${esc(vector.text)}</rights></entry>`).join('')}</feed>`;

const json = (vectors) => JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1', title: 'Amt <img src=x onerror=pwn(0)>', home_page_url: address(0), feed_url: address(0),
  items: vectors.map((vector) => ({
    id: `${vector.text} ${vector.number}`, url: link(vector), external_url: address(vector.number), title: titled(vector),
    [['content_html', 'content_text'][vector.number % 2]]: said(vector), summary: vector.number % 3 ? said(vector) : undefined,
    image: address(vector.number), banner_image: address(vector.number + 1), date_published: published(vector).toISOString(),
    language: vector.text.slice(0, 34), authors: [{ name: vector.text, url: address(vector.number), avatar: address(vector.number) }],
    tags: [vector.text], attachments: [{ url: address(vector.number), mime_type: 'text/html', title: vector.text }],
    _amtsticker: { kicker: vector.number % 5 ? undefined : vector.text },
    _event: vector.number % 4 ? undefined : { start: ahead(vector).toISOString(), place: vector.text, organiser: vector.text, registration: address(vector.number / 4) },
  })),
});

/** A list, and beside it what it says to machines; every field of both is hostile. */
const page = (text) => (vectors) => {
  const data = vectors.filter(({ number }) => number % 3 === 0).map((vector) => ({
    '@type': 'Event', name: titled(vector), description: said(vector), url: link(vector), startDate: ahead(vector).toISOString(), image: address(vector.number),
    location: { '@type': 'Place', name: vector.text, address: vector.text }, organizer: { name: vector.text, url: address(vector.number) }, offers: { url: address(vector.number) },
  }));
  return `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Amt</title><script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', '@graph': data }).replaceAll('<', '\\u003c')}</script></head><body><main>${vectors.map((vector) => `<article class="meldung" title="${esc(vector.text)}" lang="${esc(vector.text.slice(0, 34))}">
<p class="dachzeile">${vector.number % 5 ? '' : text(vector.text)}</p><h2><a href="${esc(link(vector))}" aria-label="${esc(titled(vector))}">${text(titled(vector))}</a></h2>
<time datetime="${published(vector).toISOString()}">heute</time><img src="${esc(address(vector.number))}" alt="${esc(vector.text)}"><p class="text">${text(said(vector))}</p></article>`).join('\n')}</main></body></html>`;
};

const stamp = (date) => date.toISOString().replace(/[-:]|\.\d+/g, '');
const escaped = (text) => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n').replaceAll('\r', '');
const value = (text) => `"${text.replace(/["\r\n]/g, "'")}"`;

const calendar = (text) => (vectors) => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Amt//DE', `X-WR-CALNAME:${text('<img src=x onerror=pwn(0)>')}`,
  ...vectors.flatMap((vector) => ['BEGIN:VEVENT', `UID:vektor-${vector.number}@amt.example`, `DTSTAMP:${stamp(new Date(NOW))}`, `DTSTART:${stamp(ahead(vector))}`,
    `SUMMARY:${text(titled(vector))}`, `DESCRIPTION:${text(said(vector))}`, `X-ALT-DESC;FMTTYPE=text/html:${text(said(vector))}`, `LOCATION;ALTREP=${value(address(vector.number))}:${text(vector.text)}`,
    `URL:${link(vector)}`, `ATTACH:${address(vector.number)}`, `IMAGE;VALUE=URI:${address(vector.number)}`, `CONFERENCE;VALUE=URI:${address(vector.number)}`,
    `ORGANIZER;CN=${value(vector.text)}:${address(vector.number)}`, `CATEGORIES:${text(vector.text)}`, `X-AMTSTICKER-REGISTRATION:${text(address(vector.number + 5))}`,
    `X-AMTSTICKER-ORGANISER:${text(vector.text)}`, 'END:VEVENT']), 'END:VCALENDAR', ''].join('\r\n');

const HTML = 'format = "html"\nselect = { item = "article", title = "h2", link = "h2 a", date = "time", teaser = ".text", kicker = ".dachzeile" }';

/** Name by name: the document of some vectors, its media type, what the catalogue adds, which kinds of items come of it,
    and whether few share one. */
export const DOCUMENTS = {
  rss: { make: rss(esc, cdata), media: 'application/rss+xml', kinds: ['news'] },
  atom: { make: atom, media: 'application/atom+xml', kinds: ['news'] },
  json: { make: json, media: 'application/feed+json', kinds: ['news', 'event'] },
  page: { make: page(esc), media: 'text/html', more: HTML, kinds: ['news', 'event'] },
  ics: { make: calendar(escaped), media: 'text/calendar', more: 'format = "ics"', kinds: ['event'] },
  'rss-raw': { make: rss(same, same), media: 'application/rss+xml', kinds: ['news'], few: true },
  'page-raw': { make: page(same), media: 'text/html', more: HTML, kinds: ['news', 'event'], few: true },
  'ics-raw': { make: calendar(same), media: 'text/calendar', more: 'format = "ics"', kinds: ['event'] },
};

/** A document's bytes. */
export const document = (name, vectors) => bytes(DOCUMENTS[name].make(vectors));
