//! Rows of places: "Aachen, Bonn oder Essen", "Nach Bayern, Hessen und Thüringen". Three towns in a row are examples,
//! and so is a row that stands behind "nach", "wie", "darunter". Other towns of the same sentence are as well.

use model::Role;

use super::{Case, Found};
use crate::field::{self, Field};

/// Words before a row that make it one of examples.
const LEADS: &[&str] = &["nach", "wie", "neben", "etwa", "darunter", "beispielsweise"];

/// Takes the weight of places that are examples. `places` are those of the field, in order.
pub(super) fn drop(found: &mut [Found], places: &[usize], field: &Field<'_>, case: &Case<'_>) {
    let text = field.folded();
    // Of several states for one name each is a hit of its own.
    let mut at = 0;
    while at < places.len() {
        let mut end = at + 1;
        let mut names = 1;
        while end < places.len() {
            let (last, next) = (&found[places[end - 1]].hit, &found[places[end]].hit);
            if next.start >= last.end {
                if !is_comma(&text[last.end..next.start]) {
                    break;
                }
                names += 1;
            }
            end += 1;
        }
        let row = &places[at..end];
        if names >= 2 && is_examples(found, row, names, field, case) {
            let sentence = german::clause::sentence(text, found[row[0]].hit.start);
            let inside = |i: &usize| sentence.contains(&found[*i].hit.start);
            let from = at - places[..at].iter().rev().take_while(|i| inside(i)).count();
            let to = end + places[end..].iter().take_while(|i| inside(i)).count();
            for (n, &i) in places[from..to].iter().enumerate() {
                let town = case.rules.rules[found[i].hit.rule].role == Some(Role::Town);
                if (at..end).contains(&(from + n)) || town && names >= 3 {
                    found[i].weight = 0.0;
                }
            }
        }
        at = end;
    }
}

fn is_examples(found: &[Found], row: &[usize], names: usize, field: &Field<'_>, case: &Case<'_>) -> bool {
    let text = field.folded();
    let start = found[row[0]].hit.start;
    let mut towns: Vec<usize> = row
        .iter()
        .filter(|i| case.rules.rules[found[**i].hit.rule].role == Some(Role::Town))
        .map(|i| found[*i].hit.start)
        .collect();
    towns.dedup();
    let lead = text[..start].trim_end().rsplit(' ').next().unwrap_or_default();
    towns.len() >= 3 || towns.len() >= 2 && names >= 3 || LEADS.contains(&lead) && field.name == field::SUMMARY
}

fn is_comma(between: &str) -> bool {
    between.len() < 12
        && matches!(
            between.trim(),
            "," | "und" | "oder" | "sowie" | "/" | "&" | ", und" | "und in" | ", in" | "oder in"
        )
}
