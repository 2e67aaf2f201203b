//! What a subscriber's calendar sees of events that move, are called off, are told by many, or stand in an article.

use model::{Catalogue, Date};

use super::*;
use crate::http::App;
use crate::http::tests::ask;

const ICS: &str = "text/calendar";

/// A day so many days from now.
fn day(ahead: i64) -> Date {
    now().date().plus_days(ahead)
}

/// "12.03.2027", as texts write it.
fn german(date: Date) -> String {
    let iso = date.to_string();
    let parts: Vec<&str> = iso.split('-').collect();
    format!("{}.{}.{}", parts[2], parts[1], parts[0])
}

/// A calendar with one event and what else its VEVENT says.
fn calendar(uid: &str, title: &str, date: Date, more: &str) -> Answer {
    let digits = date.to_string().replace('-', "");
    let event = format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:{digits}T100000\r\n\
         DTEND;TZID=Europe/Berlin:{digits}T160000\r\nSUMMARY:{title}\r\n{more}END:VEVENT\r\n"
    );
    Answer::body(format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Amt//DE\r\n{event}END:VCALENDAR\r\n"), ICS)
}

/// A feed of articles: title, text, and the path of the page.
fn articles(all: &[(&str, &str, &str)]) -> Answer {
    let item = |(title, text, path): &(&str, &str, &str)| {
        let published = "<pubDate>Sun, 01 Nov 2026 09:00:00 +0100</pubDate>";
        format!(
            "<item><title>{title}</title><link>https://amt.example/{path}</link><guid>{path}</guid>{published}\
             <description>{text}</description></item>"
        )
    };
    let items: String = all.iter().map(item).collect();
    Answer::body(format!("<rss version=\"2.0\"><channel><title>Amt</title>{items}</channel></rss>"), RSS)
}

fn named(id: &str, format: Format, url: String) -> Source {
    Source { format, ..source(id, url) }
}

async fn serving(sources: Vec<Source>) -> (Poller, Arc<App>) {
    let (poller, store) = poller(sources.clone(), &config()).await;
    let app = crate::http::tests::over(store, crate::catalogue::with_sources(sources).unwrap());
    (poller, Arc::new(app))
}

/// The events of the calendar: `UID SEQUENCE DTSTART STATUS SUMMARY`, the UID as a letter in order of appearance.
#[derive(Default)]
struct Subscriber {
    uids: Vec<String>,
}

impl Subscriber {
    async fn sees(&mut self, app: &Arc<App>) -> Vec<String> {
        // With a memory of its own: a server's answers may be as old as a few milliseconds.
        let app = Arc::new(crate::http::tests::over(app.store.clone(), Catalogue::clone(&app.catalogue)));
        let (_, _, ics) = ask(&app, "GET", "/feeds/events.ics", &[]).await;
        let ics = ics.replace("\r\n ", "");
        let events = ics.split("BEGIN:VEVENT").skip(1);
        events.map(|event| self.line(event)).collect()
    }

    fn line(&mut self, event: &str) -> String {
        let value = |name: &str| {
            let line = event.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}: {event}"));
            line.rsplit_once(':').unwrap().1.to_owned()
        };
        let uid = value("UID");
        let at = self.uids.iter().position(|known| *known == uid).unwrap_or_else(|| {
            self.uids.push(uid);
            self.uids.len() - 1
        });
        let letter = char::from(b'A' + u8::try_from(at).unwrap());
        let (sequence, start, status) = (value("SEQUENCE"), value("DTSTART"), value("STATUS"));
        format!("{letter} {sequence} {start} {} {}", status.to_lowercase(), value("SUMMARY"))
    }
}

fn digits(date: Date) -> String {
    date.to_string().replace('-', "")
}

#[tokio::test]
async fn an_event_that_moves_keeps_its_uid_and_counts_up() {
    let origin = Origin::start().await;
    let (first, second) = (day(30), day(44));
    let title = "Fachtag Registerdaten";
    origin
        .at("/cal.ics")
        .then(calendar("a", title, first, ""))
        .then(calendar("a", title, first, "DESCRIPTION:Mit Programm\r\n"))
        .then(calendar("a", title, second, "SEQUENCE:1\r\n"))
        .then(calendar("a", title, second, "STATUS:CANCELLED\r\n"))
        .then(calendar("b", "Fachtag Netze", day(50), ""));
    let (poller, app) = serving(vec![named("cal", Format::Ics, origin.url("/cal.ics"))]).await;
    let mut subscriber = Subscriber::default();
    let (before, after) = (format!("{}T100000", digits(first)), format!("{}T100000", digits(second)));
    for expected in [
        format!("A 0 {before} confirmed {title}"),
        format!("A 0 {before} confirmed {title}"),
        format!("A 1 {after} confirmed {title}"),
        format!("A 2 {after} cancelled {title}"),
    ] {
        poller.once(&[]).await.unwrap();
        assert_eq!(subscriber.sees(&app).await, [expected]);
    }
    poller.once(&[]).await.unwrap();
    let other = format!("B 0 {}T100000 confirmed Fachtag Netze", digits(day(50)));
    assert_eq!(subscriber.sees(&app).await[1], other, "the one that left the list stays as it was");
}

