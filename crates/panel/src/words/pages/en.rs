//! English.

use super::PageWords;

pub(super) static PAGES: PageWords = PageWords {
    name: "Amtsticker",
    headline: "What Germany’s federation and states say about digital government",
    lead: "Amtsticker collects what German public bodies, networks and the trade press publish about digital government, \
           sorts it by state and topic, and tells each story once. To subscribe to, to query, and as a panel for any \
           intranet page: no cookies, no tracking, no third-party servers.",
    pages: "Pages",
    nav: [
        ("/?lang=en", "Start"),
        ("/trends?lang=en", "Trends"),
        ("/sources?lang=en", "Sources"),
        ("/topics?lang=en", "Topics"),
        ("/privacy?lang=en", "Privacy"),
        ("/accessibility?lang=en", "Accessibility"),
        ("/api/docs?lang=en", "API"),
    ],
    embed: "Put it on your own page",
    embed_hint: "Choose, look at the panel, copy the line and paste it where the panel should stand. What is chosen \
                 here is fixed; readers can filter by everything else.",
    state: "Federation or state",
    topic: "Topic",
    view: "View",
    views: ["List", "Compact", "Cards", "Calendar (events)"],
    tab: "Show first",
    theme: "Colours",
    themes: ["as the system", "light", "dark"],
    lang: "Language",
    langs: ["German", "English", "Simple German"],
    width: "Width of the preview",
    widths: ["full width", "sidebar (22 em)", "phone (320 px)"],
    limit: "Items at a time",
    any: "all",
    apply: "Apply",
    tag: "Script tag (recommended)",
    other_ways: "Other ways: element, frame, pinned version",
    element: "Element with a fallback link, for pages with several panels",
    frame: "Without scripts: as a frame (iframe)",
    pinned: "Pinned version with a checksum (SRI); holds until the server is updated",
    copy: "Copy",
    copied: "Copied",
    policy: "Does our page allow this?",
    policy_hint: "Many intranets have a content security policy. Paste its header here; it does not leave the browser.",
    policy_label: "The page's Content-Security-Policy",
    policy_needs: "These are needed. Not needed are style-src, img-src, font-src, 'unsafe-inline' and 'unsafe-eval'.",
    policy_good: "The panel works under this policy.",
    policy_missing: "Missing:",
    policy_wasm: "'wasm-unsafe-eval' is missing. That does no harm: filters then ask the server each time. One entry in the \
                  policy's log can be avoided with data-enhance=\"none\".",
    policy_frame: "As a frame (iframe) it would work under this policy.",
    feeds: "Subscribe and query",
    json: "JSON interface",
    zip: "All files of the panel for hosting them yourself (ZIP)",
    trends_lead: "How much is published on what, week by week. Each story counts once, though several sources tell it.",
    per_week: "Items per week",
    week: "Week from",
    items: "Items",
    rising: "Rising topics",
    rising_hint: "The last four weeks compared with the four before.",
    before: "before",
    now: "lately",
    map: "Items by state",
    map_hint: "All weeks shown together. The darker the tile, the more items.",
    sources_lead: "These are the places that Amtsticker reads. Each is visited politely: at a distance, only when something \
                   may have changed, and only where that is allowed.",
    source_columns: ["Source", "State", "Last read", "Items"],
    never: "never yet",
    off: "switched off",
    well: "reachable",
    failing: "failed last time",
    topics_lead: "These are the topics that Amtsticker knows, each with what belongs to it (in German). “Why?” at an item \
                  shows the words that spoke for it.",
    api: "Interface",
    api_lead: "Everything that the panel shows can be queried. The contract as OpenAPI 3.1, for tools:",
    api_parameters: "Parameters",
    api_fields: "Fields",
    api_columns: ["Name", "Value", "", "Meaning"],
    api_always: "always",
    privacy: &[
        (
            "In short",
            &[
                "The panel sets no cookies, stores nothing in the browser, loads nothing from third parties and sends no \
             identifier. Consent under § 25 TDDDG is not needed, since nothing is stored on the device or read from it.",
            ],
        ),
        (
            "Which data there are",
            &[
                "To show the panel, the browser fetches files and items from this server, without credentials. As with any \
             request, the server learns the IP address, the chosen filters and search words as part of the address, and \
             the browser's name.",
                "Amtsticker logs neither IP addresses nor search words. Whoever runs a reverse proxy has to see to its logs.",
                "Links to items are opened without a referrer. The panel does not learn which items are read.",
            ],
        ),
        (
            "What only happens on request",
            &[
                "If whoever embeds the panel sets the attribute remember, readers are offered a switch, which is off. Only when a reader switches it on does the panel store one value in this browser, for the page that it stands in: when the last visit was and when this one. The value is never transmitted, and switching off deletes it. It is a function that the reader has asked for (§ 25 (2) no. 2 TDDDG).",
                "With the attribute font=\"kern\" the browser fetches two font files from this server, not from a third.",
            ],
        ),
        (
            "Recipients and third parties",
            &[
                "There are none: no fonts, pictures, maps or analytics of other servers. Automatic tests in two browsers assert \
             that cookies, storage and requests to other servers are zero.",
            ],
        ),
        (
            "Text for your own privacy notice",
            &[
                "“On this page we show current items about digital government with the free software Amtsticker. Your browser \
             fetches them from the operator's server and for technical reasons transmits your IP address. No cookies are \
             set, nothing is stored on your device, and no third party receives data.”",
            ],
        ),
    ],
    accessibility: &[
        (
            "Status",
            &[
                "The panel and these pages are built to WCAG 2.2 level AA, which includes WCAG 2.1 AA, to which EN 301 549 and \
             with it the German BITV 2.0 refer. This is a self-assessment, not an audit by a third party.",
            ],
        ),
        (
            "What is tested automatically",
            &[
                "axe-core 4.14.1 (wcag2a to wcag22aa and best practice) in 15 states in Chromium 156 and Firefox ESR 153, no \
             violation: list, filtered, nothing found, failure, stale, loading, events, calendar, cards, compact at 320 pixels, dark, forced colours, English, \
             simple German and with the switch for what is new since the last visit; and each page of this server.",
                "pa11y 9.1.1 with axe and with HTML_CodeSniffer (WCAG2AA): nothing found on ten pages of this server and in a \
             foreign page. Lighthouse 12.8.2: accessibility 100 and best practices 100, on a phone as on a desktop.",
                "Last tested like this on 22 November 2026.",
                "Use by keyboard alone: tabs, filters, map, search, calendar, load more; after each step the place of the focus \
             is checked.",
                "Reflow at a width of 320 CSS pixels, at 400 % zoom and with the text spacing of WCAG 1.4.12, without horizontal scrolling.",
                "What assistive technology is told: names, roles and states in Chromium's accessibility tree, compared with a recorded one.",
            ],
        ),
        (
            "What is not tested",
            &[
                "Screen readers (NVDA, JAWS, VoiceOver), voice control, screen magnifiers and braille displays have not been \
             tried by people yet, nor has a test centre done a BITV test. Automatic checks find only a part of all barriers.",
                "Safari, older versions of Firefox ESR and touch screens were not tried. Forced colours and print are tested \
             in Chromium only, because Firefox cannot be told to show them.",
                "Titles and texts of items are by their sources, and the page around the panel is not ours.",
                "Amtsticker offers no content in Easy Language or German Sign Language. With lang=\"de-simple\" the panel's own \
             words are simple German.",
            ],
        ),
        (
            "Found a barrier?",
            &[
                "Please turn to whoever runs this server. Defects of the software are taken by the project where its source is.",
            ],
        ),
    ],
};
