/* What readers do with a panel: links, forms and keys ask the server for another state, and the answer is worked into
   the nodes that are there, so that focus, open disclosures, typed words, scroll and the live status line stay.
   Once a reader turns to the panel the same nodes wake up with WASM, if the page allows it; then answers come as data
   and what is at hand is shown before they come. Loaded by loader.js after the first fragment; no storage, no cookies. */

const OLD = 3 * 3600e3;
/** What host pages may style with ::part(): the class, and the part where that is called otherwise. */
const PARTS = ['heading', 'tabs', 'tab', 'search:filters', 'facet', 'chip', 'status', 'list', 'item', 'title', 'meta', 'teaser',
  'badge', 'more', 'subscribe', 'failed:error'].map((name) => name.split(':'));
const modules = {};
let allowed;

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

const key = (node) => node.id || node.dataset.atKey || node.dataset.atItem || node.className;
const alike = (one, other) => one.nodeType === other.nodeType
  && (one.nodeType !== 1 || (one.localName === other.localName && key(one) === key(other)));

/** Makes `old` what `fresh` is with as few changes as are needed. What only the page knows stays: what is open. */
const morph = (old, fresh) => {
  const value = old.getAttribute('value');
  for (const { name, value: wanted } of [...fresh.attributes]) {
    if (name !== 'open' && old.getAttribute(name) !== wanted) old.setAttribute(name, wanted);
  }
  for (const { name } of [...old.attributes]) if (!/^(open|part)$/.test(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
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
  const keyed = element.closest('[data-at-key],[data-at-item]');
  const name = `${element.localName}${element.className ? `.${element.classList[0]}` : ''}`;
  if (!keyed || keyed === element) return keyed ? `[data-at-key="${CSS.escape(keyed.dataset.atKey)}"]` : name;
  return `[data-at-${keyed.dataset.atKey ? 'key' : 'item'}="${CSS.escape(key(keyed))}"] ${name}`;
};

const answerOf = (form) => new URLSearchParams([...new FormData(form)].filter(([, value]) => value));

export class Desk {
  #kit; #search; #request; #handle; #failed; #waking; #wanted; #extended; #typing; #refresh; #stop;

  constructor(kit) {
    this.#kit = kit;
    this.#search = kit.search;
  }

  /** The panel stands in the page, for the first time or again. */
  enter() {
    this.#stop?.abort();
    const { signal } = this.#stop = new AbortController();
    const { host, box } = this.#kit;
    if (!box.firstElementChild) return this.begin();
    const wake = () => this.#wake();
    const when = host.getAttribute('enhance');
    if (when !== 'none') {
      for (const type of ['pointerover', 'focusin']) host.addEventListener(type, wake, { signal });
      if (this.#kit.root.activeElement) wake();
      else if (when !== 'interaction') (window.requestIdleCallback || setTimeout)(wake);
    }
    window.addEventListener('online', () => this.#failed && this.#retry(), { signal });
    if (this.#named) window.addEventListener('hashchange', () => this.#fromHash(), { signal });
    const [, minutes, unit] = /^(\d+)([mh])$/.exec(host.getAttribute('refresh') || '') || [];
    // Thousands of intranet pages opened at eight shall not all ask at a quarter past.
    if (minutes > 0) this.#refresh = setInterval(() => this.#look(), minutes * (unit === 'h' ? 3600e3 : 60e3) * (0.8 + 0.4 * Math.random()));
    this.#tend();
    if (this.#named) this.#fromHash();
  }

  /** The panel is taken off the page, perhaps to be put elsewhere. */
  leave() {
    this.#request?.abort();
    this.#stop?.abort();
    clearInterval(this.#refresh);
    if (!this.#handle) return;
    this.#handle.dispose();
    this.#handle = undefined;
    this.#kit.box.replaceChildren();
  }

  /** Shows what the attributes ask for. */
  begin() {
    return this.go(this.#kit.question());
  }

  reload() {
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
    const { box, home } = this.#kit;
    this.#request?.abort();
    // The answer to what was typed must not be followed by a guess at it.
    clearTimeout(this.#typing);
    const request = this.#request = new AbortController();
    const { signal } = request;
    const awake = this.#handle;
    const status = this.#find('.at-status');
    const said = status?.textContent;
    this.#fail();
    this.#busy(true);
    const focus = this.#focus();
    if (awake && !how.append && awake.preview(search)) await this.#settled(focus);
    const slow = setTimeout(() => { if (status) status.textContent = status.dataset.atSlow; }, 8000);
    try {
      const answer = await fetch(`${home}/panel?${search}${awake ? '&shell=data' : ''}`, { credentials: 'omit', signal });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      const text = await answer.text();
      if (signal.aborted) return;
      if (status?.textContent === status?.dataset.atSlow) status.textContent = said;
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
      this.#toHash();
      this.#kit.tell('at-change', search);
      // A reader who was quicker than the module gets it now.
      if (this.#wanted) this.#wake();
    } catch (error) {
      if (signal.aborted) return;
      this.#request = undefined;
      if (status?.textContent === status?.dataset.atSlow) status.textContent = said;
      this.#fail([search, how]);
      this.#kit.tell('at-error', error.message);
    } finally {
      clearTimeout(slow);
      if (this.#request === undefined || this.#request === request) this.#busy(false);
    }
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
    await new Promise((resolve) => { setTimeout(resolve); });
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
    const { root, box } = this.#kit;
    const lang = box.querySelector('[lang]')?.lang.slice(0, 2) || 'de';
    const words = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' });
    for (const time of root.querySelectorAll('.at-meta time')) {
      const hours = (Date.now() - Date.parse(time.dateTime)) / 3600e3;
      if (hours < 0 || hours > 144) continue;
      // Beside the date and not in place of it, where it moves nothing: what pops up when one points at it.
      time.title = hours < 1 ? words.format(-Math.ceil(hours * 60), 'minute') : hours < 20 ? words.format(-Math.round(hours), 'hour') : words.format(-Math.max(1, Math.round(hours / 24)), 'day');
    }
    for (const [name, part = name] of PARTS) for (const node of root.querySelectorAll(`.at-${name}`)) if (!node.part.length) node.part = part;
    const made = Date.parse(this.#find('.at-in')?.dataset.atNow);
    const stale = this.#find('.at-stale');
    if (stale) stale.hidden = !(Date.now() - made > OLD);
    const stops = [...root.querySelectorAll('.at-grid [tabindex="0"]')];
    if (stops.length > 1) for (const stop of stops) if (stop !== root.activeElement) stop.tabIndex = -1;
    if (stops.length && !this.#find('.at-grid [tabindex="0"]')) stops[0].tabIndex = 0;
  }

  /** Whether there is something new: says how much, and moves nothing. */
  async #look() {
    const button = this.#find('.at-fresh');
    if (document.hidden || !button || this.#request) return;
    try {
      const { page } = await (await fetch(`${this.#kit.home}/panel?${this.#search}&shell=data`, { credentials: 'omit' })).json();
      const count = page.items.filter(({ id }) => !this.#find(`[data-at-item="${CSS.escape(id)}"]`)).length;
      button.textContent = button.dataset.atText.replace('{n}', count);
      button.hidden = !count;
    } catch { /* next time */ }
  }

  /** Links, forms and keys of the panel. */
  hear(event) {
    const { target, type } = event;
    if (event.defaultPrevented || !target?.closest) return;
    if (type === 'click') this.#click(event);
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
    } else if (at('[data-at-copy]')) this.#copy(at('[data-at-copy]'));
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
      this.go(new URL(link.href).search.slice(1), { append: atMore !== undefined, why: atWhy });
    }
  }

  async #copy(button) {
    const field = button.previousElementSibling;
    const said = button.textContent;
    try { await navigator.clipboard.writeText(field.value); } catch {
      field.select();
      document.execCommand('copy');
      button.focus();
    }
    button.textContent = button.dataset.atCopy;
    setTimeout(() => { button.textContent = said; }, 2000);
  }

  /** Tabs and days by keys (WAI-ARIA APG), Escape out of a disclosure. */
  #press(event) {
    const { target, key: pressed } = event;
    if (target.role === 'tab' || target.getAttribute('role') === 'tab') {
      const { firstElementChild: first, lastElementChild: last } = target.parentNode;
      const to = { ArrowLeft: target === first ? last : first, ArrowRight: target === last ? first : last, Home: first, End: last, ' ': target }[pressed];
      if (!to) return;
      event.preventDefault();
      pressed === ' ' ? to.click() : to.focus();
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
    this.go(new URL(step.href).search.slice(1), { day: iso });
  }

  /** The name of the filter in the page's address, if the page wants it there. */
  get #named() {
    const { host } = this.#kit;
    return /(^|,)\s*hash\s*(,|$)/.test(host.getAttribute('state') || '') && (host.id ? `at-${host.id}` : 'at');
  }

  /** What readers chose, without what the attributes say anyway. */
  #toHash() {
    const name = this.#named;
    if (!name) return;
    const asked = new URLSearchParams(this.#kit.question());
    const chosen = new Map();
    for (const [part, value] of new URLSearchParams(this.#search)) {
      if (part !== 'lock' && asked.get(part) !== value) chosen.set(part, chosen.has(part) ? `${chosen.get(part)},${value}` : value);
    }
    const own = [...chosen].map(([part, value]) => `${part}:${encodeURIComponent(value)}`).join(';');
    const others = location.hash.slice(1).split('&').filter((part) => part && !part.startsWith(`${name}=`));
    const hash = [...others, ...(own ? [`${name}=${own}`] : [])].join('&');
    if (hash !== location.hash.slice(1)) history.replaceState(history.state, '', hash ? `#${hash}` : location.pathname + location.search);
  }

  #fromHash() {
    const own = location.hash.slice(1).split('&').find((part) => part.startsWith(`${this.#named}=`));
    const chosen = own ? own.slice(own.indexOf('=') + 1).split(';').map((pair) => pair.split(':')) : [];
    const asked = new URLSearchParams(this.#kit.question());
    const locked = (asked.get('lock') || '').split(',');
    try {
      for (const [name, value] of chosen) if (value && !locked.includes(name)) asked.set(name, decodeURIComponent(value));
    } catch { return; }
    const search = asked.toString();
    if (search !== this.#search) this.go(search);
  }

  /** Wakes the panel. Nothing is lost if it cannot be woken. */
  async #wake() {
    const { host, box, home, hash } = this.#kit;
    this.#wanted = true;
    if (!hash || this.#handle || this.#waking || this.#extended || this.#failed || this.#request || !host.isConnected) return;
    this.#waking = true;
    const search = this.#search;
    try {
      if (!await mayWake()) return;
      const ask = async (more) => (await fetch(`${home}/panel?${search}&${more}`, { credentials: 'omit' })).json();
      const [module, { html, data }] = await Promise.all([load(home, hash), ask('shell=json')]);
      const moved = () => this.#request || this.#extended || this.#failed || this.#search !== search || !host.isConnected;
      if (moved()) return;
      const focus = this.#focus();
      // Mostly it is the very fragment that stands there; then nothing has to be read and compared.
      if (html !== this.#kit.html) this.#work(html);
      // A breath before the next step: both at once would hold up the page on a slow machine.
      await new Promise((resolve) => { setTimeout(resolve); });
      if (moved()) return;
      this.#handle = module.hydrate(box, JSON.stringify(data));
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
    }
  }
}
