//! Pages: a listing with classes of its own, the page behind each link, and the publishers' home pages.
//! Every one of them says that it is sample data.

use super::{Rendered, clock, escape, headline, link, words};
use crate::demo::content::{Habit, Post};

const NOTE: &str = "Beispieldaten: frei erfunden, um Amtsticker vorzuführen.";

pub(crate) fn listing(habit: &Habit, posts: &[Post]) -> String {
    let mut list = String::new();
    for post in posts {
        let date = post.published.date();
        let kicker = post.kicker.as_ref().map(|kicker| format!("<p class=\"meldung__thema\">{}</p>", escape(kicker)));
        list.push_str(&format!(
            "<li class=\"meldung\">{}<h3 class=\"meldung__titel\"><a href=\"{}\">{}</a></h3>\
             <p class=\"meldung__datum\">{:02}.{:02}.{}, {} Uhr</p><p class=\"meldung__text\">{}</p></li>\n",
            kicker.unwrap_or_default(),
            escape(link(habit, post).trim_start_matches('/')),
            escape(&headline(habit, post)),
            date.day(),
            date.month(),
            date.year(),
            clock(post.published),
            escape(&words(post)),
        ));
    }
    // Links are relative to the base element, as content management systems of the federal authorities have it.
    let body = format!("<nav><a href=\"./\">Start</a></nav><h2>Aktuelles</h2>\n<ul class=\"meldungen\">\n{list}</ul>");
    page(&habit.name, "<base href=\"/\">", &body)
}

/// The page behind a link.
pub(crate) fn article(habit: &Habit, post: &Post) -> Rendered {
    let body = format!(
        "<h2>{}</h2><p><time datetime=\"{}\">{}</time></p><p>{}</p><p>Was daran zu erkennen sein soll: {}</p>",
        escape(&headline(habit, post)),
        post.published,
        post.published.date(),
        escape(&words(post)),
        escape(&post.about),
    );
    rendered(page(&habit.name, "", &body))
}

/// The home page of a publisher.
pub(crate) fn home(habit: &Habit) -> Rendered {
    let body = format!("<p><a href=\"{}\">{}</a></p>", escape(&habit.path), escape(&habit.path));
    rendered(page(&habit.name, "", &body))
}

/// The page on which one would register.
pub(crate) fn registration(post: &Post) -> Rendered {
    rendered(page("Anmeldung (Beispiel)", "", &format!("<p>{}</p>", escape(&post.title))))
}

/// The start page: all publishers.
pub(crate) fn start(habits: &[Habit]) -> Rendered {
    let list: String =
        habits.iter().map(|habit| format!("<li><a href=\"/{}/\">{}</a></li>", habit.id, escape(&habit.name))).collect();
    rendered(page("Beispielquellen", "", &format!("<ul>{list}</ul>")))
}

fn rendered(text: String) -> Rendered {
    Rendered { media_type: "text/html; charset=utf-8", bytes: text.into_bytes() }
}

fn page(title: &str, head: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"de\"><head><meta charset=\"utf-8\">{head}<title>{title}</title>\
         <meta name=\"robots\" content=\"noindex\"></head>\n<body><p><strong>{NOTE}</strong></p><h1>{title}</h1>\n\
         {body}\n</body></html>\n"
    )
}