#[tokio::test]
async fn an_event_that_leaves_its_list_is_not_called_off() {
    let origin = Origin::start().await;
    origin.at("/cal.ics").then(calendar("a", "Fachtag Netze", day(9), "")).then(calendar("b", "Forum", day(12), ""));
    let (poller, app) = serving(vec![named("cal", Format::Ics, origin.url("/cal.ics"))]).await;
    let mut subscriber = Subscriber::default();
    for _ in 0..2 {
        poller.once(&[]).await.unwrap();
    }
    let seen = subscriber.sees(&app).await;
    assert_eq!(seen[0], format!("A 0 {}T100000 confirmed Fachtag Netze", digits(day(9))));
    assert_eq!(seen.len(), 2);
}

#[tokio::test]
async fn five_sources_tell_one_event_and_the_articles_stay() {
    let origin = Origin::start().await;
    let date = day(30);
    let on = german(date);
    let listing = format!("Am {on} findet in Leipzig das Registerforum der Länder statt.");
    let invites = format!("Das Landesamt lädt am {on} zum Registerforum der Länder nach Leipzig ein.");
    let names =
        format!("Das Amt stellt sein Werkzeug vor. Am {on} lädt es zum Registerforum der Länder in Leipzig ein.");
    let several = format!(
        "Termine des Amtes: Am {on} findet das Registerforum der Länder in Leipzig statt. Am {} lädt das Amt zum \
         Fachtag Netze nach Berlin ein.",
        german(day(40))
    );
    origin.at("/cal.ics").then(calendar("a", "Registerforum der Länder", date, "LOCATION:Alte Börse\\, Leipzig\r\n"));
    origin.at("/list.xml").then(articles(&[("Registerforum der Länder", &listing, "termin")]));
    origin.at("/1.xml").then(articles(&[("Registerforum der Länder in Leipzig", &invites, "1")]));
    origin.at("/2.xml").then(articles(&[("Werkzeug für Standesämter", &names, "2")]));
    origin.at("/3.xml").then(articles(&[("Ausblick des Amtes", &several, "3")]));
    let sources = vec![
        named("cal", Format::Ics, origin.url("/cal.ics")),
        Source { events: true, ..named("list", Format::Feed, origin.url("/list.xml")) },
        named("one", Format::Feed, origin.url("/1.xml")),
        named("two", Format::Feed, origin.url("/2.xml")),
        named("three", Format::Feed, origin.url("/3.xml")),
    ];
    let (poller, app) = serving(sources).await;
    poller.once(&[]).await.unwrap();
    let mut subscriber = Subscriber::default();
    let seen = subscriber.sees(&app).await;
    assert_eq!(seen.len(), 2, "{seen:#?}");
    assert!(seen[0].contains(&format!("{}T100000", digits(date))), "the hour is the calendar's: {seen:?}");
    let (_, _, page) = ask(&app, "GET", "/api/v1/items?kind=event&stories=1", &[]).await;
    let page: serde_json::Value = serde_json::from_str(&page).unwrap();
    assert_eq!(page["items"][0]["story"]["size"], 5, "{page:#}");
    assert_eq!(page["items"][0]["event"]["place"], "Alte Börse, Leipzig");
    let (_, _, page) = ask(&app, "GET", "/api/v1/items?kind=news&stories=1", &[]).await;
    for title in ["Werkzeug für Standesämter", "Ausblick des Amtes"] {
        assert!(page.contains(title), "{title}: {page}");
    }
    let again = poller.once(&[]).await.unwrap();
    assert_eq!((again.new, again.changed), (0, 0));
    assert_eq!(subscriber.sees(&app).await, seen);
}

