//! Events that an article announces beside its own: each becomes an item, with the article's address and labels.
//!
//! Its id is made of the article's and of its title, with the day only where the article tells several of one name: an
//! event that moves in a corrected article is the same event on another day. What the article no longer says is taken
//! back; what merely is over stays as it is.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use model::{CalledOff, Change, Event, Item, Judged, Kind, Recent, Story, Why};

use super::Desk;
use crate::events::{self, Announced};
use crate::identity;
use crate::normalise::{SUMMARY, TITLE, cut, plain};

/// So many events of one article become items; a text with more is a calendar.
const MOST: usize = 40;

/// The kept events of a source's articles: the article's id to theirs.
pub(super) type Kept<'a> = HashMap<&'a str, Vec<&'a str>>;

pub(super) fn kept(recent: &Recent) -> Kept<'_> {
    let mut kept: Kept<'_> = HashMap::new();
    for id in recent.known.keys() {
        if let Some(article) = identity::article(id) {
            kept.entry(article).or_default().push(id);
        }
    }
    kept
}

/// What an article announces, with what tells whether that is new.
pub(super) struct Derived<'a> {
    pub(super) announced: &'a [Announced],
    /// What the article says as a whole (see [`identity::hash`]).
    pub(super) said: i64,
    pub(super) desk: Desk<'a>,
}

impl Derived<'_> {
    /// The changes for an article's events. `judge` gives the article as judged; it is asked only where one changed.
    pub(super) fn changes(&self, article: &str, kept: &Kept<'_>, judge: impl Fn() -> Judged) -> Vec<Change> {
        let Desk { rules, recent, now } = self.desk;
        let whole = OnceCell::new();
        let mut changes = Vec::new();
        let mut told: HashSet<String> = HashSet::new();
        for (key, one) in keyed(self.announced) {
            let id = identity::derived(article, &key);
            let event = events::from_announced(one);
            let known = recent.known.get(&id);
            if told.contains(&id) || known.is_none() && event.over() <= now {
                continue;
            }
            let words = format!("{:016x}\n{}\n{}\n{event:?}", self.said, one.title, one.said);
            let hash = identity::stamp(identity::digest(&words), rules);
            if known == Some(&hash) {
                changes.push(Change::Same(id.clone()));
            } else {
                let article = whole.get_or_init(&judge);
                if !article.relevant {
                    break;
                }
                let item = item(article, id.clone(), one, event, hash);
                changes.push(if known.is_some() { Change::Changed(item) } else { Change::New(item) });
            }
            told.insert(id);
        }
        let mut gone: Vec<&&str> = kept.get(article).into_iter().flatten().filter(|id| !told.contains(**id)).collect();
        gone.sort_unstable();
        changes.extend(gone.into_iter().map(|id| Change::Gone((*id).to_owned())));
        changes
    }
}

/// What each event is known by within its article.
fn keyed(announced: &[Announced]) -> Vec<(String, &Announced)> {
    let name = |one: &Announced| german::fold::fold(&one.title);
    let mut names: HashMap<String, usize> = HashMap::new();
    announced.iter().for_each(|one| *names.entry(name(one)).or_default() += 1);
    let key = |one: &Announced| {
        let name = name(one);
        let alone = names.get(&name) == Some(&1);
        if alone { name } else { format!("{name}\n{}", one.event.start) }
    };
    announced.iter().take(MOST).map(|one| (key(one), one)).collect()
}

fn item(article: &Judged, id: String, one: &Announced, event: Event, hash: i64) -> Judged {
    let from = &article.item;
    let (title, said) = (cut(&plain(&one.title), TITLE), cut(&plain(&one.said), SUMMARY));
    // The words that speak for its labels stand in the article, not in these.
    let why = from.why.iter().map(|why| Why {
        field: "source".into(),
        start: 0,
        end: u32::try_from(why.text.len()).unwrap_or_default(),
        ..why.clone()
    });
    let terms = german::search::terms(&title, "", &format!("{said}. {}", from.title));
    let item = Item {
        story: Story { id: id.clone(), size: 1, ..Story::default() },
        kind: Kind::Event,
        summary: if said == title { String::new() } else { said },
        title,
        kicker: None,
        event: Some(event),
        why: why.collect(),
        id,
        ..from.clone()
    };
    Judged { item, hash, terms, relevant: article.relevant, marks: Vec::new(), evidence: String::new() }
}

/// What an article calls off, to be compared with what is known.
pub(super) fn called_off(article: &str, off: Vec<Announced>) -> Vec<CalledOff> {
    let notice =
        |one: Announced| CalledOff { by: article.to_owned(), event: events::from_announced(&one), title: one.title };
    off.into_iter().take(MOST).map(notice).collect()
}

#[cfg(test)]
mod tests;
