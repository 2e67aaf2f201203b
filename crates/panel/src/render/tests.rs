//! What is promised next door, held.

use model::{Date, Event, Item, Kind, Lang, Moment, Other, Page, Query, SourceRef, State, Status, Story, When};

use super::*;
use crate::{Lock, Look, Names};

pub(crate) fn item(n: u8) -> Item {
    Item {
        id: format!("id{n}"),
        kind: Kind::News,
        url: format!("https://www.beispiel.example/{n}?a=1&b=2"),
        title: format!("Fahrplan {n} für den <Anschluss>"),
        kicker: None,
        summary: "Drei Länder beginnen.".to_owned(),
        published: Some(Moment::from_berlin(Date::new(2026, 11, 21).unwrap(), 9, 5)),
        updated: None,
        lang: "de".to_owned(),
        source: SourceRef {
            id: "bsp".to_owned(),
            name: "Bundesamt für Beispiele".to_owned(),
            url: "https://www.beispiel.example/".to_owned(),
            licence: None,
        },
        states: vec![State::Hh, State::Bund],
        topics: vec!["noots".to_owned()],
        relevance: 1.0,
        story: Story { id: format!("id{n}"), size: 1, ..Story::default() },
        image: None,
        event: None,
        why: Vec::new(),
    }
}

fn data(text: &str, items: Vec<Item>) -> PanelData {
    let query = Query::from_pairs(text.split('&').filter_map(|pair| pair.split_once('='))).unwrap();
    let mut page = Page { total: items.len() as u64, items, ..Page::default() };
    page.facets.state.extend([("HH".to_owned(), 12), ("BUND".to_owned(), 30)]);
    page.facets.topic.extend([("ozg".to_owned(), 1234)]);
    let topics = [("noots", "NOOTS"), ("ozg", "OZG"), ("ki", "KI")];
    let names =
        Names { topics: topics.map(|(slug, label)| (slug.to_owned(), label.to_owned())).to_vec(), ..Names::default() };
    PanelData { query, page, names, origin: "https://t.example".to_owned(), ..PanelData::default() }
}

/// The part of the HTML from `from` to `to`, with both.
fn part<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let start = html.find(from).unwrap_or_else(|| panic!("no {from} in {html}"));
    let end = html[start..].find(to).unwrap_or_else(|| panic!("no {to} after {from}"));
    &html[start..start + end + to.len()]
}

/// Places of these words, which must all be there.
fn places(html: &str, words: &[&str]) -> Vec<usize> {
    words.iter().map(|word| html.find(word).unwrap_or_else(|| panic!("no {word} in {html}"))).collect()
}

