// What must hold of everything that is shown or written. Each function gives what is wrong, in short lines; those about
// markup and XML run inside a browser, whose parsers are the ones that count.

/** A page, its panels included: only our elements, no handlers, no addresses but those of the web, and markup that is
    the same when it is read again. `ours` are the origins that pages may load from. */
export function aboutMarkup(ours, page = document) {
  const OURS = new Set(['a', 'amts-ticker', 'body', 'button', 'caption', 'circle', 'code', 'dd', 'desc', 'details', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure',
    'footer', 'form', 'g', 'h1', 'h2', 'h3', 'h4', 'head', 'header', 'html', 'input', 'label', 'legend', 'li', 'line', 'link', 'main', 'mark', 'meta', 'nav', 'ol', 'option',
    'output', 'p', 'path', 'polyline', 'pre', 'rect', 'script', 'section', 'select', 'slot', 'span', 'strong', 'summary', 'svg', 'table', 'tbody', 'td', 'template', 'text',
    'textarea', 'tfoot', 'th', 'thead', 'time', 'title', 'tr', 'tspan', 'ul', 'use']);
  const LOADS = ['src', 'srcset', 'data', 'poster', 'background', 'action', 'formaction', 'ping', 'srcdoc', 'style', 'manifest', 'is', 'xlink:href', 'attributename'];
  const WEB = ['http:', 'https:', 'mailto:', 'webcal:'];
  const wrong = [];
  const say = (node, why) => { if (wrong.length < 12) wrong.push(`${why}: ${node.outerHTML.slice(0, 160)}`); };
  const own = (address) => /^\/(?!\/)/.test(address) || ours.some((origin) => address.startsWith(`${origin}/`));
  const check = (node) => {
    const { localName: name, namespaceURI } = node;
    if (!OURS.has(name) || (name === 'script' && namespaceURI !== document.documentElement.namespaceURI)) say(node, 'not ours');
    for (const { name: attribute, value } of node.attributes) {
      const plain = attribute.toLowerCase();
      if (!/^[a-z][a-z:_-]*\d*$/.test(plain)) say(node, `attribute ${attribute}`);
      else if (plain.startsWith('on')) say(node, 'handler');
      else if (LOADS.includes(plain) && !(/^(script|form)$/.test(name) && own(value))) say(node, plain);
      else if (plain === 'href' && (name === 'link' ? !own(value) : !WEB.includes(new URL(value, ours[0]).protocol))) say(node, 'address');
    }
    if (name === 'amts-ticker' && node.hasAttribute('api')) say(node, 'api');
    if (name === 'div' && node.classList.contains('amts-ticker')) say(node, 'a panel inside');
    if (name === 'script' && node.textContent.trim() && !/setHTML/.test(node.textContent)) say(node, 'script');
    if (name === 'meta' && node.httpEquiv) say(node, 'meta');
  };
  const look = (root) => {
    for (const node of root.querySelectorAll('*')) {
      check(node);
      if (node.shadowRoot) look(node.shadowRoot);
      if (node.localName === 'template') look(node.content);
    }
    for (const part of root.querySelectorAll('.at-root')) {
      const again = new DOMParser().parseFromString(`<body>${part.outerHTML}`, 'text/html').body;
      if (again.querySelectorAll('*').length !== part.querySelectorAll('*').length + 1) say(part, 'changes when it is read again');
    }
  };
  look(page);
  return wrong;
}

