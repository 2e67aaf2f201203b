//! One document's entries in the order of judgement: normalise, identify, label, find the event, tell the story.

use model::{Batch, Change, Entry, Item, Judged, Kind, Moment, Recent, Source, SourceRef, Story};

use crate::labels::{Text, classify_naming};
use crate::normalise::{Draft, draft};
use crate::rules::Rules;
use crate::{events, identity, stories};

mod derived;

/// Longest language tag in characters (RFC 5646, section 4.4.1); what is longer is none.
const LANGUAGE: usize = 35;

/// Judges what a document said. Pure, and cannot fail: an entry that is nothing is [`Change::Rejected`] with the
/// reason; everything else is kept, relevant or not. Entry by entry, in the document's order; then the events that their
/// texts announce beside their own. Each item stands alone: [`stories::tell`] sees many documents at once.
#[must_use]
pub fn curate(entries: Vec<Entry>, source: &Source, rules: &Rules, recent: &Recent, now: Moment) -> Batch {
    let drafts: Vec<Result<Draft, String>> = entries
        .into_iter()
        .map(|entry| Ok(events::announce(draft(entry, source, rules, now)?, source, rules)))
        .collect();
    let readable: Vec<(&Draft, i64)> =
        drafts.iter().filter_map(|draft| draft.as_ref().ok()).map(|draft| (draft, identity::hash(draft))).collect();
    let said: Vec<i64> = readable.iter().map(|(_, said)| *said).collect();
    let mut ids = identity::ids(&readable, &source.id, recent).into_iter().zip(said);
    let (kept, desk) = (derived::kept(recent), Desk { rules, recent, now });
    let (mut batch, mut announced) = (Batch::default(), Vec::new());
    for draft in drafts {
        let change = match draft.map(|draft| (draft, ids.next())) {
            Err(reason) => Change::Rejected(reason),
            Ok((_, None | Some((None, _)))) => {
                Change::Rejected("the entry repeats another one of the document".to_owned())
            }
            Ok((mut draft, Some((Some(id), said)))) => {
                let off = std::mem::take(&mut draft.called_off);
                announced.extend(beside(&draft, &id, &kept, source, desk));
                let change = change(draft, (id.clone(), said), source, desk);
                if !matches!(change, Change::Same(_)) {
                    batch.called_off.extend(derived::called_off(&id, off));
                }
                change
            }
        };
        batch.changes.push(change);
    }
    batch.changes.extend(announced);
    batch
}

/// The events that a text announces beside its own.
fn beside(draft: &Draft, id: &str, kept: &derived::Kept<'_>, source: &Source, desk: Desk<'_>) -> Vec<Change> {
    if draft.announced.is_empty() && !kept.contains_key(id) {
        return Vec::new();
    }
    let Desk { rules, now, .. } = desk;
    let said = identity::hash(draft);
    let judge = || judge(draft.clone(), id.to_owned(), said, source, rules, now);
    let own = events::find(draft, source, rules, now).1.map(|event| event.start);
    let announced: Vec<_> = draft.announced.iter().filter(|one| Some(one.event.start) != own).cloned().collect();
    derived::Derived { announced: &announced, said, desk }.changes(id, kept, judge)
}

/// What all judging of one document has at hand.
#[derive(Clone, Copy)]
struct Desk<'a> {
    rules: &'a Rules,
    recent: &'a Recent,
    now: Moment,
}

fn change(draft: Draft, (id, said): (String, i64), source: &Source, desk: Desk<'_>) -> Change {
    let Desk { rules, recent, now } = desk;
    let hash = identity::stamp(said, rules);
    match recent.known.get(&id) {
        Some(before) if *before == hash => Change::Same(id),
        Some(_) => Change::Changed(judge(draft, id, hash, source, rules, now)),
        None => Change::New(judge(draft, id, hash, source, rules, now)),
    }
}

fn judge(draft: Draft, id: String, hash: i64, source: &Source, rules: &Rules, now: Moment) -> Judged {
    let text = Text {
        title: &draft.title,
        kicker: draft.kicker.as_deref(),
        summary: &draft.summary,
        url: draft.url.as_deref(),
        dated: draft.published.is_some(),
    };
    let (judgement, named) = classify_naming(&text, Some(source), rules);
    let (kind, event) = events::find(&draft, source, rules, now);
    let terms = german::search::terms(&draft.title, draft.kicker.as_deref().unwrap_or_default(), &draft.summary);
    // A feed without links: the page it stands on, and which entry of it.
    let url = draft.url.unwrap_or_else(|| format!("{}#{id}", source.url.split('#').next().unwrap_or_default()));
    let item = Item {
        kind,
        url,
        title: draft.title,
        kicker: draft.kicker,
        summary: draft.summary,
        published: draft.published,
        updated: draft.updated,
        lang: language(draft.entry.lang.as_deref()),
        source: SourceRef {
            id: source.id.clone(),
            name: source.publisher.name.clone(),
            url: source.publisher.home.clone(),
            licence: source.publisher.licence.clone(),
        },
        states: judgement.states,
        topics: judgement.topics,
        relevance: judgement.relevance,
        story: Story { id: id.clone(), size: 1, ..Story::default() },
        image: draft.entry.image.as_deref().and_then(crate::url::canonical),
        event,
        why: judgement.why,
        id,
    };
    let relevant = item.relevance >= source.threshold;
    let mut judged = Judged { relevant, item, hash, terms, marks: Vec::new(), evidence: String::new() };
    // Events stand among events, which find each other by their days.
    if relevant && kind == Kind::News {
        judged.marks = stories::marks_naming(&judged, &named, rules);
    }
    judged
}

/// The language as the source says, if it has the form of a tag: what stands there goes into the attributes of pages
/// and feeds, and some sources write a sentence, or worse.
fn language(said: Option<&str>) -> String {
    let subtag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let tag = said.map(|said| said.trim().replace('_', "-"));
    tag.filter(|tag| tag.len() <= LANGUAGE && tag.split('-').all(subtag)).unwrap_or_else(|| "de".to_owned())
}

#[cfg(test)]
mod tests;
