//! The platforms of the catalogue against their fixtures, and pages nobody has described.

mod corpus;

use std::path::{Path, PathBuf};

use model::{Document, Format, Platform, Source};

use super::{Survey, survey, unguarded};

fn crate_dir() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths
}

fn platforms() -> Vec<Platform> {
    let paths = files(&crate_dir().join("../../catalogue/platforms"));
    paths.iter().map(|path| toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()).collect()
}

fn document(bytes: &[u8]) -> Document {
    Document { bytes: bytes.to_vec(), media_type: None, url: "https://www.quelle.example/pfad/seite.html".into() }
}

fn look(html: &str) -> Survey {
    survey(&document(html.as_bytes()), &platforms())
}

fn told(survey: &Survey) -> String {
    let feeds: Vec<_> = survey.feeds.iter().map(|feed| (&feed.url, &feed.title, &feed.media_type)).collect();
    serde_json::to_string_pretty(&serde_json::json!({
        "title": survey.title, "platform": survey.platform, "feeds": feeds, "overviews": survey.overviews,
        "article": survey.article, "item": survey.select.as_ref().map(|select| &select.item),
        "proposed": survey.proposed, "entries": survey.entries, "trouble": survey.trouble,
    }))
    .unwrap()
}

/// Each set of selectors of each platform reads a fixture of its own; each fixture is recognised and has a snapshot.
#[test]
fn platforms_read_their_fixtures() {
    let platforms = platforms();
    let fixtures = files(&crate_dir().join("testdata/platform"));
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    for platform in &platforms {
        let own: Vec<_> = fixtures.iter().filter(|path| name(path).starts_with(&format!("{}-", platform.id))).collect();
        let mut exercised = vec![false; platform.list.len()];
        for path in &own {
            let document = document(&std::fs::read(path).unwrap());
            let survey = survey(&document, &platforms);
            // Tables are everybody's: nothing on a page says that they are the list.
            let recognisable = !(platform.marks.is_empty() && platform.generator.is_empty());
            if recognisable {
                assert_eq!(survey.platform.as_deref(), Some(platform.id.as_str()), "{path:?}");
            }
            if name(path).ends_with("-artikel") {
                assert!(survey.article.is_some(), "{path:?} is an article");
            } else {
                let source = Source { format: Format::Html, select: platform.list.clone(), ..Source::default() };
                let entries = crate::read(&document, &source).entries;
                let whole = |entry: &model::Entry| entry.title.is_some() && entry.url.is_some();
                assert!(entries.len() >= 2 && entries.iter().all(whole), "{path:?}: {entries:#?}");
                let dated = |entry: &&model::Entry| entry.published.is_some() || entry.event.is_some();
                assert_eq!(entries.iter().filter(dated).count(), entries.len(), "{path:?}");
                let first = platform.list.iter().position(|select| {
                    let source = Source { format: Format::Html, select: vec![select.clone()], ..Source::default() };
                    let reading = crate::read(&document, &source);
                    reading.entries == entries && reading.complaints.is_empty()
                });
                exercised[first.unwrap_or_else(|| panic!("{path:?}: no selectors alone"))] = true;
            }
            insta::assert_snapshot!(name(path).replace('-', "_"), told(&survey));
        }
        assert!(exercised.iter().all(|done| *done), "{}: selectors without a fixture: {exercised:?}", platform.id);
    }
    assert!(platforms.len() >= 9);
}

#[test]
fn every_fixture_belongs_to_a_platform() {
    let ids: Vec<_> = platforms().into_iter().map(|platform| format!("{}-", platform.id)).collect();
    for path in files(&crate_dir().join("testdata/platform")) {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(ids.iter().any(|id| name.starts_with(id.as_str())), "{name}");
    }
}

