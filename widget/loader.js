/* The one script tag: shows the server's HTML in a shadow root, lets its links and forms swap it, and wakes the
   same nodes with WASM once a reader turns to them. Each step works without the next: a host may forbid WASM,
   Trusted Types, or scripts at all. No storage, no cookies, no host but the one this script came from.
   AT_CSS and AT_HASH are put in by pack.mjs; without them the stylesheet is a link and nothing is woken. */
(() => {
  'use strict';
  const CSS_TEXT = typeof AT_CSS === 'string' ? AT_CSS : '';
  const HASH = typeof AT_HASH === 'string' ? AT_HASH : '';
  const NAME = 'amts-ticker';
  const FILTERS = ['state', 'topic', 'source', 'kind', 'q', 'since', 'until', 'sort', 'stories', 'limit', 'lang'];
  const LOOKS = ['heading', 'heading-level', 'theme'];
  const CLICKS = '.at-tab,.at-chip,.at-reset,.at-more,.at-first';

  const script = document.currentScript || document.querySelector('script[src*="/widget.js"]');
  const HOME = script ? new URL('.', script.src).href.slice(0, -1) : '';

  let sheet, policy, allowed;
  const modules = {};

  /** Puts HTML of our server into an element, by the first way that this page allows. */
  const put = (element, html) => {
    if (element.setHTML) {
      try {
        // The default drops forms, and the comments that hydration counts. What runs is never let in, asked or not.
        element.setHTML(html, { sanitizer: { removeElements: ['script'], comments: true } });
        return;
      } catch { /* an early setHTML with another configuration */ }
    }
    if (!policy && window.trustedTypes) {
      try { policy = trustedTypes.createPolicy(NAME, { createHTML: (text) => text }); } catch { /* not ours to create */ }
    }
    element.innerHTML = policy ? policy.createHTML(html) : html;
  };

  /** Whether this page may run WASM. A forbidding policy reports one violation; enhance="none" avoids even that. */
  const mayWake = () => allowed ||= (async () => {
    try {
      await WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
      return true;
    } catch { return false; }
  })();

  const load = (home) => modules[home] ||= (async () => {
    const path = `${home}/w/${HASH}/panel`;
    const module = await import(`${path}.js`);
    await module.default({ module_or_path: fetch(`${path}_bg.wasm`, { credentials: 'omit' }) });
    return module;
  })();

  /** Makes `old` what `fresh` is, but `keep` stays and only takes over its twin's text: a live region must not move. */
  const graft = (old, fresh, keep, twin) => {
    for (const { name, value } of [...fresh.attributes]) old.setAttribute(name, value);
    const stays = [...old.childNodes].find((node) => node.contains(keep));
    const like = [...fresh.childNodes].find((node) => node.contains(twin));
    for (const node of [...old.childNodes]) if (node !== stays) node.remove();
    let passed = false;
    for (const node of [...fresh.childNodes]) {
      if (node === like) passed = true;
      else if (passed) old.append(node);
      else stays.before(node);
    }
    if (stays !== keep) graft(stays, like, keep, twin);
    else if (keep.textContent !== twin.textContent) keep.textContent = twin.textContent;
  };

  /** How to find an element again after a swap. */
  const selector = (element) => {
    if (element.id) return `#${element.id}`;
    if (element.type === 'checkbox') return `[name="${element.name}"][value="${CSS.escape(element.value)}"]`;
    if (element.localName === 'summary') return `[data-at-key="${CSS.escape(element.parentNode.dataset.atKey)}"]>summary`;
    return `${element.localName}.${element.classList[0]}`;
  };

  class AmtsTicker extends HTMLElement {
    static observedAttributes = [...FILTERS, ...LOOKS, 'tab', 'tabs', 'unlock', 'api'];

    #root; #box; #fallback; #search; #html; #request; #handle; #touched; #failed; #waking; #waker; #changing;

    connectedCallback() {
      if (!this.#box) this.#furnish();
      if (!this.#box.firstElementChild) this.#ask(this.#question());
      else this.#watch();
    }

    disconnectedCallback() {
      this.#request?.abort();
      this.#rest();
    }

    attributeChangedCallback(name, before, after) {
      if (!this.#box || before === after || this.#changing) return;
      this.#changing = true;
      queueMicrotask(() => {
        this.#changing = false;
        if (this.isConnected) this.#ask(this.#question());
      });
    }

    get #home() {
      return this.getAttribute('api')?.replace(/\/$/, '') ?? HOME;
    }

    /** The shadow root: one that came with the page's HTML is kept as it is. */
    #furnish() {
      const root = this.#root = this.shadowRoot || this.attachShadow({ mode: 'open' });
      if (CSS_TEXT && root.adoptedStyleSheets) {
        if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(CSS_TEXT);
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      } else if (!root.querySelector('link')) {
        const link = document.createElement('link');
        link.rel = 'stylesheet';
        link.href = HASH ? `${this.#home}/w/${HASH}/panel.css` : `${this.#home}/panel.css`;
        root.append(link);
      }
      this.#box = root.querySelector('.at-host');
      if (!this.#box) {
        this.#box = document.createElement('div');
        this.#box.className = 'at-host';
        this.#fallback = document.createElement('slot');
        root.append(this.#box, this.#fallback);
      }
      this.#search = this.#question();
      for (const type of ['click', 'submit', 'change', 'keydown']) root.addEventListener(type, (event) => this.#on(event));
    }

    /** The attributes as a query string. What they fix is locked for readers unless `unlock` is set. */
    #question() {
      const asked = new URLSearchParams();
      for (const name of [...FILTERS, ...LOOKS]) {
        const value = this.getAttribute(name);
        if (value !== null) asked.set(name, value);
      }
      const lock = this.hasAttribute('unlock') ? [] : ['state', 'topic', 'source'].filter((name) => this.getAttribute(name));
      const only = this.getAttribute('tabs');
      const tab = only || this.getAttribute('tab');
      if (tab) asked.set('kind', tab === 'events' ? 'event' : 'news');
      if (only) lock.push('kind');
      if (lock.length) asked.set('lock', lock.join());
      return asked.toString();
    }

    /** Asks for a panel and shows it, or appends its items. Only the latest question counts. */
    async #ask(search, append) {
      this.#request?.abort();
      const request = this.#request = new AbortController();
      this.#fail(null);
      this.#busy(true);
      try {
        const answer = await fetch(`${this.#home}/panel?${search}`, { credentials: 'omit', signal: request.signal });
        if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
        const html = await answer.text();
        if (request.signal.aborted) return;
        this.#request = undefined;
        if (append) this.#extend(html);
        else {
          const first = !this.#html;
          this.#swap(html, search);
          this.#tell(first ? 'at-load' : 'at-change', search);
        }
        this.#busy(false);
        this.#watch();
      } catch (error) {
        if (request.signal.aborted) return;
        this.#request = undefined;
        this.#busy(false);
        this.#fail([search, append]);
        this.#tell('at-error', error.message);
      }
    }

    /** Shows another fragment; focus, open disclosures and the status line stay. */
    #swap(html, search) {
      const root = this.#root, box = this.#box;
      const focused = root.activeElement;
      const find = focused && selector(focused);
      const place = find ? [...root.querySelectorAll(find)].indexOf(focused) : 0;
      const typed = focused?.name === 'q' && focused.value !== focused.defaultValue ? focused.value : null;
      const open = [...root.querySelectorAll('details[open]')].map((details) => details.dataset.atKey);
      this.#rest();
      const fresh = document.createElement('div');
      put(fresh, html);
      for (const details of fresh.querySelectorAll('details')) if (open.includes(details.dataset.atKey)) details.open = true;
      const status = box.querySelector('.at-status');
      const twin = fresh.querySelector('.at-status');
      if (status && twin) graft(box, fresh, status, twin);
      else box.replaceChildren(...fresh.childNodes);
      this.#fallback?.remove();
      this.#html = html;
      this.#search = search;
      this.#touched = false;
      if (!find || root.activeElement) return;
      const same = root.querySelectorAll(find);
      const target = same[Math.min(place, same.length - 1)] || root.querySelector('.at-status');
      if (typed !== null && target.name === 'q') target.value = typed;
      target?.focus({ preventScroll: true });
    }

    /** Appends the items of the next page and moves the focus to the first of them. */
    #extend(html) {
      const fresh = document.createElement('div');
      put(fresh, html);
      const items = [...fresh.querySelectorAll('.at-list > .at-item')];
      this.#find('.at-list').append(...items);
      this.#find('.at-paging').replaceWith(fresh.querySelector('.at-paging'));
      this.#touched = true;
      items[0]?.querySelector('a')?.focus();
    }

    /** Says that there was no answer to a question, above what is still shown, or no longer says so. */
    #fail(question) {
      this.#failed = question;
      const line = !this.#handle && this.#find('.at-failed');
      if (line) line.hidden = !question;
    }

    #busy(on) {
      this.#find('.at-list')?.setAttribute('aria-busy', on);
    }

    #find(selector) {
      return this.#root.querySelector(selector);
    }

    /** What links, forms and keys of the fragment do as long as it sleeps. */
    #on(event) {
      if (event.defaultPrevented || this.#handle) return;
      const { target, type } = event;
      if (type === 'click') {
        if (target.closest('.at-retry')) this.#ask(...this.#failed);
        const link = target.closest(CLICKS);
        if (!link?.href || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        if (link.getAttribute('aria-selected') !== 'true') this.#ask(new URL(link.href).search.slice(1), 'atMore' in link.dataset);
      } else if (type === 'keydown') this.#key(event);
      else if (type === 'submit' || target.type === 'checkbox') {
        event.preventDefault();
        const form = target.closest('form');
        if (form) this.#ask(new URLSearchParams([...new FormData(form)].filter(([, value]) => value)).toString());
      }
    }

    /** Tabs by keys (WAI-ARIA APG, manual activation). */
    #key(event) {
      const { target, key } = event;
      if (target.getAttribute?.('role') !== 'tab') return;
      const { firstElementChild: first, lastElementChild: last } = target.parentNode;
      const to = { ArrowLeft: 1, ArrowRight: 1, Home: first, End: last, ' ': target }[key];
      if (!to) return;
      event.preventDefault();
      if (key === ' ') target.click();
      else (to === 1 ? (target === first ? last : first) : to).focus();
    }

    /** Wakes the panel when a reader turns to it, or when the browser is idle. */
    #watch() {
      const when = this.getAttribute('enhance');
      if (!HASH || when === 'none' || this.#handle || this.#touched) return;
      const wake = this.#waker ||= () => this.#wake();
      for (const type of ['pointerover', 'focusin']) this.addEventListener(type, wake, { once: true });
      if (this.#root.activeElement) wake();
      else if (when !== 'interaction') (window.requestIdleCallback || setTimeout)(wake);
    }

    async #wake() {
      if (this.#handle || this.#waking || this.#touched || this.#failed || this.#request || !this.isConnected) return;
      this.#waking = true;
      const search = this.#search, home = this.#home;
      try {
        if (!await mayWake()) return;
        const data = async () => (await fetch(`${home}/panel?${search}&shell=json`, { credentials: 'omit' })).json();
        const [module, { html, data: state }] = await Promise.all([load(home), data()]);
        if (this.#request || this.#touched || this.#failed || this.#search !== search || !this.isConnected) return;
        if (html !== this.#html) this.#swap(html, search);
        this.#handle = module.hydrate(this.#box, JSON.stringify(state), home);
        this.#box.dataset.atAwake = '';
        this.#tell('at-enhanced', search);
      } catch { /* the fragment works as it is */ } finally {
        this.#waking = false;
      }
    }

    /** Takes the living panel away; its nodes go with it. */
    #rest() {
      this.#handle?.dispose();
      this.#handle = this.#html = undefined;
      delete this.#box.dataset.atAwake;
    }

    #tell(type, detail) {
      this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
    }
  }

  /** An element with the attributes that another carries as data-…, for editors that strip what they do not know. */
  const from = (source) => {
    const ticker = document.createElement(NAME);
    ticker.setAttribute('api', HOME);
    for (const { name, value } of [...source.attributes]) if (name.startsWith('data-')) ticker.setAttribute(name.slice(5), value);
    return ticker;
  };

  const replace = () => {
    for (const holder of document.querySelectorAll(`div.${NAME}:not([data-at-done])`)) {
      const ticker = from(holder);
      ticker.append(...holder.childNodes);
      holder.dataset.atDone = '';
      holder.append(ticker);
    }
  };

  const placed = script && Object.keys(script.dataset).length;
  const stand = () => { if (script.parentNode && document.body?.contains(script)) script.after(from(script)); };

  if (!customElements.get(NAME)) customElements.define(NAME, AmtsTicker);
  if (placed) stand();
  const ready = () => {
    replace();
    // The bare tag in a page's body, and nothing else of ours there: it means "here".
    if (script && !placed && !document.querySelector(NAME)) stand();
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready);
  else ready();
})();