/** XML or JSON as text, in a browser: it can be read, and each text in it may be put into a page without care. */
export function aboutXml(text) {
  const wrong = [];
  const say = (line) => { if (wrong.length < 12) wrong.push(line.slice(0, 200)); };
  const careless = (value, where) => {
    if (!value.includes('<')) return;
    const box = document.createElement('div');
    box.innerHTML = value;
    if (box.firstElementChild) say(`${where}: ${value}`);
  };
  if (text.startsWith('{') || text.startsWith('[')) {
    JSON.parse(text, (key, value) => { if (typeof value === 'string') careless(value, key); return value; });
    return wrong;
  }
  const read = new DOMParser().parseFromString(text, 'application/xml');
  if (read.querySelector('parsererror')) return [read.querySelector('parsererror').textContent];
  if (read.doctype || [...read.childNodes].some((node) => node.nodeType === 7)) say('a doctype or an instruction');
  for (const node of read.querySelectorAll('*')) {
    if (/xhtml|svg|MathML|XInclude/.test(node.namespaceURI)) say(`element ${node.nodeName}`);
    if (!node.firstElementChild) careless(node.textContent, node.nodeName);
    const addresses = [...node.attributes].filter(({ name }) => /^(href|url|src|xmlUrl|htmlUrl)$/.test(name)).map(({ value }) => value);
    if (/^(link|uri|url|comments|docs|ownerId)$/.test(node.nodeName) && node.textContent.trim()) addresses.push(node.textContent);
    for (const { name, value } of node.attributes) careless(value, `${node.nodeName} ${name}`);
    for (const address of addresses) if (!/^https?:\/\/[^\s"<>`]+$/.test(address)) say(`${node.nodeName}: ${address}`);
  }
  return wrong;
}

const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;

/** JSON of the API or a feed: addresses are of the web, texts hold nothing that cannot be seen. */
export function aboutJson(text) {
  const wrong = [];
  JSON.parse(text, (key, value) => {
    if (typeof value !== 'string') return value;
    if (HIDDEN.test(value)) wrong.push(`hidden characters in ${key}: ${JSON.stringify(value)}`);
    if (/url|image|^home$|^next_url$/.test(key) && value && !/^https?:\/\/[^\s"<>`]+$/.test(value)) wrong.push(`${key}: ${value}`);
    if (key === 'registration' && !/^(https?:\/\/|mailto:)?[^\s"<>`]+$/.test(value)) wrong.push(`${key}: ${value}`);
    if (key === 'lang' && !/^[a-z0-9]+(-[a-z0-9]+)*$/i.test(value)) wrong.push(`${key}: ${value}`);
    return value;
  });
  return wrong.slice(0, 12);
}

/** A calendar: lines as RFC 5545 has them, and no line but those that we write. */
export function aboutCalendar(text) {
  const OURS = new Set(['BEGIN', 'END', 'VERSION', 'PRODID', 'CALSCALE', 'METHOD', 'NAME', 'X-WR-CALNAME', 'X-WR-TIMEZONE', 'DESCRIPTION', 'LAST-MODIFIED', 'SOURCE', 'URL',
    'REFRESH-INTERVAL', 'X-PUBLISHED-TTL', 'TZID', 'DTSTART', 'DTEND', 'RRULE', 'TZOFFSETFROM', 'TZOFFSETTO', 'TZNAME', 'UID', 'DTSTAMP', 'SEQUENCE', 'CREATED', 'SUMMARY',
    'LOCATION', 'X-AMTSTICKER-ORGANISER', 'X-AMTSTICKER-REGISTRATION', 'CATEGORIES', 'STATUS', 'TRANSP']);
  const wrong = [];
  const lines = text.replaceAll('\r\n ', '').split('\r\n');
  const open = [];
  if (lines.pop() !== '') wrong.push('the last line does not end');
  if (HIDDEN.test(text.replaceAll('\r\n', '')) || /[\r\n]/.test(text.replaceAll('\r\n', ''))) wrong.push('control characters');
  for (const line of lines) {
    const [, name, parameters, value] = /^([A-Z-]+)((?:;[A-Z]+=[\w/-]+)*):(.*)$/.exec(line) ?? [];
    if (!OURS.has(name)) wrong.push(`line ${line}`);
    else if (/^(URL|SOURCE)$/.test(name) && !/^https?:\/\/[^\s"<>`\\]+$/.test(value)) wrong.push(`address ${line}`);
    else if (name === 'BEGIN') open.push(value);
    else if (name === 'END' && open.pop() !== value) wrong.push(`ends what is not open: ${line}`);
    if (parameters?.includes('ALTREP')) wrong.push(`parameter ${line}`);
  }
  if (open.length) wrong.push(`never ends: ${open}`);
  return wrong.slice(0, 12);
}
