//! Titles from what pages say in several places.

use scraper::Html;

use super::{Said, chosen, parted, two_lines, without, without_site};

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn said(open_graph: &str, headline: &str, window: &str, headings: &[&str], site: &[&str]) -> Said {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Said {
        open_graph: some(open_graph),
        headline: some(headline),
        window: some(window),
        headings: owned(headings),
        first_headings: headings.len(),
        site: owned(site),
        ..Said::default()
    }
}

fn check(said: &Said, kicker: &str, title: &str) {
    let (found_kicker, found) = chosen(said);
    assert_eq!((found_kicker.as_deref().unwrap_or(""), found.as_deref().unwrap_or("")), (kicker, title), "{said:?}");
}

#[test]
fn what_two_places_say_is_believed() {
    let title = "Register werden verbunden";
    // The template's title in Open Graph, the body's name in the first heading.
    check(
        &said("Pressemitteilungen", "", "Amt: Register werden verbunden", &["Bundesamt für Muster", title], &[]),
        "",
        title,
    );
    check(&said(title, "Ganz anders gesagt", "Register werden verbunden | Amt", &[title], &[]), "", title);
    check(
        &said("Für die Suche: Register verbinden?", title, "Register werden verbunden | Funk", &[title], &[]),
        "",
        title,
    );
    check(
        &said(
            "Register: Jetzt verbunden",
            "",
            "Register: Jetzt verbunden",
            &["Register : Jetzt werden sie verbunden"],
            &[],
        ),
        "",
        "Register: Jetzt verbunden",
    );
    check(
        &said(
            "",
            "",
            "BfM - Pressemitteilungen - Register werden verbunden",
            &["Bundesamt für Muster", title],
            &["bfm.example"],
        ),
        "",
        title,
    );
    check(&said("", "", "Portal", &[title], &[]), "", title);
    check(
        &said("", "", "Mein Blog » Register werden verbunden?", &["Mein Blog"], &["mein-blog.example"]),
        "",
        "Register werden verbunden?",
    );
    check(&said("", title, "", &[], &[]), "", title);
    check(&said("", "", "", &[], &[]), "", "");
}

#[test]
fn what_one_place_has_before_another_is_a_kicker() {
    check(
        &said("Wahl: Neue Leitung gewählt", "", "Neue Leitung gewählt", &["Neue Leitung gewählt"], &[]),
        "Wahl",
        "Neue Leitung gewählt",
    );
    check(
        &said("", "", "Impfen bleibt möglich", &["Mitteilung der Direktion: Impfen bleibt möglich"], &[]),
        "Mitteilung der Direktion",
        "Impfen bleibt möglich",
    );
    check(
        &said("Neue Leitung gewählt", "", "Neue Leitung gewählt", &["2 Kommentare zu Neue Leitung gewählt"], &[]),
        "",
        "Neue Leitung gewählt",
    );
    let mut seam = said("Große Aufgaben", "", "Große Aufgaben", &["Tunesien Große Aufgaben"], &[]);
    seam.seams = owned(&["Tunesien"]);
    check(&seam, "Tunesien", "Große Aufgaben");
}

#[test]
fn names_of_the_site_are_cut() {
    let site = said("", "", "", &["Titel mit Strich - und Fortsetzung"], &["Netz Für Alle", "netz.beispiel.example"]);
    for (title, want) in [
        ("Politik im Netz - Netz Für Alle", "Politik im Netz"),
        ("Politik im Netz – Netz für alle | Netz Für Alle", "Politik im Netz"),
        ("Titel mit Strich - und Fortsetzung", "Titel mit Strich - und Fortsetzung"),
        ("Titel mit Strich - und Fortsetzung | Netz Für Alle", "Titel mit Strich - und Fortsetzung"),
        ("Wahl in der Stadt – 30.01.2024", "Wahl in der Stadt"),
        ("Wochenbericht 14. - 20. Januar 2022", "Wochenbericht 14. - 20. Januar 2022"),
        ("Bund - Länder - Gemeinden", "Bund - Länder - Gemeinden"),
        ("", ""),
    ] {
        assert_eq!(without_site(title, &site), want, "{title:?}");
    }
}

#[test]
fn markup_parts_kicker_and_title() {
    for (html, kicker, title) in [
        ("<h1><span>Hamburg</span>CDO für die Bezirke</h1>", "Hamburg", "CDO für die Bezirke"),
        ("<h3><a href='/x'><span>Hamburg</span>CDO für die Bezirke</a></h3>", "Hamburg", "CDO für die Bezirke"),
        ("<h3><span class='teaser__topline'>Neues Amt</span> Ein Haus für alle</h3>", "Neues Amt", "Ein Haus für alle"),
        ("<h3><span class='kicker'>Neues Amt:</span> Ein Haus für alle</h3>", "Neues Amt", "Ein Haus für alle"),
        (
            "<h1><span class='topline'><span class='date'>27.01.2022</span></span>Zahlen für November</h1>",
            "",
            "Zahlen für November",
        ),
        ("<h1><div>Ernährung</div>Fest an der Seite</h1>", "Ernährung", "Fest an der Seite"),
        ("<h1>Frauen im <abbr>THW</abbr>: gestern und heute</h1>", "", "Frauen im THW: gestern und heute"),
        ("<h1><b>open</b>Desk im Test</h1>", "", "openDesk im Test"),
        ("<h1><span>Digital</span> Check für alle</h1>", "", "Digital Check für alle"),
        ("<h1><strong>Achtung</strong> Wartung</h1>", "", "Achtung Wartung"),
        ("<h1></h1>", "", ""),
    ] {
        let page = Html::parse_fragment(html);
        let headline = page.select(&crate::read::page::dom::selector("h1, h3")).next().unwrap();
        let (found_kicker, found) = parted(headline);
        assert_eq!(
            (found_kicker.unwrap_or_default().as_str(), found.unwrap_or_default().as_str()),
            (kicker, title),
            "{html}"
        );
    }
    let page = Html::parse_fragment("<h2><span>Nach der Wahl </span><div>Rat tagt im Mai</div></h2>");
    let headline = page.select(&crate::read::page::dom::selector("h2")).next().unwrap();
    assert_eq!(two_lines(headline), Some(("Nach der Wahl".into(), "Rat tagt im Mai".into())));
}

#[test]
fn a_kicker_ends_where_a_word_ends() {
    for (title, kicker, rest) in [
        ("Hamburg: Neues Amt", "Hamburg", Some("Neues Amt")),
        ("HamburgNeues Amt", "Hamburg", Some("Neues Amt")),
        ("Gewerbeanmeldung per Wallet", "Gewerbe", None),
        ("Hamburg", "Hamburg", None),
    ] {
        assert_eq!(without(title, kicker).as_deref(), rest, "{title}");
    }
}
