//! The evidence of an item as it is kept: label by label the rules that spoke, and for each of their words three numbers.
//!
//! The words themselves stand in the item, so they are not kept twice: spelled out, the evidence would be the largest
//! part of a store by far. Promises: what is read is what was written. What earlier layouts of it say is read as well.

use model::{Batch, Change, Item, Name, Why};
use serde::{Deserialize, Serialize};

use crate::sql::json;

/// The fields that evidence stands in, by number.
const FIELDS: [&str; 5] = ["title", "kicker", "summary", "address", "source"];

#[derive(Serialize, Deserialize)]
struct Packed<S> {
    /// Labels, each with its rules and what they weigh. Most rules are called as their label and a word behind it; of
    /// these the word alone is kept, with the slash before it.
    labels: Vec<(S, Vec<(S, f32)>)>,
    /// Of all words in order: which rule of all, times the number of fields, and which field; the first byte, counted
    /// from the word before; the number of bytes.
    at: Vec<i64>,
    /// What cannot be said so, by its place among all.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    plain: Vec<(usize, Why)>,
}

/// The layout before: label, rule and weight; number of these and of the field, first and last byte.
#[derive(Deserialize)]
struct Earlier {
    because: Vec<(Name, Name, f32)>,
    at: Vec<u32>,
    #[serde(default)]
    plain: Vec<(usize, Why)>,
}

/// Makes of the evidence of new and changed items what is kept of it. Whoever judges does so at once, beside others who
/// judge: it takes as long as to write the item, and who writes is the only one.
pub fn pack(batch: &mut Batch) {
    for change in &mut batch.changes {
        if let Change::New(judged) | Change::Changed(judged) = change
            && !judged.item.why.is_empty()
        {
            judged.evidence = packed(&judged.item);
            judged.item.why = Vec::new();
        }
    }
}

/// As it is kept.
pub(crate) fn packed(item: &Item) -> String {
    let mut packed = Packed { labels: Vec::new(), at: Vec::with_capacity(3 * item.why.len()), plain: Vec::new() };
    // Where each piece stands: label, rule of that label, field, first and last byte.
    let mut pieces: Vec<(usize, usize, usize, u32, u32)> = Vec::with_capacity(item.why.len());
    for (nth, why) in item.why.iter().enumerate() {
        let field = FIELDS.iter().position(|field| *field == why.field);
        // A rule of that name would be read as one of its label.
        let field = field.filter(|_| !why.rule.starts_with('/'));
        let Some(field) = field.filter(|field| words(item, *field, why.start, why.end) == Some(&why.text)) else {
            packed.plain.push((nth, why.clone()));
            continue;
        };
        let (label, rule) = number(&mut packed.labels, why);
        pieces.push((label, rule, field, why.start, why.end));
    }
    let before: Vec<usize> =
        packed.labels.iter().scan(0, |all, (_, rules)| Some(std::mem::replace(all, *all + rules.len()))).collect();
    let mut last = 0;
    for (label, rule, field, start, end) in pieces {
        let number = (before[label] + rule) * FIELDS.len() + field;
        packed.at.extend([number as i64, i64::from(start) - last, i64::from(end) - i64::from(start)]);
        last = i64::from(start);
    }
    written(&packed)
}

/// As JSON. Most of it are hundreds of small numbers, which are written here: asked for each by itself, the library takes
/// as long for them as all else that is made of an item's evidence.
fn written(packed: &Packed<&str>) -> String {
    let mut out = String::with_capacity(64 * packed.labels.len() + 4 * packed.at.len() + 32);
    out.push_str("{\"labels\":");
    out.push_str(&json(&packed.labels));
    out.push_str(",\"at\":[");
    let mut digits = itoa::Buffer::new();
    for (nth, number) in packed.at.iter().enumerate() {
        if nth > 0 {
            out.push(',');
        }
        out.push_str(digits.format(*number));
    }
    out.push(']');
    if !packed.plain.is_empty() {
        out.push_str(",\"plain\":");
        out.push_str(&json(&packed.plain));
    }
    out.push('}');
    out
}

/// The numbers of a label and of its rule, which are added if they are not there.
fn number<'a>(labels: &mut Vec<(&'a str, Vec<(&'a str, f32)>)>, why: &'a Why) -> (usize, usize) {
    // Evidence for one label comes together, so it is mostly the last.
    let label = labels.iter().rposition(|(label, _)| why.label == *label).unwrap_or_else(|| {
        labels.push((&why.label, Vec::new()));
        labels.len() - 1
    });
    let rules = &mut labels[label].1;
    let short = why.rule.strip_prefix(why.label.as_str()).filter(|rest| rest.starts_with('/')).unwrap_or(&why.rule);
    let weighs = |weight: f32| weight.to_bits() == why.weight.to_bits();
    // A rule's name is shared by all that it speaks for, so that it is mostly known again without reading it.
    let held = rules.iter().position(|(rule, weight)| std::ptr::eq(*rule, short) && weighs(*weight));
    let said = || rules.iter().position(|(rule, weight)| *rule == short && weighs(*weight));
    let rule = held.or_else(said).unwrap_or_else(|| {
        rules.push((short, why.weight));
        rules.len() - 1
    });
    (label, rule)
}

/// As it was said of this item.
pub(crate) fn unpack(kept: &str, item: &Item) -> Result<Vec<Why>, serde_json::Error> {
    if kept.starts_with('[') {
        return serde_json::from_str(kept);
    }
    if kept.starts_with(r#"{"because""#) {
        return unpack_earlier(kept, item);
    }
    let Packed { labels, at, plain } = serde_json::from_str::<Packed<String>>(kept)?;
    let mut because: Vec<(Name, Name, f32)> = Vec::new();
    for (label, rules) in labels {
        let label = Name::from(label);
        let full = |rule: String| if rule.starts_with('/') { format!("{label}{rule}") } else { rule };
        because.extend(rules.into_iter().map(|(rule, weight)| (label.clone(), full(rule).into(), weight)));
    }
    let (numbers, _) = at.as_chunks::<3>();
    let mut last = 0_i64;
    let one = |&[number, from, length]: &[i64; 3]| {
        let number = usize::try_from(number).ok()?;
        last = last.checked_add(from)?;
        let (start, end) = (u32::try_from(last).ok()?, u32::try_from(last.checked_add(length)?).ok()?);
        why(item, because.get(number / FIELDS.len())?, number % FIELDS.len(), start, end)
    };
    Ok(among(numbers.iter().filter_map(one).collect(), plain))
}

fn unpack_earlier(kept: &str, item: &Item) -> Result<Vec<Why>, serde_json::Error> {
    let Earlier { because, at, plain } = serde_json::from_str(kept)?;
    let (numbers, _) = at.as_chunks::<4>();
    let one =
        |&[number, field, start, end]: &[u32; 4]| why(item, because.get(number as usize)?, field as usize, start, end);
    Ok(among(numbers.iter().filter_map(one).collect(), plain))
}

/// A piece of evidence, if its words stand there.
fn why(item: &Item, because: &(Name, Name, f32), field: usize, start: u32, end: u32) -> Option<Why> {
    let text = words(item, field, start, end)?.to_owned();
    let (label, rule, weight) = because.clone();
    Some(Why { label, field: FIELDS[field].into(), text, start, end, rule, weight })
}

/// All, with what was spelled out in its place.
fn among(mut all: Vec<Why>, plain: Vec<(usize, Why)>) -> Vec<Why> {
    for (nth, why) in plain {
        all.insert(nth.min(all.len()), why);
    }
    all
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
