//! Where the words that were searched for stand in what a panel shows: found by the rules by which they matched.

use std::collections::BTreeMap;
use std::ops::Range;

use model::{Item, Words};
use panel::Marks;

/// The marks of these items, by id; of items without any there is nothing.
pub(super) fn of(words: &Words, items: &[Item]) -> BTreeMap<String, Marks> {
    let terms: Vec<&str> = words.must.iter().flatten().map(String::as_str).collect();
    if terms.is_empty() {
        return BTreeMap::new();
    }
    let marks = |item: &Item| Marks { title: find(&terms, &item.title), summary: find(&terms, &item.summary) };
    let marked = items.iter().map(|item| (item.id.clone(), marks(item)));
    marked.filter(|(_, marks)| *marks != Marks::default()).collect()
}

/// Words whose terms, stems and parts of compounds included, are among these. A hyphenated word is one.
fn find(terms: &[&str], text: &str) -> Vec<(usize, usize)> {
    let folded = german::fold::Folded::new(text);
    let mut words: Vec<Range<usize>> = Vec::new();
    for word in folded.words() {
        match words.last_mut() {
            Some(before) if word.joined => before.end = word.end,
            _ => words.push(word.start..word.end),
        }
    }
    let mut found: Vec<(usize, usize)> = Vec::new();
    for word in words {
        let range = folded.original(word);
        let hit = german::search::terms(&text[range.clone()]).split(' ').any(|term| terms.contains(&term));
        if hit && found.last().is_none_or(|(_, end)| *end <= range.start) {
            found.push((range.start, range.end));
        }
    }
    found
}

#[cfg(test)]
mod tests;
