//! What stands around a place's name decides whether it says anything: a dateline, a list of examples, a former
//! office, a quoted speaker, a person and a venue name places that the text is not about. Quoted words say nothing of
//! the kind of the text that quotes them.
//!
//! Each question has a file of its own and looks at a bounded neighbourhood ([`Around`]), so that a text of many
//! places is judged in time linear in its length.

use std::ops::Range;

use model::Role;

use super::{Case, Found};
use crate::field::{self, Field};
use crate::rules::{Label, Rule};

mod comparison;
mod cue;
mod dateline;
mod examples;
mod person;
mod quotation;
mod venue;

/// What a place counts that only stands by: enough where nothing else is named, not beside it.
pub(super) const WEAK: f32 = 0.5;

/// How far a neighbourhood reaches, in bytes.
const REACH: usize = 120;

/// A place's name and what stands around it. All text is folded.
pub(super) struct Around<'a> {
    pub(super) field: &'a Field<'a>,
    pub(super) rule: &'a Rule,
    pub(super) at: Range<usize>,
    /// At most [`REACH`] bytes before the name.
    pub(super) before: &'a str,
    /// At most [`REACH`] bytes after it.
    pub(super) after: &'a str,
    /// From the beginning of the clause to the name.
    clause: &'a str,
}

impl<'a> Around<'a> {
    fn new(found: &Found, case: &'a Case<'a>) -> Self {
        let field = &case.fields[found.field];
        let (text, at) = (field.folded(), found.hit.start..found.hit.end);
        let from = on_bound(text, at.start.saturating_sub(REACH));
        let to = on_bound(text, (at.end + REACH).min(text.len()));
        let clause = german::clause::clause(text, at.start);
        Around {
            field,
            rule: &case.rules.rules[found.hit.rule],
            before: &text[from..at.start],
            after: &text[at.end..to],
            clause: &text[clause.start.max(from)..at.start],
            at,
        }
    }

    /// Words of the clause before the name, the nearest first.
    pub(super) fn words_before(&self) -> impl Iterator<Item = &'a str> {
        self.clause.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
    }

    /// Words after the name, whatever stands between.
    pub(super) fn words_after(&self) -> impl Iterator<Item = &'a str> {
        self.after.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
    }

    /// The name stands as towns do. Berlin, Hamburg and Bremen are both.
    pub(super) fn is_town(&self) -> bool {
        self.rule.role == Some(Role::Town) || matches!(self.rule.text.as_str(), "Berlin" | "Hamburg" | "Bremen")
    }

    pub(super) fn in_summary(&self) -> bool {
        self.field.name == field::SUMMARY
    }

    /// Whether a folded range begins with a capital where it was written.
    pub(super) fn capital(&self, range: Range<usize>) -> bool {
        self.field.source(range).chars().next().is_some_and(char::is_uppercase)
    }
}

/// Takes weight from places that only stand by, and from what is only quoted.
pub(super) fn weigh(found: &mut [Found], case: &Case<'_>) {
    for found in found.iter_mut() {
        if let Label::Kind(genre) = case.rules.rules[found.hit.rule].label
            && quotation::hides(genre, &case.fields[found.field], found.hit.start)
        {
            found.weight = 0.0;
        }
    }
    let announces = found.iter().any(|found| match case.rules.rules[found.hit.rule].label {
        Label::Topic(topic) => case.rules.topics[topic].slug == "veranstaltung" && found.weight >= WEAK,
        _ => false,
    });
    for at in 0..case.fields.len() {
        let places: Vec<usize> =
            (0..found.len()).filter(|i| found[*i].field == at && case.state(&found[*i]).is_some()).collect();
        for &i in places.iter().filter(|_| case.fields[at].name != field::ADDRESS) {
            let around = Around::new(&found[i], case);
            if around.is_town() && around.field.name != field::KICKER && dateline::is_one(&around) {
                found[i].weight = 0.0;
                found[i].stands_by = true;
            } else {
                // "Stadt Hamm" is as sure as any town, though Hamm alone may be a ham.
                if around.is_town()
                    && (0.0..1.0).contains(&around.rule.weight)
                    && around.rule.weight > 0.0
                    && cue::shows(&around)
                {
                    found[i].weight = case.fields[at].factor;
                }
                found[i].weight = found[i].weight.min(most(&around, announces));
            }
        }
        examples::drop(found, &places, &case.fields[at], case);
    }
}

/// The most that a place may count where it stands: 0 drops it.
fn most(around: &Around<'_>, announces: bool) -> f32 {
    // What stands over a title is its subject.
    if around.field.name == field::KICKER || around.rule.weight <= 0.0 {
        return f32::INFINITY;
    }
    let named = around.rule.role != Some(Role::Body);
    if named && person::is_name(around)
        || person::was_there(around)
        || comparison::is_one(around)
        || around.rule.cue && !cue::shows(around)
        || around.rule.role == Some(Role::Town) && around.rule.weight < 1.0 && cue::is_word(around)
    {
        return 0.0;
    }
    if !named {
        return f32::INFINITY;
    }
    let venue = if venue::is_one(around, announces) { venue::MOST } else { f32::INFINITY };
    venue.min(person::most(around)).min(quotation::most(around))
}

fn on_bound(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
