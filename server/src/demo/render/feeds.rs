//! RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1.

use std::time::{Duration, SystemTime};

use model::Moment;
use serde_json::json;

use super::{escape, headline, link, words};
use crate::demo::content::{Habit, Post};

pub(crate) fn rss(habit: &Habit, posts: &[Post], base: &str) -> String {
    let charset = habit.charset.as_deref().unwrap_or("utf-8");
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"{charset}\"?>\n<rss version=\"2.0\" xmlns:ev=\"http://purl.org/rss/1.0/modules/event/\"><channel>\
         <title>{}</title><link>{base}/{}/</link>\
         <description>Beispieldaten, frei erfunden</description><language>de</language>\n",
        escape(&habit.name),
        habit.id,
    );
    for post in posts {
        let teaser = words(post);
        let teaser = if habit.markup { format!("<p>{}</p>", escape(&teaser)) } else { teaser };
        out.push_str(&format!(
            "<item><title>{}</title><link>{base}{}</link><guid isPermaLink=\"false\">{}:{}</guid>\
             <pubDate>{}</pubDate><description>{}</description>{}</item>\n",
            escape(&headline(habit, post)),
            escape(&link(habit, post)),
            post.source,
            post.slug,
            rfc822(post.published),
            escape(&teaser),
            post.event.as_ref().map(event).unwrap_or_default(),
        ));
    }
    out + "</channel></rss>\n"
}

/// The event module of RSS 1.0, which event calendars add to RSS 2.0 as well.
fn event(event: &model::Event) -> String {
    let mut out = format!("<ev:startdate>{}</ev:startdate>", event.start);
    for (name, value) in [("enddate", event.end.map(|end| end.to_string())), ("location", event.place.clone())] {
        out += &value.map(|value| format!("<ev:{name}>{}</ev:{name}>", escape(&value))).unwrap_or_default();
    }
    out
}

pub(crate) fn atom(habit: &Habit, posts: &[Post], base: &str) -> String {
    let updated = posts.first().map_or(Moment::from_ms(0), |post| post.published);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\">\
         <title>{}</title><subtitle>Beispieldaten, frei erfunden</subtitle><id>tag:{}.example,2026:feed</id>\
         <updated>{updated}</updated><link href=\"{base}/{}/\"/>\n",
        escape(&habit.name),
        habit.id,
        habit.id,
    );
    for post in posts {
        out.push_str(&format!(
            "<entry><title>{}</title><link href=\"{base}{}\"/><id>tag:{}.example,2026:{}</id>\
             <published>{}</published><updated>{}</updated><author><name>Redaktion (Beispiel)</name></author>\
             <summary>{}</summary></entry>\n",
            escape(&headline(habit, post)),
            escape(&link(habit, post)),
            post.source,
            post.slug,
            post.published,
            post.published,
            escape(&words(post)),
        ));
    }
    out + "</feed>\n"
}

pub(crate) fn json(habit: &Habit, posts: &[Post], base: &str) -> String {
    let items: Vec<_> = posts
        .iter()
        .map(|post| {
            json!({
                "id": format!("{}:{}", post.source, post.slug),
                "url": format!("{base}{}", link(habit, post)),
                "title": headline(habit, post),
                "content_text": words(post),
                "date_published": post.published,
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": habit.name,
        "description": "Beispieldaten, frei erfunden",
        "home_page_url": format!("{base}/{}/", habit.id),
        "language": "de",
        "items": items,
    });
    format!("{feed:#}\n")
}

/// RFC 822 with a four-digit year, as RSS wants it.
fn rfc822(moment: Moment) -> String {
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_millis(moment.ms().max(0).unsigned_abs()))
}
