//! Selectors for a list that nobody has described: links that stand in like elements are its items, and what is
//! alike inside those are title, date and teaser.

use std::collections::{HashMap, HashSet};

use model::Select;
use scraper::ElementRef;

use super::dom::{Page, selector, words};
use super::lines;
use crate::read::when;

/// Fewest items of a list.
const FEWEST: usize = 3;
/// Links looked at, and how far up from each.
const MOST_LINKS: usize = 3_000;
const HIGHEST: usize = 7;
/// Least length of a link's text that may be a headline, in characters.
const HEADLINE: usize = 18;

/// One kind of element that may be the item of a list.
struct Kind<'a> {
    items: Vec<ElementRef<'a>>,
    /// The items whose link reads like a headline.
    headlines: usize,
}

/// Proposes selectors; `None` where nothing repeats.
pub(super) fn propose(page: &Page) -> Option<Select> {
    let mut kinds: HashMap<String, Kind<'_>> = HashMap::new();
    let mut seen = HashSet::new();
    for link in page.html.select(&selector("a[href]")).take(MOST_LINKS) {
        if in_frame(link) || !page.afford(link, 2) {
            continue;
        }
        let headline = words(link).is_some_and(|text| text.chars().count() >= HEADLINE);
        let mut element = link;
        for _ in 0..HIGHEST {
            let Some(parent) = element.parent().and_then(ElementRef::wrap) else { break };
            if matches!(element.value().name(), "body" | "main" | "html") {
                break;
            }
            if let Some(path) = path(element, parent) {
                let kind = kinds.entry(path).or_insert(Kind { items: Vec::new(), headlines: 0 });
                if seen.insert(element.id()) {
                    kind.items.push(element);
                    kind.headlines += usize::from(headline);
                }
            }
            element = parent;
        }
    }
    let best = kinds.into_iter().filter(|(_, kind)| kind.items.len() >= FEWEST && kind.headlines >= FEWEST);
    let best = best
        .filter_map(|(path, kind)| Some((score(page, &kind)?, path, kind)))
        .max_by(|(a, x, _), (b, y, _)| a.cmp(b).then(y.cmp(x)));
    best.map(|(_, path, kind)| parts(path, &kind.items))
}

/// How much a kind of element looks like a list of news: headlines, dates, text.
fn score(page: &Page, kind: &Kind<'_>) -> Option<usize> {
    let sample: Vec<_> = kind.items.iter().take(12).collect();
    let (mut dated, mut texts, mut links) = (0, 0, 0);
    for item in &sample {
        if !page.afford(**item, 4) {
            return None;
        }
        dated += usize::from(date_element(**item).is_some());
        let length = words(**item).map_or(0, |text| text.chars().count());
        texts += usize::from((30..2_000).contains(&length));
        links += item.select(&selector("a[href]")).take(8).count();
    }
    // An element that holds several headlines is the list, not its item.
    if links > sample.len() * 4 || texts * 2 < sample.len() {
        return None;
    }
    let share = |count: usize| count * 100 / sample.len();
    Some(
        share(dated) * 3
            + share(texts)
            + kind.headlines.min(kind.items.len()) * 100 / kind.items.len()
            + kind.items.len().min(30),
    )
}

/// "ul.news > li.item": parent and element with the classes that are names, not measures.
fn path(element: ElementRef<'_>, parent: ElementRef<'_>) -> Option<String> {
    let own = compound(element)?;
    let around = compound(parent)?;
    (own.contains('.') || around.contains(['.', '#'])).then(|| format!("{around} > {own}"))
}

fn compound(element: ElementRef<'_>) -> Option<String> {
    let name = element.value().name();
    let plain = |word: &str| {
        let first = word.starts_with(|c: char| c.is_ascii_alphabetic());
        first && word.len() <= 60 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let measured = |word: &str| {
        let parts: Vec<&str> = word.split(['-', '_']).collect();
        word.bytes().any(|b| b.is_ascii_digit())
            || matches!(
                parts[0],
                "col" | "columns" | "column" | "row" | "grid" | "d" | "odd" | "even" | "first" | "last" | "active"
            )
    };
    let mut classes: Vec<&str> = element.value().classes().filter(|word| plain(word) && !measured(word)).collect();
    classes.sort_unstable();
    let mut text = name.to_owned();
    for class in classes.iter().take(2) {
        text.push('.');
        text.push_str(class);
    }
    // `svg:path` and elements of one's own with odd names are no selectors.
    name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-').then_some(text)
}

/// What is alike inside the items.
fn parts(item: String, items: &[ElementRef<'_>]) -> Select {
    let sample: Vec<_> = items.iter().take(12).copied().collect();
    let most = |css: &str| {
        let rule = selector(css);
        sample.iter().filter(|item| item.select(&rule).next().and_then(words).is_some()).count() * 2 > sample.len()
    };
    let title = ["h1", "h2", "h3", "h4", "h5"].into_iter().find(|name| most(name)).unwrap_or("a");
    let dated = sample.iter().find_map(|item| date_element(*item));
    let date = dated.map(|element| {
        let plain = |class: &&str| class.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        let telling = |class: &&str| lines::words_of(class).any(lines::is_date_word);
        let classes = || element.value().classes().filter(plain);
        match classes().find(telling).or_else(|| classes().next()) {
            Some(class) => format!(".{class}"),
            None => element.value().name().to_owned(),
        }
    });
    // The paragraph that holds the date is no teaser.
    let in_paragraph = dated.is_some_and(|element| element.value().name() == "p");
    let other = date.as_deref().filter(|date| in_paragraph && date.starts_with('.'));
    let other = other.map(|date| format!("p:not({date})"));
    let teaser = other.as_deref().into_iter().chain(["p", ".teaser", ".text"]).find(|name| most(name));
    Select {
        item,
        title: Some(title.to_owned()),
        link: Some("a[href]".to_owned()).filter(|_| !items.iter().all(|item| item.value().name() == "a")),
        date,
        teaser: teaser.map(ToOwned::to_owned),
        ..Select::default()
    }
}

/// The element of an item that holds its date.
fn date_element(item: ElementRef<'_>) -> Option<ElementRef<'_>> {
    item.select(&selector("time, span, p, div, em, small, td, dd, li")).take(60).find(|element| {
        let time = element.value().name() == "time";
        let named = element.value().classes().any(|class| lines::words_of(class).any(lines::is_date_word));
        let few = element.children().take(4).count() < 4;
        (time || named || few)
            && words(*element).filter(|text| text.len() <= 80).is_some_and(|text| match time || named {
                true => when::found(&text).is_some(),
                false => when::when(&text).is_some(),
            })
    })
}

fn in_frame(link: ElementRef<'_>) -> bool {
    link.ancestors().filter_map(ElementRef::wrap).take(40).any(|around| {
        matches!(around.value().name(), "nav" | "footer" | "form") || around.attr("role") == Some("navigation")
    })
}

#[cfg(test)]
mod tests;