#[tokio::test]
async fn who_calls_it_off_is_believed_until_it_is_moved() {
    let origin = Origin::start().await;
    let (date, later) = (day(30), day(60));
    let title = "Registerforum der Länder";
    let off = format!("Das für den {} geplante Registerforum der Länder in Leipzig fällt aus.", german(date));
    let never = format!("Das Sommerfest am {} in Leipzig ist abgesagt.", german(date));
    let news = [("Registerforum fällt aus", off.as_str(), "1"), ("Kein Sommerfest", never.as_str(), "2")];
    origin
        .at("/cal.ics")
        .then(calendar("a", title, date, "LOCATION:Leipzig\r\n"))
        .then(calendar("a", title, date, "LOCATION:Leipzig\r\n"))
        .then(calendar("a", title, date, "LOCATION:Leipzig\r\nDESCRIPTION:Programm\r\n"))
        .then(calendar("a", title, later, "LOCATION:Leipzig\r\n"));
    origin.at("/1.xml").then(articles(&[])).then(articles(&news));
    let sources =
        vec![named("cal", Format::Ics, origin.url("/cal.ics")), named("one", Format::Feed, origin.url("/1.xml"))];
    let (poller, app) = serving(sources).await;
    let mut subscriber = Subscriber::default();
    for (expected, on, status) in
        [(0, date, "confirmed"), (1, date, "cancelled"), (1, date, "cancelled"), (2, later, "confirmed")]
    {
        poller.once(&[]).await.unwrap();
        let line = format!("A {expected} {}T100000 {status} {title}", digits(on));
        assert_eq!(subscriber.sees(&app).await, [line], "what nobody knew of is not called off");
    }
}

#[tokio::test]
async fn an_article_that_calls_off_its_own_event_reaches_the_calendar() {
    let origin = Origin::start().await;
    let on = german(day(30));
    let planned = format!("Das Landesamt lädt am {on} zum Fachtag Registerdaten nach Leipzig ein.");
    let off = format!("Der Fachtag Registerdaten am {on} in Leipzig ist abgesagt.");
    origin.at("/1.xml").then(articles(&[("Fachtag Registerdaten", &planned, "1")])).then(articles(&[(
        "Fachtag Registerdaten",
        &off,
        "1",
    )]));
    let (poller, app) = serving(vec![named("one", Format::Feed, origin.url("/1.xml"))]).await;
    let mut subscriber = Subscriber::default();
    for expected in ["A 0 {} confirmed Fachtag Registerdaten", "A 1 {} cancelled Fachtag Registerdaten"] {
        poller.once(&[]).await.unwrap();
        assert_eq!(subscriber.sees(&app).await, [expected.replace("{}", &digits(day(30)))]);
    }
    assert_eq!(poller.once(&[]).await.unwrap().unchanged, 1);
}

#[tokio::test]
async fn an_article_with_several_events_gives_each_and_corrects_them() {
    let origin = Origin::start().await;
    let text = |dates: [i64; 2], last: &str| {
        let [one, two] = dates.map(|ahead| german(day(ahead)));
        format!(
            "Das Amt lädt am {one} zum Fachtag Netze nach Leipzig ein. Am {two} findet in Leipzig das Forum Register \
             statt. {last}"
        )
    };
    let third = format!("Am {} lädt es zum Workshop Cloud nach Leipzig ein.", german(day(40)));
    let (first, corrected) = (text([20, 30], &third), text([21, 30], ""));
    let article = |text: &str| articles(&[("Ausblick des Amtes", text, "1")]);
    origin.at("/1.xml").then(article(&first)).then(article(&first)).then(article(&corrected)).then(article(&first));
    let (poller, app) = serving(vec![named("one", Format::Feed, origin.url("/1.xml"))]).await;
    let mut subscriber = Subscriber::default();
    let (netze, forum, cloud) = ("Fachtag Netze", "Forum Register", "Workshop Cloud");
    let line = |letter: char, n: u32, ahead: i64, title: &str| {
        format!("{letter} {n} {} confirmed {title}", digits(day(ahead)))
    };
    assert_eq!(poller.once(&[]).await.unwrap().new, 4, "the article and three events");
    let seen = subscriber.sees(&app).await;
    assert_eq!(seen, [line('A', 0, 20, netze), line('B', 0, 30, forum), line('C', 0, 40, cloud)]);
    poller.once(&[]).await.unwrap();
    assert_eq!(subscriber.sees(&app).await, seen, "the same again");
    poller.once(&[]).await.unwrap();
    assert_eq!(subscriber.sees(&app).await, [line('A', 1, 21, netze), line('B', 0, 30, forum)]);
    poller.once(&[]).await.unwrap();
    let seen = subscriber.sees(&app).await;
    assert_eq!(seen, [line('A', 2, 20, netze), line('B', 0, 30, forum), line('C', 0, 40, cloud)]);
    let (_, _, news) = ask(&app, "GET", "/api/v1/items?kind=news", &[]).await;
    assert!(news.contains("Ausblick des Amtes"), "the article stays news");
}
