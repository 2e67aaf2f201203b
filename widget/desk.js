/* What readers do with a panel: links, forms and keys ask the server for another state, and the answer is worked into
   the nodes that are there, so that focus, open disclosures, typed words, scroll and the live status line stay.
   Once a reader turns to the panel the same nodes wake up with WASM, if the page allows it; then answers come as data
   and what is at hand is shown before they come. Loaded by loader.js after the first fragment. No cookies; one time stamp is
   stored if page and reader want it. AT_LATER, what of the stylesheet no first view needs, is put in by pack.mjs. */

const OLD = 3 * 3600e3;
/** A visit is over when nothing was shown for so long. */
const VISIT = 30 * 60e3;
/** Where the host page's storage keeps when the last visit was, and this one. */
const VISITS = 'amts-ticker';
const FLAGS = /^(unlock|hide-heading|remember|share)$/;
/** So long an answer that is at hand is as good as another: as long as caches may give it (`stale-while-revalidate`). */
const FRESH = 10 * 60e3;
/** So many answers are kept at hand. */
const KEPT = 30;
const modules = {};
const fonts = {};
let allowed, later;

/** Gives the element a property for each attribute. What a framework has set before it had them is not lost. */
const mirror = (host) => {
  const { prototype, observedAttributes } = host.constructor;
  for (const name of observedAttributes) {
    const property = name.replace(/-(.)/, (_, letter) => letter.toUpperCase());
    if (!(property in prototype)) {
      Object.defineProperty(prototype, property, {
        get() { return FLAGS.test(name) ? this.hasAttribute(name) : this.getAttribute(name); },
        set(value) { value == null || value === false ? this.removeAttribute(name) : this.setAttribute(name, value === true ? '' : value); },
      });
    }
    if (Object.hasOwn(host, property)) {
      const value = host[property];
      delete host[property];
      host[property] = value;
    }
  }
};

/** The font that KERN pages are set in, for pages that ask for it and allow fonts from our server. */
const dress = (home, hash) => fonts[home] ||= [400, 600].map((weight) => {
  const face = new FontFace('Fira Sans', `url("${home}/w/${hash}/fira-sans-${weight}.woff2")`, { weight, display: 'swap' });
  document.fonts.add(face);
  return face.load().catch(() => {});
});

/** Whether this page may run WASM. A forbidding policy reports one violation; enhance="none" avoids even that. */
const mayWake = () => allowed ||= (async () => {
  try {
    await WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    return true;
  } catch { return false; }
})();

const load = (home, hash) => modules[home] ||= (async () => {
  const path = `${home}/w/${hash}/panel`;
  const module = await import(`${path}.js`);
  await module.default({ module_or_path: fetch(`${path}_bg.wasm`, { credentials: 'omit' }) });
  return module;
})();

/** A label goes by the value of its box. */
const key = (node) => node.id || node.dataset.atKey || node.dataset.atItem || (node.localName === 'label' && node.firstElementChild?.value) || node.className;
const alike = (one, other) => one.nodeType === other.nodeType
  && (one.nodeType !== 1 || (one.localName === other.localName && key(one) === key(other)));

/** Makes `old` what `fresh` is with as few changes as are needed. What only the page knows stays: what is open. */
const morph = (old, fresh) => {
  const value = old.getAttribute('value');
  for (const { name, value: wanted } of [...fresh.attributes]) {
    if (name !== 'open' && old.getAttribute(name) !== wanted) old.setAttribute(name, wanted);
  }
  for (const { name } of [...old.attributes]) if (name !== 'open' && !fresh.hasAttribute(name)) old.removeAttribute(name);
  if (old.localName === 'input') {
    old.checked = fresh.checked;
    if (value !== fresh.getAttribute('value')) old.value = fresh.value;
  }
  const left = new Set(old.childNodes);
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    let same;
    for (const node of left) if (alike(node, child)) { same = node; break; }
    if (same) {
      left.delete(same);
      if (same.nodeType === 1) morph(same, child);
      else if (same.data !== child.data) same.data = child.data;
    }
    const node = same || child;
    if (node === place) place = place.nextSibling;
    else old.insertBefore(node, place);
  }
  for (const node of left) node.remove();
};

