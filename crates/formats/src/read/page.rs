//! Pages: lists by selectors, articles, and what can be told of a page that nobody has described.
//!
//! Promises: plain text, absolute links, German dates; a page that only looks fine (a wall, an error, an empty list)
//! says so. Refuses: pages nested so deeply or tags so long that html5ever would take quadratic time.

mod article;
mod body;
mod dateline;
mod dom;
mod guard;
mod json_ld;
mod labels;
mod lines;
mod links;
mod list;
mod meta;
mod microdata;
mod propose;
mod published;
mod span;
mod survey;
mod thing;
mod title;
mod wall;

use model::{Complaint, Reading, Source};
use url::Url;

use dom::Page;
use list::Rules;
pub use list::is_selector;
pub use survey::{FeedLink, Survey, survey};

/// Reads a page by `source.select`: the first that finds an entry counts. Where none does, by its date lines.
pub(super) fn read(html: &str, url: Option<&Url>, source: &Source) -> Reading {
    let mut reading = Reading { format: "html".into(), ..Reading::default() };
    let rules: Result<Vec<Rules>, String> = source.select.iter().map(Rules::new).collect();
    let rules = rules.and_then(|rules| match rules.is_empty() {
        true => Err("the source names no selectors".to_owned()),
        false => Ok(rules),
    });
    match rules.and_then(|rules| Page::parse(html, url).map(|page| (rules, page))) {
        Ok((rules, page)) => by_rules(&page, &rules, source, &mut reading),
        Err(text) => {
            reading.format = "none".into();
            reading.complaints.push(Complaint { what: "page".into(), text, entry: None });
        }
    }
    reading
}

fn by_rules(page: &Page, rules: &[Rules], source: &Source, reading: &mut Reading) {
    reading.title = page.title();
    for rules in rules {
        reading.entries = list::read(page, rules, source.events, &mut reading.complaints);
        if !reading.entries.is_empty() {
            return;
        }
    }
    let (lines, teasers) = survey::seen(page);
    let items: Vec<&str> = source.select.iter().map(|select| select.item.as_str()).collect();
    if let Some(teasers) = teasers {
        reading.entries = teasers.entries;
        let text = format!("nothing on the page matches {}; read by its date lines", items.join(" or "));
        reading.complaints.push(Complaint { what: "page".into(), text, entry: None });
        return;
    }
    let (trouble, text) = wall::judge(page, &lines).unwrap_or_else(|| wall::nothing(page, &lines, &items));
    reading.trouble = Some(trouble);
    reading.complaints.insert(0, Complaint { what: trouble.word().into(), text, entry: None });
}
