/* Makes the start page's configurator immediate: the panel and the lines to copy follow each choice, and a pasted policy
   is checked in the browser. Without it the form asks the server for the same. Words come from the page. */

const form = document.getElementById('at-choose');
const preview = document.getElementById('at-preview');
const ticker = preview.querySelector('amts-ticker');
const policy = document.getElementById('at-policy');
const { origin } = policy.dataset;
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const fields = new Map();

/** The form's choices as the element's attributes; what is the default anyway is left out. */
const chosen = () => {
  const all = new FormData(form);
  const attributes = [];
  for (const name of ['state', 'topic', 'view', 'limit', 'theme', 'lang']) {
    const value = all.get(name);
    const usual = { view: 'list', limit: '20', theme: 'auto', lang: 'de' }[name] ?? '';
    if (value !== usual) attributes.push([name, value]);
  }
  if (all.get('kind') === 'event') attributes.push(['tab', 'events']);
  return attributes;
};

const write = () => {
  const attributes = chosen();
  const list = (prefix) => attributes.map(([name, value]) => ` ${prefix}${name}="${escape(value)}"`).join('');
  const query = new URLSearchParams(attributes.map(([name, value]) => (name === 'tab' ? ['kind', 'event'] : [name, value])));
  const address = escape(`${origin}/embed${query.size ? `?${query}` : ''}`);
  const title = escape(document.title);
  const texts = {
    'at-tag': `<script async src="${origin}/widget.js" crossorigin${list('data-')}></script>`,
    'at-element': `<script async src="${origin}/widget.js" crossorigin></script>\n<amts-ticker${list('')}><a href="${address}">${title}</a></amts-ticker>`,
    'at-frame': `<iframe src="${address}" title="${title}" loading="lazy" width="100%" height="640"></iframe>`,
  };
  for (const [id, text] of Object.entries(texts)) document.getElementById(id).value = text;
  const pinned = document.getElementById('at-pinned');
  if (pinned) {
    fields.has(pinned) || fields.set(pinned, /^.* crossorigin/.exec(pinned.value)[0]);
    pinned.value = `${fields.get(pinned)}${list('data-')}></script>`;
  }
  for (const name of ['state', 'topic', 'view', 'limit', 'theme', 'lang', 'tab']) {
    const [, value] = attributes.find(([known]) => known === name) ?? [];
    if (value === undefined) ticker.removeAttribute(name);
    else if (ticker.getAttribute(name) !== value) ticker.setAttribute(name, value);
  }
  query.delete('view');
  query.delete('theme');
  query.delete('limit');
  for (const link of document.querySelectorAll('#at-feeds a[href*="/feeds/"], #at-feeds a[href*="/api/"]')) {
    link.href = `${link.href.split('?')[0]}${query.size ? `?${query}` : ''}`;
  }
};

form.addEventListener('change', (event) => {
  if (event.target.id === 'at-width') preview.className = event.target.value;
  else write();
});
form.querySelector('button').hidden = true;

for (const button of document.querySelectorAll('[data-copy]')) {
  const said = button.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copy);
    try { await navigator.clipboard.writeText(field.value); } catch {
      field.select();
      document.execCommand('copy');
    }
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = said; }, 2000);
  });
}

/** Whether a source list of a policy lets our origin through (CSP3, 6.7.2.8, as far as origins are concerned). */
const lets = (list) => list.some((source) => {
  const ours = new URL(origin);
  if (source === '*' || source === `${ours.protocol}`) return true;
  const [, scheme, host, port] = /^(?:(\w+):\/\/)?([^:/]+)(?::(\d+|\*))?(?:\/.*)?$/.exec(source) ?? [];
  if (!host || (scheme && `${scheme}:` !== ours.protocol && !(scheme === 'http' && ours.protocol === 'https:'))) return false;
  if (port && port !== '*' && port !== (ours.port || (ours.protocol === 'https:' ? '443' : '80'))) return false;
  if (!port && ours.port) return false;
  return host.startsWith('*.') ? ours.hostname.endsWith(host.slice(1)) : host === ours.hostname;
});

const field = document.getElementById('at-csp');
field.parentElement.hidden = false;
field.addEventListener('input', () => {
  const text = field.value.replace(/^\s*content-security-policy(-report-only)?:/i, '');
  const directives = new Map();
  for (const part of text.split(';')) {
    const [name, ...sources] = part.trim().split(/\s+/);
    if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  const of = (...names) => directives.get(names.find((name) => directives.has(name)));
  const scripts = of('script-src-elem', 'script-src', 'default-src');
  const asks = of('connect-src', 'default-src');
  const frames = of('frame-src', 'child-src', 'default-src');
  const wasm = of('script-src', 'default-src');
  // With 'strict-dynamic' a nonce or a hash on the tag decides, not the list.
  const strict = scripts?.includes("'strict-dynamic'");
  const missing = [];
  if (scripts && !strict && !lets(scripts)) missing.push(`script-src ${origin}`);
  if (asks && !lets(asks)) missing.push(`connect-src ${origin}`);
  const say = (what, on) => { policy.querySelector(`[data-say=${what}]`).hidden = !on; };
  const any = directives.size > 0;
  policy.querySelector('[data-say=missing] code').textContent = missing.join('; ');
  say('good', any && !missing.length);
  say('missing', any && missing.length);
  say('wasm', any && !missing.length && wasm && !wasm.some((source) => /^'(wasm-)?unsafe-eval'$/.test(source)));
  say('frame', any && missing.length && (!frames || lets(frames)));
});
