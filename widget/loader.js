/* The one script tag: shows the server's HTML in a shadow root, and loads desk.js, which answers what readers do.
   Each step works without the next: links and forms of the HTML lead to pages of the server. No storage, no cookies,
   no host but the one this script came from.
   AT_CSS and AT_HASH are put in by pack.mjs; without them the stylesheet is a link and nothing is woken. */
(() => {
  'use strict';
  const CSS_TEXT = typeof AT_CSS === 'string' ? AT_CSS : '';
  const HASH = typeof AT_HASH === 'string' ? AT_HASH : '';
  const NAME = 'amts-ticker', ITEM = '<li class="at-item';
  const PASSED = ['state', 'topic', 'source', 'kind', 'q', 'since', 'until', 'sort', 'stories', 'limit', 'lang',
    'heading', 'heading-level', 'label', 'theme', 'view', 'month', 'link-target'];
  const FLAGS = ['hide-heading', 'remember', 'share'];

  const script = document.currentScript || document.querySelector('script[src*="/widget.js"]');
  // A pinned loader stands beside the files that it loads.
  const HOME = script ? new URL('.', script.src).href.slice(0, -1).replace(/\/w\/\w+$/, '') : '';

  let sheet, policy;
  const desks = {};

  /** Puts HTML of our server into an element, by the first way that this page allows. */
  const put = (element, html) => {
    if (element.setHTML) {
      try {
        // The default drops forms. What runs is never let in, asked or not.
        element.setHTML(html, { sanitizer: { removeElements: ['script'] } });
        return;
      } catch { /* an early setHTML with another configuration */ }
    }
    if (!policy && window.trustedTypes) {
      try { policy = trustedTypes.createPolicy(NAME, { createHTML: (text) => text }); } catch { /* not ours to create */ }
    }
    element.innerHTML = policy ? policy.createHTML(html) : html;
  };

  /** Until the next frame is on screen; in a page that nobody sees, a moment. */
  const frame = () => new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 100);
  });

  class AmtsTicker extends HTMLElement {
    static observedAttributes = [...PASSED, ...FLAGS, 'tab', 'tabs', 'unlock', 'api', 'refresh', 'enhance', 'font'];

    #root; #box; #fallback; #desk; #asked; #ready; #later; #html;
    /** Attributes have changed since they were last shown; there was no answer at all. */
    #changed; #away;

    connectedCallback() {
      // A root that comes with the page's HTML fills up piece by piece: what is still to come must not be made twice.
      if (!this.#box && this.shadowRoot && document.readyState === 'loading') {
        document.addEventListener('DOMContentLoaded', () => this.connectedCallback(), { once: true });
        return;
      }
      if (!this.#box) this.#furnish();
      if (this.getAttribute('loading') === 'lazy' && window.IntersectionObserver && !this.#box.firstElementChild) {
        this.#later = new IntersectionObserver((seen) => {
          if (seen.some((entry) => entry.isIntersecting)) this.#start();
        }, { rootMargin: '200px' });
        this.#later.observe(this);
      } else this.#start();
    }

    disconnectedCallback() {
      this.#later = this.#later?.disconnect();
      this.#asked?.abort();
      this.#desk?.leave();
    }

    attributeChangedCallback(name, before, after) {
      if (!this.#box || before === after || this.#changed) return;
      this.#changed = true;
      queueMicrotask(() => this.#changed && this.isConnected && !this.#later && this.#start());
    }

    get #home() {
      return this.getAttribute('api')?.replace(/\/$/, '') ?? HOME;
    }

    /** The shadow root: one that came with the page's HTML is kept as it is. */
    #furnish() {
      const root = this.#root = this.shadowRoot || this.attachShadow({ mode: 'open' });
      if (CSS_TEXT && root.adoptedStyleSheets) {
        // After the fragment is asked for: a slow machine takes its time to read it.
        queueMicrotask(() => {
          if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(CSS_TEXT);
          root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
        });
      } else if (!root.querySelector('link')) {
        const link = document.createElement('link');
        link.rel = 'stylesheet';
        link.href = HASH ? `${this.#home}/w/${HASH}/panel.css` : `${this.#home}/panel.css`;
        root.append(link);
      }
      this.#box = root.querySelector('.at-host');
      if (this.#box) {
        // It came folded, because a server does not know how much room there is. The host has no width before its sheet.
        for (const map of root.querySelectorAll('[data-at-key=state]')) map.open ||= this.#box.clientWidth > 735;
      } else {
        this.#box = document.createElement('div');
        this.#box.className = 'at-host';
        this.#fallback = document.createElement('slot');
        root.append(this.#fallback, this.#box);
      }
      for (const type of ['click', 'submit', 'change', 'input', 'keydown']) root.addEventListener(type, (event) => this.#hear(event));
    }

    /** What a reader does before desk.js is there is kept for it. */
    #hear(event) {
      const { type, target } = event;
      if (this.#desk) this.#desk.hear(event);
      else if (this.#ready && (type === 'submit' || type === 'change' || (type === 'click' && target.closest('[data-at-go]')
        && !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey))) {
        event.preventDefault();
        this.#ready.then((desk) => desk?.hear({ type, target, preventDefault() {} }));
      }
    }

    /** The attributes as a query string. What they fix is locked for readers unless `unlock` is set. */
    #question() {
      const asked = new URLSearchParams();
      for (const name of PASSED) {
        let value = this.getAttribute(name);
        // state="BY,hash": Bavaria, and the filter in the page's address.
        if (name === 'state') value &&= value.split(',').filter((word) => !/hash|query/.test(word)).join();
        if (value !== null && (value || name === 'heading')) asked.set(name, value);
      }
      for (const name of FLAGS) if (this.hasAttribute(name)) asked.set(name, 1);
      const lock = this.hasAttribute('unlock') ? [] : ['state', 'topic', 'source'].filter((name) => asked.has(name));
      const only = this.getAttribute('tabs');
      const tab = only || this.getAttribute('tab');
      if (tab) asked.set('kind', tab === 'events' ? 'event' : 'news');
      if (only) lock.push('kind');
      if (lock.length) asked.set('lock', lock.join());
      return asked.toString();
    }

    /** The first fragment, and then the desk; or what the attributes ask for by now. */
    async #start() {
      const box = this.#box, home = this.#home, search = this.#question(), changed = this.#changed;
      const known = changed && !this.#away && this.#desk;
      let shown, all, late;
      this.#later = this.#later?.disconnect();
      this.#changed = false;
      this.#asked?.abort();
      const { signal } = this.#asked = new AbortController();
      try {
        if (!known && (!box.firstElementChild || this.#away || changed)) {
          late = setTimeout(() => this.#ready || this.#say('status', 'Takes longer than usual. ', 'Dauert länger als üblich. '), 8000);
          const answer = await fetch(`${home}/panel?${search}`, { credentials: 'omit', signal });
          if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
          const html = await answer.text();
          if (signal.aborted) return;
          all = this.#show(this.#html = html, signal);
          shown = search;
          this.#away = false;
          this.#fallback?.remove();
          this.#tell('at-load', search);
        }
        const kit = { host: this, root: this.#root, box, home: () => this.#home, put, hash: HASH, search, html: this.#html, question: () => this.#question(), tell: (type, detail) => this.#tell(type, detail) };
        this.#ready ||= Promise.all([desks[home] ||= import(HASH ? `${home}/w/${HASH}/desk.js` : `${home}/desk.js`), all])
          .then(([module]) => this.#desk = new module.Desk(kit), () => null);
        const desk = await this.#ready;
        await all;
        if (signal.aborted) return;
        desk?.enter(shown);
        known && desk.begin();
      } catch (error) {
        if (signal.aborted) return;
        this.#say('alert', 'Not reachable at the moment. ', 'Gerade nicht erreichbar. ');
        this.#tell('at-error', error.message);
      } finally {
        clearTimeout(late);
      }
    }

    /** Puts a fragment in place: what is read first at once, the rest frame by frame. Reading and laying out all of it
        would hold up a slow machine for longer than a tap may wait. What comes later stands after what is there, so nothing
        moves. */
    async #show(html, signal) {
      const fresh = document.createElement('div');
      const [read, next] = [2, 3].map((many) => html.split(ITEM, many).join(ITEM)), rest = [];
      // The filters come after the first two items: half of their frame it took, though nothing of it was seen. A wide panel
      // has them beside its items, one by one; a narrow one has them closed above, and begins with its items.
      const [filters] = /<details class="at-facet.*(?=<\/form>)/s.exec(read) || [''];
      const unread = [next.slice(read.length), filters, html.slice(next.length)].filter(Boolean);
      // The parser closes what is open where the text ends.
      put(fresh, read.replace(this.#box.clientWidth > 735 ? filters : /<fieldset.*?<\/fieldset>(?=<\/details>)/gs, ''));
      const [form, list, results] = ['form', '.at-list', '.at-results'].map((name) => fresh.querySelector(name));
      for (const facet of fresh.querySelectorAll('.at-facet')) facet.open = 0;
      this.#box.replaceChildren(...fresh.childNodes);
      // An item and the map alone, then a little more each time: what is far below may take longer, and a long list should
      // not take a frame for each item. More than six would hold up a slow machine.
      for (let many = 1; unread[0] || rest[0]; many = Math.min(many * 1.9, 6)) {
        // Whoever takes the panel away or asks for another gets this one whole; a desk may work on it at any time.
        if (!signal.aborted && !this.#desk) await frame();
        if (!rest[0]) {
          put(fresh, unread.shift());
          rest.push(...fresh.children);
        }
        for (const node of rest.splice(0, many)) {
          const closed = form.querySelector(`[data-at-key=${node.dataset.atKey}]`);
          closed ? closed.append(node.lastChild) : ({ 'at-facet': form, 'at-item': list }[node.className] || results).append(node);
        }
      }
    }

    /** Never blank: what is wrong, a button, and the page's own link above. */
    #say(role, english, german) {
      const say = /^en/.test(this.getAttribute('lang')) ? [english, 'Try again'] : [german, 'Noch einmal versuchen'];
      const [line, button] = ['p', 'button'].map((name) => document.createElement(name));
      line.className = 'at-root';
      button.className = 'at-button';
      line.role = role;
      [line.textContent, button.textContent] = say;
      button.onclick = () => this.#start();
      addEventListener('online', () => this.#away && this.isConnected && this.#start(), { once: true });
      line.append(button);
      this.#away = true;
      this.#box.replaceChildren(line);
    }

    #tell(type, detail) {
      this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
    }

    /** reload(), reset(), getState(), setState(filter): promises, kept once the panel stands. */
    async call(name, value) {
      return (await this.#ready)?.[name](value);
    }
  }
  for (const name of ['reload', 'reset', 'getState', 'setState']) AmtsTicker.prototype[name] = function (value) { return this.call(name, value); };

  /** An element with the attributes that another carries as data-…, for editors that strip what they do not know. */
  const from = (source) => {
    const ticker = document.createElement(NAME);
    ticker.setAttribute('api', HOME);
    for (const { name, value } of source.attributes) if (name.startsWith('data-')) ticker.setAttribute(name.slice(5), value);
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
  const stand = () => { if (document.body?.contains(script)) script.after(from(script)); };

  if (!customElements.get(NAME)) customElements.define(NAME, AmtsTicker);
  if (placed) stand();
  const ready = () => {
    replace();
    // The bare tag in a page's body, and nothing else of ours there: it means "here".
    if (!placed && !document.querySelector(NAME)) stand();
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready);
  else ready();
})();