#[test]
fn events_of_a_calendar_have_span_and_place() {
    let path = crate_dir().join("testdata/platform/liferay-termine.html");
    let select = platforms().into_iter().find(|platform| platform.id == "liferay").unwrap().list;
    let source = Source { format: Format::Html, select, events: true, ..Source::default() };
    let reading = crate::read(&document(&std::fs::read(path).unwrap()), &source);
    let told: Vec<_> = reading.entries.iter().map(|entry| entry.event.clone().unwrap()).collect();
    let told: Vec<_> = told
        .iter()
        .map(|event| (event.start.to_string(), event.end.unwrap().to_string(), event.place.as_deref(), event.online))
        .collect();
    assert_eq!(
        told,
        [
            ("2026-12-08T10:00:00+01:00".into(), "2026-12-09T12:30:00+01:00".into(), Some("Campus.digital"), true),
            ("2026-12-15T09:00:00+01:00".into(), "2026-12-15T16:00:00+01:00".into(), Some("Köln"), false),
        ]
    );
}

/// "Kicker: Titel" and "[20.12.2024] … mehr…" in whatever markup: the teasers, and what stands above them.
#[test]
fn date_lines_make_a_list_in_any_markup() {
    let paragraph = "Die Stadt hat beschlossen, ihre Register zu verbinden, und nennt dafür drei Gründe. ".repeat(5);
    let lines = [
        "MusterstadtRegister werden verbunden".to_owned(),
        paragraph.trim().to_owned(),
        paragraph.trim().to_owned(),
        ": Daten gehören ins Fach".to_owned(),
        "[20.12.2025] Ein Amt berichtet. mehr...".to_owned(),
        "Beispieltal: Kreise bauen ein Netz".to_owned(),
        "[19.12.2025] Sechs Kreise tun sich zusammen. mehr...".to_owned(),
        "Personalie: Neue Leitung im Rechenzentrum".to_owned(),
        "[18.12.2025] Im Mai ist Wechsel. mehr...".to_owned(),
    ];
    let each = |open: &str, close: &str| lines.iter().map(|line| format!("{open}{line}{close}\n")).collect::<String>();
    for html in [
        format!("<html><body>{}</body></html>", each("<p>", "</p>")),
        format!("<html><body>{}</body></html>", each("", "<br>")),
        format!("<html><head><title>Heft</title></head><body><div>{}</div></body></html>", each("<div>", "</div>")),
        format!("<html><body><pre>{}</pre></body></html>", each("", "")),
        format!("<html><body>{}</body></html>", each("", "")),
        each("", ""),
    ] {
        let survey = look(&html);
        let article = survey.article.unwrap_or_else(|| panic!("no article in {html:.60}"));
        assert_eq!(article.title.as_deref(), Some("MusterstadtRegister werden verbunden"), "{html:.60}");
        assert!(article.text.unwrap().starts_with("Die Stadt hat beschlossen"));
        let told: Vec<_> = survey
            .entries
            .iter()
            .map(|entry| {
                (
                    entry.kicker.as_deref(),
                    entry.title.as_deref().unwrap(),
                    entry.published.unwrap().date().to_string(),
                    entry.summary.as_deref().unwrap(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (None, "Daten gehören ins Fach", "2025-12-20".into(), "Ein Amt berichtet."),
                (Some("Beispieltal"), "Kreise bauen ein Netz", "2025-12-19".into(), "Sechs Kreise tun sich zusammen."),
                (Some("Personalie"), "Neue Leitung im Rechenzentrum", "2025-12-18".into(), "Im Mai ist Wechsel."),
            ],
            "{html:.60}"
        );
    }
}

#[test]
fn a_portal_is_no_article() {
    let teaser = |n: usize| {
        format!(
            "<li><h3><a href='/m/{n}'>Meldung Nummer {n} aus dem Haus</a></h3><p>{n}.03.2026</p><p>Ein Satz, der nicht sehr lang ist, aber auch nicht ganz kurz.</p></li>"
        )
    };
    let list: String = (1..9).map(teaser).collect();
    for (title, heading) in [
        ("Startseite - Amt", "Willkommen"),
        ("Amt für Muster", "Amt für Muster"),
        ("Pressemitteilungen", "Pressemitteilungen"),
    ] {
        let survey = look(&format!(
            "<html><head><title>{title}</title></head><body><main><h1>{heading}</h1><ul class='liste'>{list}</ul></main></body></html>"
        ));
        assert_eq!(survey.article, None, "{title}");
        assert!(survey.proposed);
        assert_eq!(survey.entries.len(), 8, "{:?}", survey.select);
        assert!(
            survey.entries.iter().all(|entry| entry.published.is_some() && entry.url.is_some()),
            "{:?}",
            survey.select
        );
    }
}

#[test]
fn lists_in_structured_data_are_read() {
    let survey = look(
        "<html><body><script type='application/ld+json'>[{\"@type\":\"Event\",\"name\":\"Digitaltag\",\"startDate\":\"2026-06-19\",\"location\":{\"@type\":\"Place\",\"name\":\"Rathaus\"},\"url\":\"/t/1\"},\
         {\"@type\":\"Event\",\"name\":\"Fachforum\",\"startDate\":\"2026-06-20T09:00\",\"endDate\":\"2026-06-20T12:00\",\"location\":{\"@type\":\"VirtualLocation\",\"url\":\"https://x.example\"}}]</script></body></html>",
    );
    assert_eq!(survey.article, None);
    let told: Vec<_> = survey
        .entries
        .iter()
        .map(|entry| {
            let event = entry.event.as_ref().unwrap();
            (entry.title.as_deref().unwrap(), event.start.to_string(), event.place.as_deref(), event.online)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Digitaltag", "2026-06-19".into(), Some("Rathaus"), false),
            ("Fachforum", "2026-06-20T09:00:00+02:00".into(), None, true)
        ]
    );
}

#[test]
fn walls_and_error_pages_give_nothing_but_trouble() {
    for (html, want) in [
        (
            "<title>404 Not Found</title><h1>Not Found</h1><p>The requested URL was not found on this server.</p>",
            "error-page",
        ),
        ("<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>", "blocked"),
    ] {
        let survey = look(html);
        assert_eq!(survey.trouble.as_ref().map(|(trouble, _)| trouble.word()), Some(want), "{html}");
        assert!(survey.article.is_none() && survey.entries.is_empty());
    }
}

#[test]
fn what_is_no_page_gives_an_empty_survey() {
    for text in [
        "",
        "{\"items\":[{\"title\":\"x\"}]}",
        "<?xml version='1.0'?><rss><channel><title>Amt</title><item><title>x</title></item></channel></rss>",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ] {
        assert_eq!(look(text), Survey::default(), "{text}");
    }
}

/// A caught panic would be an empty survey, so what is not caught is asked.
#[test]
fn damaged_pages_are_surveyed_without_a_panic() {
    let platforms = platforms();
    for path in files(&crate_dir().join("testdata/platform")) {
        let whole = std::fs::read(path).unwrap();
        for at in (0..whole.len()).step_by(173) {
            let mut changed = whole.clone();
            changed[at] = changed[at].wrapping_mul(31).wrapping_add(7);
            for bytes in [&whole[..at], &whole[at..], &changed] {
                unguarded(&document(bytes), &platforms);
            }
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_between_marks_is_surveyed(
        pieces in proptest::collection::vec((0_usize..24, "[a-zA-ZäöüßÄ0-9 .:,|\\[\\]–-]{0,12}"), 0..60)
    ) {
        const MARKS: [&str; 24] = [
            "<h1>", "</h1>", "<p>", "<li>", "<time datetime='", "'>", "<a href='", "</a>", "[20.12.2024] ", "mehr...",
            "Datum: 01.02.2024, ", "<title>", "</title>", "<meta name=date content='", "<table><tr><td>", "<span class=date>",
            "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"", "\"}</script>", "<br>",
            " – ", "<div itemscope itemtype='http://schema.org/Event'>", "<b itemprop=startDate>", "12. bis 14. Mai 2026", "<base href='",
        ];
        let html: String = pieces.iter().map(|(mark, text)| format!("{}{text}", MARKS[*mark])).collect();
        unguarded(&document(html.as_bytes()), &platforms());
    }
}