/** How to find an element again after it was replaced. */
const selector = (element) => {
  if (element.id) return `#${element.id}`;
  if (element.dataset.atDay) return `[data-at-day="${element.dataset.atDay}"]`;
  if (element.name && element.value) return `[name="${element.name}"][value="${CSS.escape(element.value)}"]`;
  const name = [element.parentElement, element].map(({ localName, classList }) => [localName, ...classList].slice(0, 2).join('.')).join('>');
  const keyed = element.closest('[data-at-key],[data-at-item]');
  if (!keyed) return name;
  const { atKey } = keyed.dataset;
  const found = `[data-at-${atKey ? 'key' : 'item'}="${CSS.escape(key(keyed))}"]`;
  return keyed === element ? found : `${name}:is(${found} *)`;
};

/** Between two steps: both at once would hold up the page on a slow machine. */
const breath = () => new Promise((resolve) => { setTimeout(resolve); });
const searchOf = (link) => new URL(link.href).search.slice(1);
const answerOf = (form) => new URLSearchParams([...new FormData(form)].filter(([, value]) => value));

export class Desk {
  #kit; #search; #request; #handle; #failed; #waking; #wanted; #extended; #typing; #refresh; #stop; #said; #late; #coming; #kept = new Map();

  constructor(kit) {
    this.#kit = kit;
    this.#search = kit.search;
    mirror(kit.host);
    for (const type of ['pointerover', 'focusin']) kit.root.addEventListener(type, (event) => this.#near(event));
    const { adoptedStyleSheets: sheets } = kit.root;
    if (typeof AT_LATER === 'string' && sheets?.length) {
      if (!later) (later = new CSSStyleSheet()).replaceSync(AT_LATER);
      kit.root.adoptedStyleSheets = [...sheets, later];
    }
  }

  /** The panel stands in the page, for the first time or again, or its attributes have changed. */
  enter(shown = this.#search) {
    this.leave(true);
    this.#search = shown;
    // What was asked of another server, or long ago, is no answer any more.
    this.#kept.clear();
    this.#coming = undefined;
    if (this.#kit.html && shown === this.#kit.search) this.#keep(shown, this.#kit.html);
    const { signal } = this.#stop = new AbortController();
    const { host, home, hash } = this.#kit;
    if (host.getAttribute('font') === 'kern' && hash) dress(home(), hash);
    const wake = () => this.#wake();
    const when = host.getAttribute('enhance');
    if (when !== 'none') {
      for (const type of ['pointerover', 'focusin']) host.addEventListener(type, wake, { signal });
      if (this.#kit.root.activeElement) wake();
      else if (when !== 'interaction') (window.requestIdleCallback || setTimeout)(wake);
    }
    window.addEventListener('online', () => this.#failed && this.#retry(), { signal });
    if (this.#place) for (const type of ['hashchange', 'popstate']) window.addEventListener(type, () => this.#fromAddress(), { signal });
    this.#plan(0);
    this.#tend();
    if (this.#place) this.#fromAddress();
  }

  /** The panel is taken off the page, perhaps to be put elsewhere: what it shows is kept, what it holds is let go. */
  leave(stays) {
    this.#stop?.abort();
    clearTimeout(this.#refresh);
    // What a reader asked for before all was ready is not taken back.
    if (stays) return;
    this.#request?.abort();
    this.#request = undefined;
    this.#slow();
    clearTimeout(this.#typing);
    this.#busy(false);
    if (!this.#handle) return;
    const { box } = this.#kit;
    const shown = [...box.children].map((node) => node.cloneNode(true));
    this.#handle.dispose();
    this.#handle = undefined;
    delete box.dataset.atAwake;
    box.replaceChildren(...shown);
  }

  /** When to look for what is new. Thousands of intranet pages opened at eight shall not all ask at a quarter past, and a
      server that does not answer is asked less and less. */
  #plan(failures) {
    const [, minutes, unit] = /^(\d{1,4})([mh])$/.exec(this.#kit.host.getAttribute('refresh') || '') || [];
    if (!(minutes > 0)) return;
    const wait = minutes * (unit === 'h' ? 3600e3 : 60e3) * (0.8 + 0.4 * Math.random()) * 2 ** failures;
    this.#refresh = setTimeout(async () => this.#plan(await this.#look() ? 0 : Math.min(failures + 1, 5)), Math.min(wait, 864e5));
  }

  /** Shows what the attributes ask for. */
  begin() {
    return this.go(this.#kit.question());
  }

  reload() {
    this.#kept.clear();
    return this.go(this.#search);
  }

  reset() {
    return this.begin();
  }

  getState() {
    return Object.fromEntries(new URLSearchParams(this.#search));
  }

  setState(filter) {
    const asked = new URLSearchParams(this.#kit.question());
    for (const [name, value] of Object.entries(filter)) value ? asked.set(name, value) : asked.delete(name);
    return this.go(asked.toString());
  }

  /** Asks for another state and shows it. Only the latest question counts. */
  async go(search, how = {}) {
    const { box } = this.#kit;
    this.#request?.abort();
    // What was typed is being asked for now; a guess at the answer must not come after it.
    clearTimeout(this.#typing);
    const request = this.#request = new AbortController();
    const { signal } = request;
    const awake = this.#handle;
    this.#slow();
    this.#fail();
    this.#busy(true);
    const focus = this.#focus();
    if (awake && !how.append && !this.#known(search) && awake.preview(search)) await this.#settled(focus);
    this.#late = setTimeout(() => this.#slow(true), 8000);
    try {
      const coming = this.#coming?.key === this.#key(search) && this.#coming.text;
      this.#coming = undefined;
      const text = this.#known(search) || await (coming || this.#fetch(search, signal));
      if (signal.aborted) return;
      this.#slow();
      const before = box.querySelectorAll('.at-item').length;
      if (awake) {
        if (!awake.show(text)) throw new Error('not the data of a panel');
      } else if (how.append) this.#extend(text);
      else {
        this.#extended = false;
        this.#work(text);
      }
      await this.#settled(how.append || focus);
      if (how.append) box.querySelectorAll('.at-item')[before]?.querySelector('a')?.focus();
      else this.#search = search;
      if (how.why) this.#open(how.why);
      if (how.day) this.#find(`[data-at-day="${how.day}"]`)?.focus();
      this.#request = undefined;
      this.#tend();
      this.#toAddress();
      this.#kit.tell('at-change', search);
      // A reader who was quicker than the module gets it now.
      if (this.#wanted) this.#wake();
    } catch (error) {
      if (signal.aborted) return;
      this.#request = undefined;
      this.#slow();
      this.#fail([search, how]);
      this.#kit.tell('at-error', error.message);
    } finally {
      if (this.#request === undefined || this.#request === request) this.#busy(false);
    }
  }

  /** Says that it takes long, or takes that back. */
  #slow(on) {
    clearTimeout(this.#late);
    const status = this.#find('.at-status');
    if (!status || (!on && !this.#said)) return;
    const said = status.textContent;
    status.textContent = on ? status.dataset.atSlow : this.#said;
    this.#said = on && said;
  }

  async #ask(search, signal) {
    const answer = await fetch(`${this.#kit.home()}/panel?${search}`, { credentials: 'omit', signal });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return answer;
  }

  /** What an answer is kept under: fragments and data are two things. */
  #key(search) {
    return this.#handle ? `${search}&shell=data` : search;
  }

  /** The answer to a question that was asked a moment ago, by this reader. */
  #known(search) {
    const { text, until } = this.#kept.get(this.#key(search)) || {};
    return until > Date.now() && text;
  }

  #keep(key, text) {
    this.#kept.delete(key);
    this.#kept.set(key, { text, until: Date.now() + FRESH });
    // The first of a map is its oldest.
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value);
    return text;
  }

  async #fetch(search, signal) {
    const key = this.#key(search);
    return this.#keep(key, await (await this.#ask(key, signal)).text());
  }

  /** Whoever comes to the tabs may want the other one. Once it is at hand, arrow keys show it (WAI-ARIA APG). */
  #near({ target }) {
    const tab = target.closest('.at-tab') && this.#find('[role=tab][aria-selected=false]');
    if (!tab) return;
    const search = searchOf(tab), key = this.#key(search);
    if (this.#known(search) || this.#coming?.key === key) return;
    const coming = this.#coming = { key, text: this.#fetch(search) };
    // Who then goes there in earnest asks again, and hears of it.
    coming.text.catch(() => { delete coming.text; });
  }

  #retry() {
    const [search, how] = this.#failed;
    return this.go(search, how);
  }

  /** Works another fragment into the panel. */
  #work(html) {
    this.#kit.html = undefined;
    const fresh = document.createElement('div');
    fresh.className = this.#kit.box.className;
    this.#kit.put(fresh, html);
    morph(this.#kit.box, fresh);
  }

  /** Appends the items of the next page. */
  #extend(html) {
    const fresh = document.createElement('div');
    this.#kit.put(fresh, html);
    this.#kit.html = undefined;
    this.#find('.at-list').append(...fresh.querySelectorAll('.at-list > .at-item'));
    const next = fresh.querySelector('.at-paging');
    if (next) this.#find('.at-paging').replaceWith(next);
    else this.#find('.at-paging').remove();
    const status = this.#find('.at-status');
    const count = this.#kit.box.querySelectorAll('.at-item').length;
    status.textContent = `${status.textContent.split(', ')[0]}, ${status.dataset.atLoaded.replace('{n}', count)}`;
    this.#extended = true;
  }

  /** What has the focus, and how to find it again. */
  #focus() {
    const had = this.#kit.root.activeElement;
    return had && [had, selector(had)];
  }

  /** Waits until the answer stands on the page, and gives the focus back to what had it. */
  async #settled(focus) {
    await breath();
    const { root } = this.#kit;
    if (!Array.isArray(focus) || root.activeElement) return;
    const [had, again] = focus;
    // A control that is gone leaves the focus near, never on the page's body, where a keyboard starts all over again.
    const next = had.isConnected ? had : root.querySelector(again) || this.#find('.at-chip') || this.#find('.at-status');
    next?.focus({ preventScroll: true });
  }

  #find(wanted) {
    return this.#kit.root.querySelector(wanted);
  }

  #busy(on) {
    this.#find('.at-list')?.setAttribute('aria-busy', on);
  }

  /** Says that there was no answer to a question, above what is still shown, or no longer says so. */
  #fail(question) {
    this.#failed = question;
    const line = this.#find('.at-failed');
    if (!line) return;
    line.dataset.atOffline = question && !navigator.onLine ? '' : 'no';
    line.hidden = !question;
  }

  #open(id) {
    const details = this.#find(`[data-at-key="why:${CSS.escape(id)}"]`);
    if (!details) return;
    details.open = true;
    details.firstElementChild.focus({ preventScroll: true });
  }

  /** What only a clock can say: how long ago things were, and whether what is shown is old. */
  #tend() {
    const { root } = this.#kit;
    // Not by Intl.RelativeTimeFormat: to make one takes a slow machine longer than a tap may wait.
    const ago = this.#find('.at-status')?.dataset.atAgo?.split('|');
    for (const time of ago ? root.querySelectorAll('.at-meta time') : []) {
      const hours = (Date.now() - Date.parse(time.dateTime)) / 3600e3;
      if (!(hours >= 0 && hours <= 144)) continue;
      const [unit, count] = hours < 1 ? [0, Math.ceil(hours * 60)] : hours < 20 ? [2, Math.round(hours)] : [4, Math.round(hours / 24)];
      // Beside the date, never in place of it. The stylesheet shows it where there is room, or lines would break and move.
      time.title = ago[unit + (count > 1)].replace('{n}', count);
    }
    for (const button of root.querySelectorAll('[data-at-share]')) button.hidden = false;
    this.#recall();
    const made = Date.parse(this.#find('.at-in')?.dataset.atNow);
    const stale = this.#find('.at-stale');
    if (stale) stale.hidden = !(Date.now() - made > OLD);
    const stops = [...root.querySelectorAll('.at-grid [tabindex="0"]')];
    if (stops.length > 1) for (const stop of stops) if (stop !== root.activeElement) stop.tabIndex = -1;
    if (stops.length && !this.#find('.at-grid [tabindex="0"]')) stops[0].tabIndex = 0;
  }

  /** Marks what came after the last visit, if page and reader want that. */
  #recall(wanted) {
    const line = this.#find('.at-remember');
    if (!line) return;
    const button = line.querySelector('input');
    let before;
    try {
      if (wanted === false) localStorage.removeItem(VISITS);
      const [last, seen] = (localStorage.getItem(VISITS) || '').split(' ').map(Number);
      if (seen || wanted) {
        before = !seen || Date.now() - seen < VISIT ? last || Date.now() : seen;
        localStorage.setItem(VISITS, `${before} ${Date.now()}`);
      }
      line.hidden = false;
    } catch { /* this page may not store anything */ }
    button.checked = Boolean(before);
    for (const meta of this.#kit.root.querySelectorAll('.at-item > .at-meta')) {
      const age = meta.querySelector('.at-new');
      if (age) age.hidden = Boolean(before);
      if (before && Date.parse(meta.querySelector('time')?.dateTime) > before) meta.dataset.atSince = button.dataset.atRemember;
      else delete meta.dataset.atSince;
    }
  }

  /** Whether there is something new: says how much, and moves nothing. Gives whether the server answered. */
  async #look() {
    const button = this.#find('.at-fresh');
    if (document.hidden || !button || this.#request) return true;
    try {
      const { page } = await (await this.#ask(`${this.#search}&shell=data`)).json();
      const count = page.items.filter(({ id }) => !this.#find(`[data-at-item="${CSS.escape(id)}"]`)).length;
      button.textContent = button.dataset.atText.replace('{n}', count);
      button.hidden = !count;
      return true;
    } catch { return false; }
  }

  /** Links, forms and keys of the panel. */
  hear(event) {
    const { target, type } = event;
    if (event.defaultPrevented || !target?.closest) return;
    if (type === 'change' && target.matches('[data-at-remember]')) this.#recall(target.checked);
    else if (type === 'click') this.#click(event);
    else if (type === 'keydown') this.#press(event);
    else if (type === 'submit' || (type === 'change' && /checkbox|radio/.test(target.type))) {
      event.preventDefault();
      const form = target.closest('form');
      if (!form) return;
      const asked = answerOf(form);
      // A quick choice takes the place of a period of the reader's own.
      if (target.name === 'since') for (const own of ['from', 'to', 'until']) asked.delete(own);
      this.go(asked.toString());
    } else if (type === 'input' && target.name === 'q' && this.#handle) {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#handle?.preview(answerOf(target.form).toString()), 250);
    }
  }

  #click(event) {
    const { target } = event;
    const at = (wanted) => target.closest(wanted);
    if (at('.at-retry')) this.#retry();
    else if (at('.at-fresh')) {
      at('.at-fresh').hidden = true;
      this.reload();
    } else if (at('[data-at-copy]')) this.#copy(at('[data-at-copy]'), at('[data-at-copy]').previousElementSibling.value);
    else if (at('[data-at-share]')) this.#share(at('[data-at-share]'));
    else if (at('[data-at-skip]')) {
      event.preventDefault();
      this.#find('.at-status').focus();
    } else if (at('.at-open')) this.#kit.tell('at-open', at('.at-open').href);
    else {
      const link = at('a[data-at-go]');
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (link.getAttribute('aria-selected') === 'true') return;
      const { atMore, atWhy } = link.dataset;
      this.go(searchOf(link), { append: atMore !== undefined, why: atWhy === '' && link.closest('.at-item').dataset.atItem });
    }
  }

  /** By the means of the reader's system, or into the clipboard. */
  async #share(button) {
    const { textContent: title, href: url } = button.closest('.at-item').querySelector('.at-open');
    try { await navigator.share({ title, url }); } catch (error) {
      if (error.name !== 'AbortError') await this.#copy(button, url);
    }
  }

  async #copy(button, text) {
    const [said] = button.childNodes;
    const before = said.data;
    try { await navigator.clipboard.writeText(text); } catch {
      const field = document.createElement('textarea');
      field.value = text;
      this.#kit.root.append(field);
      field.select();
      document.execCommand('copy');
      field.remove();
      button.focus();
    }
    said.data = button.dataset.atCopy || button.dataset.atShare;
    setTimeout(() => { said.data = before; }, 2000);
  }

  /** Tabs and days by keys (WAI-ARIA APG), Escape out of a disclosure. */
  #press(event) {
    const { target, key: pressed } = event;
    if (target.role === 'tab' || target.getAttribute('role') === 'tab') {
      const { firstElementChild: first, lastElementChild: last } = target.parentNode;
      const to = { ArrowLeft: target === first ? last : first, ArrowRight: target === last ? first : last, Home: first, End: last, ' ': target }[pressed];
      if (!to) return;
      event.preventDefault();
      to.focus();
      if (pressed === ' ' || this.#known(searchOf(to))) to.click();
    } else if (target.dataset.atDay) this.#step(event);
    else if (pressed === 'Escape') {
      const details = target.closest('details[open]');
      if (!details) return;
      details.open = false;
      details.firstElementChild.focus();
    }
  }

  #step(event) {
    const { target, key: pressed } = event;
    const day = new Date(`${target.dataset.atDay}T12:00Z`);
    const weekday = (day.getUTCDay() + 6) % 7;
    const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: -weekday, End: 6 - weekday }[pressed];
    const months = { PageUp: -1, PageDown: 1 }[pressed];
    if (days === undefined && !months) return;
    event.preventDefault();
    if (days !== undefined) day.setUTCDate(day.getUTCDate() + days);
    else {
      const wanted = day.getUTCDate();
      day.setUTCMonth(day.getUTCMonth() + months);
      if (day.getUTCDate() !== wanted) day.setUTCDate(0);
    }
    const iso = day.toISOString().slice(0, 10);
    const there = !months && this.#find(`[data-at-day="${iso}"]`);
    if (there) {
      target.tabIndex = -1;
      there.tabIndex = 0;
      there.focus();
      return;
    }
    const step = this.#find(`[data-at-key="${iso < target.dataset.atDay ? 'before' : 'after'}"]`);
    this.go(searchOf(step), { day: iso });
  }

  /** Where the page's address holds the filter, if the page wants it there: state="hash", state="BY,query". */
  get #place() {
    return /hash|query/.exec(this.#kit.host.getAttribute('state'))?.[0];
  }

  get #name() {
    const { id } = this.#kit.host;
    return id ? `at-${id}` : 'at';
  }

  /** Writes down what readers chose, without what the attributes say anyway. What is not ours stays as it is. */
  #toAddress() {
    const place = this.#place;
    if (!place) return;
    const asked = new URLSearchParams(this.#kit.question());
    const chosen = new Map();
    for (const [part, value] of new URLSearchParams(this.#search)) {
      if (part !== 'lock' && asked.get(part) !== value) chosen.set(part, chosen.has(part) ? `${chosen.get(part)},${value}` : value);
    }
    const own = [...chosen].map(([part, value]) => `${part}:${encodeURIComponent(value)}`).join(';');
    const address = new URL(location);
    const others = address.hash.slice(1).split('&').filter((part) => part && !part.startsWith(`${this.#name}=`));
    if (place === 'hash') address.hash = [...others, ...(own ? [`${this.#name}=${own}`] : [])].join('&');
    else if (own) address.searchParams.set(this.#name, own);
    else address.searchParams.delete(this.#name);
    if (address.href !== location.href) history.replaceState(history.state, '', address);
  }

  #fromAddress() {
    const name = this.#name;
    const own = this.#place === 'query' ? new URLSearchParams(location.search).get(name)
      : location.hash.slice(1).split('&').find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
    const chosen = own ? own.split(';').map((pair) => pair.split(':')) : [];
    const asked = new URLSearchParams(this.#kit.question());
    const locked = (asked.get('lock') || '').split(',');
    try {
      for (const [part, value] of chosen) if (value && !locked.includes(part)) asked.set(part, decodeURIComponent(value));
    } catch { return; }
    const search = asked.toString();
    if (search !== this.#search) this.go(search);
  }

  /** Wakes the panel. Nothing is lost if it cannot be woken. */
  async #wake() {
    const { host, box, hash } = this.#kit;
    this.#wanted = true;
    if (!hash || this.#handle || this.#waking || this.#extended || this.#failed || this.#request || !host.isConnected) return;
    this.#waking = true;
    const search = this.#search;
    let again;
    try {
      if (!await mayWake()) return;
      const ask = async (more) => (await this.#ask(`${search}&${more}`)).json();
      const [module, { html, data }] = await Promise.all([load(this.#kit.home(), hash), ask('shell=json')]);
      const moved = () => again = this.#request || this.#extended || this.#failed || this.#search !== search || !host.isConnected;
      if (moved()) return;
      const focus = this.#focus();
      // Mostly it is the very fragment that stands there; then nothing has to be read and compared.
      if (html !== this.#kit.html) this.#work(html);
      await breath();
      if (moved()) return;
      const text = JSON.stringify(data);
      const handle = module.read(text);
      await breath();
      if (moved()) return handle.free();
      handle.hydrate(box);
      this.#handle = handle;
      this.#keep(this.#key(search), text);
      box.dataset.atAwake = '';
      await this.#settled(focus);
      this.#tend();
      this.#kit.tell('at-enhanced', search);
      if (search === this.#kit.question() && data.page.next && data.page.total <= 200) {
        const all = await ask('limit=200&shell=data');
        this.#handle?.stock(JSON.stringify(all));
      } else if (!data.page.next) this.#handle.stock(JSON.stringify(data));
    } catch { /* the fragment works as it is */ } finally {
      this.#waking = false;
      // A reader was quicker and all is answered by now: then it is that state which wakes up.
      if (again && this.#search !== search) this.#wake();
    }
  }
}
