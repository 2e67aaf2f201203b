//! Where a correspondent sits: "Berlin – …", "Ilmenau/Erfurt (dpa/th) - …", "[09.04.2024] Bonn. …",
//! "Neuss · Am 7. November …".

use super::Around;

/// Longest head of a text that can hold a dateline, in bytes.
const LONGEST: usize = 60;

pub(super) fn is_one(around: &Around<'_>) -> bool {
    if around.at.start > LONGEST {
        return false;
    }
    let before = around.field.folded()[..around.at.start].trim_start();
    let stamped = before.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(before, |(_, rest)| rest);
    let others = stamped.trim();
    // Nothing before it but other towns of the same line.
    if !(others.is_empty() || others.ends_with('/') && others.chars().all(|c| c.is_alphanumeric() || c == '/')) {
        return false;
    }
    let after = match around.after.strip_prefix('/') {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_alphanumeric()),
        None => around.after,
    };
    let after = after.trim_start();
    if let Some((inside, rest)) = after.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        // "(Saale)" and "(dpa/sn)" alike.
        return rest.trim_start().starts_with(['–', '—', '-', '.', ':', '·']) || is_agency(inside);
    }
    ["– ", "— ", "- ", "· ", ". ", ", den ", "| "].iter().any(|mark| after.starts_with(mark))
}

fn is_agency(inside: &str) -> bool {
    ["dpa", "afp", "epd", "kna", "ots", "ddna", "reuters", "ap)", "red"].iter().any(|agency| inside.starts_with(agency))
}
