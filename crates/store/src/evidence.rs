//! The evidence of an item as it is kept: for each label, rule and weight one entry, for each of their words four numbers.
//!
//! The words themselves stand in the item, so they are not kept twice: spelled out, the evidence would be the largest
//! part of a store by far. Promises: what is read is what was written. What earlier releases spelled out is read as well.

use std::collections::HashMap;

use model::{Item, Why};
use serde::{Deserialize, Serialize};

use crate::sql::json;

/// The fields that evidence stands in, by number.
const FIELDS: [&str; 5] = ["title", "kicker", "summary", "address", "source"];

#[derive(Default, Serialize, Deserialize)]
struct Packed<S> {
    /// Label, rule and weight.
    because: Vec<(S, S, f32)>,
    /// Number of the former and of the field, first and last byte, one after the other.
    at: Vec<u32>,
    /// What cannot be said so, by its place among all.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    plain: Vec<(usize, Why)>,
}

/// As it is kept.
pub(crate) fn pack(item: &Item) -> String {
    let mut packed = Packed::default();
    let mut numbers: HashMap<(&str, &str, u32), u32> = HashMap::new();
    for (nth, why) in item.why.iter().enumerate() {
        let field = FIELDS.iter().position(|field| *field == why.field);
        let Some(field) = field.filter(|field| words(item, *field, why.start, why.end) == Some(&why.text)) else {
            packed.plain.push((nth, why.clone()));
            continue;
        };
        let number = *numbers.entry((&why.label, &why.rule, why.weight.to_bits())).or_insert_with(|| {
            packed.because.push((why.label.as_str(), why.rule.as_str(), why.weight));
            packed.because.len() as u32 - 1
        });
        packed.at.extend([number, field as u32, why.start, why.end]);
    }
    json(&packed)
}

/// As it was said of this item.
pub(crate) fn unpack(kept: &str, item: &Item) -> Result<Vec<Why>, serde_json::Error> {
    if kept.starts_with('[') {
        return serde_json::from_str(kept);
    }
    let Packed { because, at, plain } = serde_json::from_str::<Packed<String>>(kept)?;
    let one = |numbers: &[u32; 4]| {
        let &[number, field, start, end] = numbers;
        let (label, rule, weight) = because.get(number as usize)?.clone();
        let text = words(item, field as usize, start, end)?.to_owned();
        Some(Why { label, field: FIELDS[field as usize].to_owned(), text, start, end, rule, weight })
    };
    let (numbers, _) = at.as_chunks::<4>();
    let mut all: Vec<Why> = numbers.iter().filter_map(one).collect();
    for (nth, why) in plain {
        all.insert(nth.min(all.len()), why);
    }
    Ok(all)
}

/// What stands there in an item.
fn words(item: &Item, field: usize, start: u32, end: u32) -> Option<&str> {
    let text = match *FIELDS.get(field)? {
        "title" => &item.title,
        "kicker" => item.kicker.as_ref()?,
        "summary" => &item.summary,
        "address" => &item.url,
        _ => return (start == end).then_some(&item.source.id),
    };
    text.get(start as usize..end as usize)
}

#[cfg(test)]
mod tests;
