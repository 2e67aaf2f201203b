//! German.

use super::PageWords;

pub(super) static PAGES: PageWords = PageWords {
    name: "Amtsticker",
    headline: "Was Bund, Länder und EU zur digitalen Verwaltung melden",
    lead: "Amtsticker sammelt, was Behörden, Netzwerke und Fachpresse zur Digitalisierung der Verwaltung melden, ordnet es \
           nach Ländern und Themen und nennt jede Nachricht nur einmal. Zum Abonnieren, zum Abfragen und als Kasten für \
           jede Intranetseite: ohne Cookies, ohne Tracking, ohne fremde Server.",
    pages: "Seiten",
    nav: [
        ("/", "Start"),
        ("/trends", "Trends"),
        ("/sources", "Quellen"),
        ("/topics", "Themen"),
        ("/privacy", "Datenschutz"),
        ("/accessibility", "Barrierefreiheit"),
        ("/api/docs", "Schnittstelle"),
    ],
    embed: "In die eigene Seite einbinden",
    embed_hint: "Auswahl treffen, im Kasten ansehen, Zeile kopieren und dort einfügen, wo er stehen soll. \
                 Was hier gewählt ist, steht fest; alles andere können Leserinnen und Leser selbst filtern.",
    state: "Bund oder Land",
    topic: "Thema",
    view: "Ansicht",
    views: ["Liste", "Kompakt", "Karten", "Kalender (Termine)"],
    tab: "Zuerst zeigen",
    theme: "Farben",
    themes: ["automatisch", "hell", "dunkel"],
    lang: "Sprache",
    langs: ["Deutsch", "Englisch", "Einfaches Deutsch"],
    width: "Breite der Vorschau",
    widths: ["ganze Breite", "Seitenspalte (22 em)", "Telefon (320 px)"],
    limit: "Anzahl",
    any: "alle",
    apply: "Übernehmen",
    tag: "Skript-Tag (empfohlen)",
    other_ways: "Andere Wege: Element, Rahmen, feste Version",
    element: "Element mit Ersatzlink, für Seiten mit mehreren Kästen",
    frame: "Ohne Skript: als Rahmen (iframe)",
    pinned: "Feste Version mit Prüfsumme (SRI); bleibt, bis der Server erneuert wird",
    copy: "Kopieren",
    copied: "Kopiert",
    policy: "Erlaubt unsere Seite das?",
    policy_hint: "Viele Intranets haben eine Content Security Policy. Deren Kopfzeile hier einfügen; sie verlässt den \
                  Browser nicht.",
    policy_label: "Content-Security-Policy der Seite",
    policy_needs: "Nötig sind diese Angaben. Nicht nötig sind style-src, img-src, font-src, 'unsafe-inline' und 'unsafe-eval'.",
    policy_good: "Der Kasten funktioniert mit dieser Richtlinie.",
    policy_missing: "Es fehlt:",
    policy_wasm: "'wasm-unsafe-eval' fehlt. Das macht nichts: Filter fragen dann jedes Mal den Server. Ein Eintrag im \
                  Protokoll der Richtlinie lässt sich mit data-enhance=\"none\" vermeiden.",
    policy_frame: "Als Rahmen (iframe) ginge es mit dieser Richtlinie.",
    feeds: "Abonnieren und abfragen",
    json: "JSON-Schnittstelle",
    zip: "Alle Dateien des Kastens zum Selbst-Hosten (ZIP)",
    trends_lead: "Wie viel wozu gemeldet wird, Woche für Woche. Jede Nachricht zählt einmal, auch wenn mehrere Quellen sie melden.",
    per_week: "Meldungen je Woche",
    week: "Woche ab",
    items: "Meldungen",
    rising: "Themen im Aufwind",
    rising_hint: "Die letzten vier Wochen verglichen mit den vier davor.",
    before: "davor",
    now: "zuletzt",
    map: "Meldungen nach Ländern",
    map_hint: "In allen gezeigten Wochen zusammen. Je dunkler die Kachel, desto mehr Meldungen.",
    sources_lead: "Diese Stellen liest der Amtsticker. Jede Quelle wird höflich besucht: mit Abstand, nur wenn sich etwas \
                   geändert haben kann, und nur, wo es erlaubt ist.",
    source_columns: ["Quelle", "Zustand", "Zuletzt gelesen", "Meldungen"],
    never: "noch nie",
    off: "ausgeschaltet",
    well: "erreichbar",
    failing: "zuletzt gestört",
    topics_lead: "Diese Themen kennt der Amtsticker. Zu jedem Thema steht, was dazugehört; „Warum?“ an einer Meldung zeigt \
                  die Wörter, die dafür sprachen.",
    api: "Schnittstelle",
    api_lead: "Alles, was das Panel zeigt, lässt sich abfragen. Der Vertrag als OpenAPI 3.1, für Werkzeuge:",
    api_parameters: "Parameter",
    api_fields: "Felder",
    api_columns: ["Name", "Wert", "", "Bedeutung"],
    api_always: "immer",
    privacy: &[
        (
            "Kurz gesagt",
            &[
                "Der Kasten setzt keine Cookies, legt nichts im Browser ab, lädt nichts von Dritten und sendet keine Kennung. \
             Eine Einwilligung nach § 25 TDDDG ist dafür nicht nötig, denn es wird nichts auf dem Endgerät gespeichert \
             und nichts von dort ausgelesen.",
            ],
        ),
        (
            "Welche Daten anfallen",
            &[
                "Beim Anzeigen holt der Browser Dateien und Meldungen von diesem Server, ohne Anmeldedaten \
             (credentials: omit). Wie bei jedem Abruf im Netz erfährt der Server dabei die IP-Adresse, die gewählten \
             Filter und Suchwörter als Teil der Adresse sowie den Namen des Browsers.",
                "Amtsticker protokolliert weder IP-Adressen noch Suchwörter. Wer einen Vorschalt-Server (Reverse Proxy) \
             betreibt, muss dessen Protokolle selbst regeln.",
                "Links zu Meldungen werden ohne Verweis auf die Herkunftsseite geöffnet (Referrer-Policy: no-referrer). \
             Der Kasten erfährt nicht, welche Meldungen gelesen werden.",
            ],
        ),
        (
            "Was nur auf Wunsch geschieht",
            &[
                "Setzt die einbindende Seite das Attribut remember, bietet der Kasten einen Schalter an, der zunächst aus ist. Erst wenn jemand ihn einschaltet, speichert der Kasten in diesem Browser, für die Seite, in der er steht, einen einzigen Wert: wann der letzte Besuch war und wann der jetzige. Der Wert wird nicht übertragen; Abschalten löscht ihn. Das ist eine ausdrücklich gewünschte Funktion (§ 25 Abs. 2 Nr. 2 TDDDG).",
                "Mit dem Attribut font=\"kern\" holt der Browser zwei Schriftdateien, und zwar von diesem Server.",
            ],
        ),
        (
            "Empfänger und Dritte",
            &[
                "Es gibt keine Dritten: keine Schriften, Bilder, Karten oder Messdienste von anderen Servern. Automatische \
             Tests prüfen in zwei Browsern, dass Cookies, Speicher und Abrufe fremder Server jeweils null sind.",
            ],
        ),
        (
            "Textbaustein für die eigene Datenschutzerklärung",
            &[
                "„Auf dieser Seite zeigen wir aktuelle Meldungen zur Verwaltungsdigitalisierung mit der freien Software \
             Amtsticker. Ihr Browser ruft dazu Inhalte vom Server des Betreibers ab und übermittelt dabei technisch \
             bedingt Ihre IP-Adresse. Cookies werden nicht gesetzt, auf Ihrem Gerät wird nichts gespeichert, Dritte \
             erhalten keine Daten.“",
            ],
        ),
    ],
    accessibility: &[
        (
            "Stand",
            &[
                "Der Kasten und diese Seiten sind nach WCAG 2.2 Stufe AA gebaut; das schließt die WCAG 2.1 AA ein, auf die \
             EN 301 549 und damit die BITV 2.0 verweisen. Es ist eine Selbstbewertung, keine Prüfung durch Dritte.",
            ],
        ),
        (
            "Was automatisch geprüft wird",
            &[
                "axe-core 4.14.1 (wcag2a bis wcag22aa und Empfehlungen) in 15 Zuständen in Chromium 156 und Firefox ESR 153, \
             null Verstöße: Liste, gefiltert, ohne Treffer, Störung, veraltet, Laden, Termine, Kalender, Karten, kompakt bei 320 Pixeln, dunkel, \
             erzwungene Farben, Englisch, einfaches Deutsch und mit dem Schalter für Neues seit dem letzten Besuch; dazu \
             jede Seite dieses Servers.",
                "pa11y 9.1.1 mit axe und mit HTML_CodeSniffer (WCAG2AA): null Befunde auf zehn Seiten dieses Servers und in \
             einer fremden Seite. Lighthouse 12.8.2: Barrierefreiheit 100 und gute Praxis 100, am Telefon wie am Schreibtisch.",
                "Zuletzt so geprüft am 22. November 2026.",
                "Bedienung allein mit der Tastatur: Reiter, Filter, Landkarte, Suche, Kalender, Weiterladen; nach jedem \
             Schritt wird geprüft, wo der Fokus steht.",
                "Darstellung bei 320 CSS-Pixeln Breite, bei 400 % Vergrößerung und mit den Textabständen der WCAG 1.4.12, jeweils ohne waagerechtes Rollen.",
                "Was Hilfsmitteln mitgeteilt wird: Namen, Rollen und Zustände im Barrierefreiheitsbaum von Chromium, verglichen mit einem festgehaltenen.",
            ],
        ),
        (
            "Was nicht geprüft ist",
            &[
                "Vorleseprogramme (NVDA, JAWS, VoiceOver), Sprachsteuerung, Bildschirmlupen und Braillezeilen wurden noch nicht \
             von Menschen erprobt; ein BITV-Test durch eine Prüfstelle steht aus. Automatische Prüfungen finden nur einen \
             Teil der Barrieren.",
                "Safari, ältere Ausgaben von Firefox ESR und Geräte mit Berührungsbildschirm wurden nicht erprobt. Erzwungene \
             Farben und Druck prüfen die Tests nur in Chromium, weil sich Firefox dazu nicht fernsteuern lässt.",
                "Überschriften und Texte der Meldungen stammen von den Quellen; deren Verständlichkeit liegt nicht bei uns, \
             ebenso wenig die Seite, in die der Kasten eingebunden ist.",
                "Inhalte in Leichter Sprache und in Deutscher Gebärdensprache bietet der Amtsticker nicht an. Mit \
             lang=\"de-simple\" ist die Bedienung des Kastens in einfachem Deutsch.",
            ],
        ),
        (
            "Barriere gefunden?",
            &[
                "Bitte wenden Sie sich an die Stelle, die diesen Server betreibt. Fehler der Software nimmt das Projekt in \
             seinem Quelltext-Verzeichnis entgegen.",
            ],
        ),
    ],
};