#[test]
fn an_item() {
    let html = render(&data("", vec![item(1)]));
    insta::assert_snapshot!(part(&html, "<li class=\"at-item\"", "</li>"), @r#"<li class="at-item" part="item" data-at-item="id1"><h3 class="at-title" part="title"><a class="at-open" href="https://www.beispiel.example/1?a=1&amp;b=2" rel="noopener external" referrerpolicy="no-referrer">Fahrplan 1 für den &lt;Anschluss&gt;</a></h3><p class="at-meta" part="meta"><span class="at-source">Bundesamt für Beispiele</span> <span><time datetime="2026-11-21T09:05:00+01:00">21. November 2026</time></span> <span>Hamburg, Bund</span></p><p class="at-teaser" part="teaser">Drei Länder beginnen.</p><p class="at-topics"><span>NOOTS</span> <a class="at-explain" href="https://t.example/embed?explain=1" data-at-go="" data-at-why="" aria-label="Warum? Fahrplan 1 für den &lt;Anschluss&gt;">Warum?</a></p></li>"#);
}

#[test]
fn an_event() {
    let mut item = item(1);
    item.kind = Kind::Event;
    item.kicker = Some("Workshop".to_owned());
    item.event = Some(Event {
        start: When::parse("2026-11-24T10:00:00+01:00").unwrap(),
        end: When::parse("2026-11-24T12:00:00+01:00"),
        all_day: false,
        place: Some("Musterstadt".to_owned()),
        online: true,
        registration: Some("anmeldung@beispiel.example".to_owned()),
        organiser: None,
        status: Status::Confirmed,
    });
    let html = render(&data("kind=event", vec![item.clone()]));
    let when = part(&html, "<p class=\"at-when\"", "<p class=\"at-meta\"").replace('\u{2060}', "");
    insta::assert_snapshot!(when, @r#"<p class="at-when"><time datetime="2026-11-24T10:00:00+01:00">Di., 24. Nov. 2026, 10–12 Uhr</time> <span class="at-week">KW 48</span></p><p class="at-place"><span>Musterstadt · Online</span> <a class="at-register" href="mailto:anmeldung@beispiel.example" rel="noopener external" referrerpolicy="no-referrer">Zur Anmeldung</a></p><p class="at-meta""#);
    assert!(html.contains("<p class=\"at-kicker\">Workshop</p>"));
    assert!(html.contains("Angekündigt am <time"));
    assert!(html.contains("href=\"https://t.example/feeds/event/id1.ics\">In Kalender übernehmen</a>"));
    let feeds = part(&html, "<ul class=\"at-feeds\"", "</ul>");
    for address in [
        "webcal://t.example/feeds/events.ics?kind=event",
        "https://t.example/feeds/atom.xml?kind=event",
        "https://t.example/feeds/rss.xml?kind=event",
    ] {
        assert!(feeds.contains(address), "{feeds}");
    }

    item.event = item.event.map(|event| Event { status: Status::Cancelled, ..event });
    let html = render(&data("kind=event", vec![item]));
    assert!(html.contains("<strong class=\"at-badge\" part=\"badge\">Abgesagt</strong>"));
    assert!(!html.contains("Zur Anmeldung"), "nobody registers for what does not take place");
}

#[test]
fn a_story_names_each_other_source_once() {
    let mut item = item(1);
    item.story.others = ["Musterblatt", "Musterblatt", "Beispielbote", "Bundesamt für Beispiele"]
        .map(|source| Other {
            id: "o".to_owned(),
            url: "https://presse.example/o".to_owned(),
            title: "Dasselbe, anders".to_owned(),
            source: source.to_owned(),
            published: None,
        })
        .to_vec();
    let html = render(&data("", vec![item]));
    assert!(html.contains("<summary class=\"at-summary\">Auch berichtet von 2 weiteren Quellen</summary>"));
    assert_eq!(html.matches("Dasselbe, anders").count(), 4);
}

#[test]
fn facets_show_hits_before_none_and_never_lose_a_choice() {
    let html = render(&data("topic=ki&state=BY", vec![item(1)]));
    let topics = part(&html, "data-at-key=\"topic\"", "</fieldset>");
    let order = places(topics, &["value=\"ozg\"", "value=\"noots\"", "value=\"ki\""]);
    assert!(order.is_sorted(), "{order:?}");
    assert!(topics.contains("1.234<span class=\"at-sr\"> Meldungen</span>"));
    assert!(part(topics, "name=\"topic\" value=\"ki\"", ">").contains("checked"));
}

#[test]
fn the_map_is_a_form_control_with_a_tile_for_each_state() {
    let html = render(&data("state=BY", vec![item(1)]));
    let map = part(&html, "class=\"at-map\"", "</fieldset>");
    assert_eq!(map.matches("type=\"checkbox\" name=\"state\"").count(), 18);
    let tile = part(map, "<label class=\"at-tile\" data-at-key=\"HH\"", "</label>");
    insta::assert_snapshot!(tile, @r#"<label class="at-tile" data-at-key="HH" title="Hamburg"><input type="checkbox" name="state" value="HH" aria-label="Hamburg 12 Meldungen"><span class="at-code">HH</span> <span class="at-count">12</span></label>"#);
    assert!(part(map, "name=\"state\" value=\"BY\"", ">").contains("checked"));
    assert!(html.contains("(1\u{a0}gewählt)"));
    // North to south, row by row, the federation first.
    let order = places(
        map,
        &["value=\"BUND\"", "value=\"SH\"", "value=\"NI\"", "value=\"HE\"", "value=\"SL\"", "value=\"BY\""],
    );
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn in_simple_german_the_map_is_a_list_by_name_with_hits_first() {
    let html = render(&data("lang=de-simple&state=BY", vec![item(1)]));
    let list = part(&html, "data-at-key=\"state\"", "</fieldset>");
    assert!(!list.contains("at-map") && list.contains("<span>Mecklenburg-Vorpommern</span>"), "names instead of codes");
    let hits: Vec<&str> = list.split("<label class=\"at-check\">").skip(1).collect();
    let of = |label: &&str| label.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    assert_eq!(hits.iter().filter_map(of).collect::<Vec<_>>(), ["BUND", "HH"]);
    let order = places(list, &["value=\"HH\"", "value=\"EU\"", "value=\"BW\"", "value=\"BE\"", "value=\"TH\""]);
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn long_lists_open_on_request_but_for_what_is_chosen() {
    let mut data = data("topic=t11", vec![item(1)]);
    data.names.topics = (0..12).map(|n| (format!("t{n:02}"), format!("Thema {n}"))).collect();
    let html = render(&data);
    let facet = part(&html, "data-at-key=\"topic\"", "</fieldset>");
    let order = places(facet, &["value=\"t11\"", "Alle 12 anzeigen", "value=\"t10\""]);
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn more_sources_than_are_named_can_be_asked_for() {
    let mut data = data("state=HH", vec![item(1)]);
    data.names.sources = vec![("a".to_owned(), "Amt A".to_owned())];
    data.page.facets.source.extend([("a".to_owned(), 3), ("b".to_owned(), 2), ("c".to_owned(), 1)]);
    let html = render(&data);
    let facet = part(&html, "data-at-key=\"source\"", "</fieldset>");
    assert!(facet.contains("Alle 3 anzeigen") && facet.contains("embed?state=HH&amp;more=source"), "{facet}");
}

#[test]
fn periods_are_quick_choices_and_fields() {
    let html = render(&data("since=24h", vec![item(1)]));
    let facet = part(&html, "data-at-key=\"period\"", "</details>");
    assert!(part(facet, "value=\"1d\"", ">").contains("checked"), "24 hours are a day: {facet}");
    assert!(html.contains("Filter entfernen: </span>Letzte 24 Stunden"), "{html}");
    let html = render(&data("since=2026-11-05&until=2026-11-01", vec![]));
    let facet = part(&html, "data-at-key=\"period\"", "</details>");
    assert!(facet.contains("name=\"from\" value=\"2026-11-05\"") && facet.contains("aria-invalid=\"true\""));
    assert!(facet.contains("Das Ende liegt vor dem Anfang"), "{facet}");
    assert!(html.contains("5.\u{a0}Nov. 2026 bis 1.\u{a0}Nov. 2026"));
}

#[test]
fn chips_take_one_filter_away_each() {
    let html = render(&data("state=HH&topic=noots&q=Amt", vec![item(1)]));
    let chips = part(&html, "<ul class=\"at-chips\" aria-label=\"Aktive Filter\"", "</ul>");
    for href in
        ["embed?topic=noots&amp;q=Amt\"", "embed?state=HH&amp;q=Amt\"", "embed?state=HH&amp;topic=noots\"", "embed\""]
    {
        assert!(chips.contains(href), "{href} in {chips}");
    }
    assert!(chips.contains("Alle Filter zurücksetzen"));
    assert!(html.contains("role=\"status\""), "{html}");
    assert!(html.contains("1 Meldung zu Hamburg und NOOTS mit „Amt“"));
    assert!(!render(&data("", vec![item(1)])).contains("Aktive Filter"));
}

#[test]
fn what_is_locked_has_no_control_but_goes_along() {
    let mut data = data("state=HH&kind=event&q=Amt", vec![item(1)]);
    data.look.lock = vec![Lock::State, Lock::Kind];
    let html = render(&data);
    assert!(!html.contains("role=\"tab\""));
    assert!(!html.contains("data-at-key=\"state\""));
    let form = part(&html, "<form", "</form>");
    for (name, value) in [("state", "HH"), ("kind", "event"), ("lock", "state,kind")] {
        let field = format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        assert!(form.contains(&field), "{field} in {form}");
    }
    let chips = part(&html, "<ul class=\"at-chips\"", "</ul>");
    assert!(!chips.contains("Hamburg") && chips.contains("mit „Amt“"), "{chips}");
}

#[test]
fn nothing_found_says_what_to_do() {
    let html = render(&data("topic=ki&state=HH&q=Amt", Vec::new()));
    let empty = part(&html, "<div class=\"at-empty\"", "</div>");
    assert!(empty.contains("Keine Treffer") && empty.contains("https://t.example/embed\""), "{empty}");
    // Without the topic there is at least as much as the best topic has.
    assert!(
        empty.contains("ohne KI: mindestens 1.234 Meldungen") && empty.contains("embed?state=HH&amp;q=Amt"),
        "{empty}"
    );
    assert!(empty.contains("ohne Hamburg: mindestens 30 Meldungen"), "{empty}");
    assert!(empty.contains("/feeds/atom.xml?state=HH&amp;topic=ki"), "{empty}");
    let html = render(&data("", Vec::new()));
    let empty = part(&html, "<div class=\"at-empty\"", "</div>");
    assert!(!empty.contains("data-at-go") && empty.contains("/feeds/atom.xml"), "there is nothing to reset: {empty}");
}

#[test]
fn more_leads_to_the_next_page_with_the_same_filter() {
    let mut data = data("state=HH", vec![item(1)]);
    data.page.next = Some("n2".to_owned());
    let html = render(&data);
    assert!(
        part(&html, "<p class=\"at-paging\"", "</p>").contains("https://t.example/embed?state=HH&amp;cursor=n2"),
        "{html}"
    );
    assert!(!render(&self::data("", vec![item(1)])).contains("data-at-more"));
}

#[test]
fn evidence_is_asked_for_and_then_shown_label_by_label() {
    let html = render(&data("state=HH", vec![item(1)]));
    assert!(html.contains("embed?state=HH&amp;explain=1") && html.contains("data-at-why=\"\""), "{html}");
    let mut item = item(1);
    let why = |label: &str, field: &str, text: &str| model::Why {
        label: label.into(),
        field: field.to_owned().into(),
        text: text.to_owned(),
        start: 0,
        end: 0,
        rule: "".into(),
        weight: 1.0,
    };
    item.why = vec![
        why("state:HH", "summary", "Hamburger <Senat>"),
        why("topic:noots", "title", "NOOTS"),
        why("topic:noots", "title", "NOOTS"),
        why("topic:noots", "title", "noots"),
        why("topic:noots", "title", "Register"),
        why("topic:noots", "address", "noots"),
        why("relevance", "source", "bsp"),
    ];
    let html = render(&data("explain=1", vec![item]));
    let why = part(&html, "data-at-key=\"why:id1\"", "</details>");
    assert!(why.contains("<li>Hamburg: „Hamburger &lt;Senat&gt;“ im Text</li>"), "{why}");
    assert!(
        why.contains("<li>NOOTS: „NOOTS“, „Register“ im Titel</li><li>NOOTS: „noots“ in der Adresse</li>"),
        "{why}"
    );
    assert!(why.contains("<li>Verwaltungsdigitalisierung: „Bundesamt für Beispiele“ als Quelle</li>"), "{why}");
    assert_eq!(why.matches("<li>").count(), 4, "nothing is said twice: {why}");
    assert!(!html.contains("data-at-why"));
}

#[test]
fn words_that_were_searched_for_are_marked() {
    let mut data = data("q=Fahrplan", vec![item(1)]);
    data.marks.insert("id1".to_owned(), crate::Marks { title: vec![(0, 8)], summary: vec![] });
    assert!(render(&data).contains("><mark>Fahrplan</mark> 1 für den &lt;Anschluss&gt;</a>"));
}

#[test]
fn what_is_young_is_new() {
    let mut data = data("", vec![item(1)]);
    data.now = Some(Moment::from_berlin(Date::new(2026, 11, 22).unwrap(), 9, 4));
    assert!(render(&data).contains("<strong class=\"at-new\">Neu</strong>"));
    data.now = Some(Moment::from_berlin(Date::new(2026, 11, 22).unwrap(), 9, 6));
    assert!(!render(&data).contains("at-new"));
}

#[test]
fn a_month_is_a_grid_of_days_with_a_list_below() {
    let mut event = item(1);
    event.kind = Kind::Event;
    event.event = Some(Event {
        start: When::parse("2026-11-24").unwrap(),
        end: When::parse("2026-11-25"),
        all_day: true,
        place: None,
        online: false,
        registration: None,
        organiser: None,
        status: Status::Confirmed,
    });
    let mut data = data("kind=event", vec![event]);
    data.look.view = crate::View::Calendar;
    data.now = Some(Moment::from_berlin(Date::new(2026, 11, 22).unwrap(), 8, 0));
    let html = render(&data);
    let grid = part(&html, "<table", "</table>");
    assert_eq!(grid.matches("role=\"gridcell\"").count(), 42);
    assert_eq!(grid.matches("tabindex=\"0\"").count(), 1, "one day is in the order of the Tab key");
    assert!(part(grid, "data-at-day=\"2026-11-22\"", ">").contains("aria-current=\"date\""));
    assert!(
        part(grid, "data-at-day=\"2026-11-24\"", ">").contains("aria-label=\"Dienstag, 24.\u{a0}November, 1 Termin\"")
    );
    assert!(grid.contains("day=2026-11-25") && !grid.contains("day=2026-11-26\""), "of two days both are links");
    assert!(grid.contains("<th scope=\"row\" role=\"rowheader\">48</th>"), "{grid}");
    assert!(html.contains("month=2026-10") && html.contains("month=2026-12") && html.contains("November 2026"));
    assert!(html.contains("class=\"at-open\""), "the list is there, too");
    data.look.day = Date::new(2026, 11, 26);
    let html = render(&data);
    assert!(html.contains("Keine Treffer") && html.contains("Ganzen Monat zeigen"));
}

#[test]
fn the_other_views_show_less_or_the_same() {
    let mut data = data("", vec![item(1)]);
    data.look.view = crate::View::Compact;
    let html = render(&data);
    assert!(html.contains("data-view=\"compact\"") && !html.contains("at-teaser"));
    data.look.view = crate::View::Cards;
    assert!(render(&data).contains("at-teaser"));
    data.look.new_window = true;
    let html = render(&data);
    assert!(html.contains("target=\"_blank\"") && html.contains("(öffnet neues Fenster)"));
}

#[test]
fn tabs_say_how_much_is_behind_them() {
    let mut data = data("", vec![item(1)]);
    data.page.facets.kind.extend([("news".to_owned(), 1234), ("event".to_owned(), 26)]);
    let html = render(&data);
    assert!(part(&html, "id=\"at-tab-news\"", "</a>").contains("aria-selected=\"true\""));
    assert!(html.contains("Nachrichten <span class=\"at-count\">(1.234)</span>") && html.contains("(26)"), "{html}");
}

#[test]
fn addresses_that_run_are_text() {
    let mut item = item(1);
    item.url = "javascript:alert(1)".to_owned();
    let html = render(&data("", vec![item]));
    assert!(!html.contains("javascript:"), "{html}");
    assert!(html.contains("Fahrplan 1"));
}

#[test]
fn the_panel_keeps_to_what_strict_hosts_allow() {
    let mut data = data("state=HH&q=Amt", vec![item(1), item(2)]);
    data.sample = true;
    let html = render(&data);
    for forbidden in ["style=", "<script", "<style", "onclick", " src="] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
}

#[test]
fn completed_or_as_asked_the_query_shows_the_same() {
    for text in ["", "kind=event&state=HH", "topic=noots&since=7d"] {
        let asked = data(text, vec![item(1)]);
        let completed = PanelData { query: asked.query.for_panel(), ..asked.clone() };
        assert_eq!(render(&asked), render(&completed), "{text}");
    }
}

#[test]
fn a_page_is_whole_without_any_script() {
    let mut data = data("state=HH&lang=en", vec![item(1)]);
    data.query.cursor = Some("n2".to_owned());
    data.page.next = Some("n3".to_owned());
    let canonical = Some("https://t.example/embed".to_owned());
    let head = PageHead { stylesheet: "/panel.css?a&b".to_owned(), canonical, script: None };
    let html = page(&data, &head);
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\""));
    assert!(html.contains("<title>Digital government in Hamburg</title>"));
    assert!(html.contains("<link rel=\"stylesheet\" href=\"/panel.css?a&amp;b\">"));
    for feed in [
        "type=\"application/atom+xml\"",
        "href=\"https://t.example/feeds/feed.json?state=HH&amp;kind=news&amp;lang=en\"",
        "href=\"https://t.example/feeds/events.ics?state=HH&amp;kind=event&amp;since=0h&amp;lang=en\"",
    ] {
        assert!(html.contains(feed), "{feed} in {html}");
    }
    assert!(!html.contains("heading-level="), "a page of its own has the first level anyway");
    assert!(!html.contains("<script") && !html.contains("role=\"tab\""));
    assert!(html.contains("aria-current=\"page\""));
    assert!(html.contains("<h1 class=\"at-heading\""));
    assert!(html.contains("Next page") && html.contains("Back to the first page"));
    assert!(part(&html, "<details", ">").contains("open"), "a facet that is in use stands open");
}

#[test]
fn an_include_says_what_it_shows() {
    let mut data = data("state=HH", vec![item(1)]);
    data.look.heading = Some("\"Neu\"".to_owned());
    let html = fragment_dsd(&data, "/panel.css");
    assert!(
        html.starts_with(
            "<amts-ticker state=\"HH\" heading=\"&quot;Neu&quot;\" unlock><template shadowrootmode=\"open\">"
        ),
        "{html}"
    );
    assert!(render(&data).contains("data-at-key=\"state\" open=\"\">"));
    let folded = render(&data).replace("data-at-key=\"state\" open=\"\">", "data-at-key=\"state\">");
    assert!(html.contains(&folded), "items come first: the script opens the map where there is room");
    data.look.lock = vec![Lock::State];
    assert!(!fragment_dsd(&data, "/panel.css").contains("unlock"));
}

#[test]
fn headings_fit_the_page_around_them() {
    let mut data = data("", vec![item(1)]);
    data.look = Look { heading: Some("Neues aus dem Amt".to_owned()), heading_level: 4, ..Look::default() };
    let html = render(&data);
    assert!(html.contains("<h4 class=\"at-heading\" part=\"heading\" id=\"at-heading\">Neues aus dem Amt</h4>"));
    assert!(html.contains("<h5 class=\"at-title\""));
    data.look.heading = Some(String::new());
    assert!(render(&data).contains("class=\"at-heading at-sr\""), "it still names the panel");
}

#[test]
fn english_words_and_foreign_items() {
    let mut item = item(1);
    item.lang = "de".to_owned();
    let data = PanelData { query: Query { lang: Some(Lang::En), ..Query::default() }, ..data("", vec![item]) };
    let html = render(&data);
    assert!(html.contains("lang=\"en\"") && html.contains("1 news item"));
    assert!(part(&html, "<h3", "</a>").contains("lang=\"de\"") && html.contains("hreflang=\"de\""));
}

#[test]
fn a_panel_is_named_by_its_heading_or_by_its_label() {
    let html = render(&data("", vec![item(1)]));
    assert!(html.contains(" aria-labelledby=\"at-heading\"") && !html.contains("aria-label=\"Nur"));
    let mut data = data("", vec![item(1)]);
    data.look.heading = Some("Neues aus Hamburg".to_owned());
    data.look.hide_heading = true;
    data.look.label = Some("Nur <Hamburg>".to_owned());
    let html = render(&data);
    assert!(
        html.contains("<h2 class=\"at-heading at-sr\" part=\"heading\" id=\"at-heading\">Neues aus Hamburg</h2>"),
        "{html}"
    );
    assert!(part(&html, "<section", ">").contains("aria-label=\"Nur &lt;Hamburg&gt;\""));
    assert!(!html.contains("aria-labelledby=\"at-heading\""), "one name, not two");
    // Links inside the panel keep both.
    assert!(html.contains("hide-heading=1") && html.contains("label=Nur"));
}

#[test]
fn readers_know_before_they_follow_a_link() {
    let mut document = item(1);
    document.url = "https://www.beispiel.example/bericht.PDF?download=1".to_owned();
    let mut foreign = item(2);
    (foreign.url, foreign.lang) = ("https://www.beispiel.example/pdf".to_owned(), "en-GB".to_owned());
    let mut unknown = item(3);
    unknown.lang = "oc".to_owned();
    let html = render(&data("", vec![document, foreign, unknown, item(4)]));
    let of = |n: u8| part(&html, &format!("data-at-item=\"id{n}\""), "</li>").to_owned();
    assert!(of(1).contains("&lt;Anschluss&gt; (PDF)</a>"), "{}", of(1));
    assert!(!of(2).contains("PDF") && of(2).contains("<span>Englisch</span>"), "{}", of(2));
    assert!(of(3).contains("<span>OC</span>"));
    assert!(!of(4).contains("Deutsch"), "what all are goes without saying");
}

#[test]
fn what_stores_or_passes_on_is_there_only_if_the_page_wants_it_and_shown_only_by_the_script() {
    let plain = render(&data("", vec![item(1)]));
    assert!(!plain.contains("data-at-remember") && !plain.contains("data-at-share"));
    let mut data = data("", vec![item(1)]);
    (data.look.remember, data.look.share) = (true, true);
    let html = render(&data);
    insta::assert_snapshot!(part(&html, "<div class=\"at-remember\"", "</div>"), @r#"<div class="at-remember" hidden=""><label class="at-check"><input type="checkbox" data-at-remember="Neu seit dem letzten Besuch"><span>Neues seit dem letzten Besuch kennzeichnen</span></label><p class="at-hint">Dafür speichert dieser Browser den Zeitpunkt des Besuchs, sonst nichts. Abschalten löscht ihn.</p></div>"#);
    insta::assert_snapshot!(part(&html, "<p class=\"at-keep\"", "</p>"), @r#"<p class="at-keep"><button class="at-link" type="button" data-at-share="Link kopiert" aria-live="polite" hidden="">Link teilen<span class="at-sr">: Fahrplan 1 für den &lt;Anschluss&gt;</span></button></p>"#);
    // A page of its own has no script that would answer either.
    let page = page(&data, &PageHead::default());
    assert!(!page.contains("data-at-remember") && !page.contains("data-at-share"));
}

#[test]
fn the_status_counts_who_tells() {
    let status = |text: &str, tellers: u64| {
        let html = render(&PanelData { tellers, ..data(text, vec![item(1), item(2)]) });
        let line = part(&html, "id=\"at-status\"", "</p>");
        line[line.find('>').unwrap() + 1..line.len() - 4].replace('\u{a0}', " ")
    };
    assert_eq!(status("state=HH", 41), "2 Meldungen zu Hamburg (41 Quellen)");
    assert_eq!(status("lang=en", 2), "2 news items (2 sources)");
    assert_eq!(status("lang=de-simple", 2), "2 Meldungen (2 Stellen schreiben darüber)");
    assert_eq!(status("", 1), "2 Meldungen", "one for all says nothing");
    assert_eq!(status("source=bsp,presse", 2), "2 Meldungen von bsp und presse", "they are named already");
}

#[test]
fn the_page_around_may_style_parts() {
    let html = render(&data("state=HH&topic=ozg", vec![item(1)]));
    for name in ["heading", "tabs", "tab", "filters", "facet", "chip", "status", "error", "list", "item", "title"] {
        assert!(html.contains(&format!(" part=\"{name}\"")), "{name}");
    }
}

#[test]
fn what_was_left_out_keeps_to_the_last_word() {
    let html = render(&data("", vec![Item { summary: "Die Länder beginnen. ".repeat(20), ..item(1) }]));
    let teaser = part(&html, "<p class=\"at-teaser\"", "</p>");
    assert!(
        teaser.ends_with("Die\u{a0}…</p>")
            || teaser.ends_with("Länder\u{a0}…</p>")
            || teaser.ends_with("beginnen.\u{a0}…</p>"),
        "{teaser}"
    );
}

#[test]
fn what_stands_above_a_title_is_not_said_twice() {
    let above = |kicker: &str| {
        let html = render(&data("", vec![Item { kicker: Some(kicker.to_owned()), ..item(1) }]));
        html.contains("at-kicker")
    };
    assert!(above("Pressemitteilung"));
    assert!(!above("Hamburg"), "the line below says so");
    assert!(above("Bayern"), "a Land that the labels do not name is news");
}
