//! Whether a match of a rule's words stands on word bounds, as the rule's form asks.

use german::compound::Lexicon;
use model::{Form, Role};

use super::Rule;
use crate::field::Field;

/// Endings that inflection and the feminine add to a German noun or adjective.
const ENDINGS: &[&str] =
    &["", "e", "em", "en", "er", "ern", "es", "in", "innen", "n", "ne", "nen", "ns", "s", "se", "sen"];

/// How far a word is followed beyond a match, in characters. The longest German words stay below; what goes on longer
/// is no word, and looking for its end at every match in it would cost the square of its length.
const LONGEST: usize = 80;

/// The bounds of the match with its inflection, or of the whole word for the beginnings and ends of words.
/// `None` if it does not stand as its form asks.
pub(super) fn check(
    rule: &Rule,
    field: &Field<'_>,
    (start, end): (usize, usize),
    lexicon: &Lexicon,
) -> Option<(usize, usize)> {
    let text = field.flat();
    // Rules for addresses begin and end with marks of their own: "/presse/".
    let marked = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
    let before =
        text[..start].chars().next_back().is_some_and(char::is_alphanumeric) && !marked(text[start..].chars().next());
    if marked(text[..end].chars().next_back()) {
        return (!before).then_some((start, end));
    }
    if before && matches!(rule.form, Form::Exact | Form::Start | Form::Word) {
        return None;
    }
    let rest = word_at(&text[end..]);
    let tail = &text[end..end + rest];
    match rule.form {
        Form::Exact => (!before && tail.is_empty() && field.source(start..end) == rule.text).then_some((start, end)),
        Form::Start => {
            // "KI-" begins "KI-Chatbot", not "Kinderbetreuung".
            let hyphen = rule.text.ends_with('-') && field.folded().as_bytes().get(end) != Some(&b'-');
            (!before && !hyphen).then_some((start, end + rest))
        }
        Form::End => {
            let head = text[..start].chars().rev().take(LONGEST).take_while(|c| c.is_alphanumeric());
            let word = start - head.map(char::len_utf8).sum::<usize>();
            ENDINGS.contains(&tail).then_some((word, end + rest))
        }
        Form::Part => {
            let head = text[..start].chars().rev().take(LONGEST).take_while(|c| c.is_alphanumeric());
            let word = start - head.map(char::len_utf8).sum::<usize>();
            (lexicon.is_head(&text[word..start]) && lexicon.is_tail(tail)).then_some((word, end + rest))
        }
        Form::Word => {
            let allowed = match rule.role {
                // "Berlins", but not "Berliner", which is an adjective and stands in the catalogue as such.
                Some(Role::Land) => matches!(tail, "" | "s"),
                Some(Role::Town) => matches!(tail, "" | "s" | "er" | "ern"),
                Some(Role::Adjective) => matches!(tail, "" | "e" | "em" | "en" | "er" | "es" | "n" | "s"),
                _ if end - start <= 3 => matches!(tail, "" | "s"),
                // "Beauftragte" is also "ein Beauftragter".
                _ => ENDINGS.contains(&tail) || tail == "r" && end - start > 6 && text[..end].ends_with("te"),
            };
            (!before && allowed && written_as_name(rule, field, start, end)).then_some((start, end + rest))
        }
    }
}

/// How far a word goes on at the beginning of a text, at most [`LONGEST`] characters. Mostly it ends there at once.
fn word_at(text: &str) -> usize {
    let plain = text.bytes().take(LONGEST).position(|byte| !byte.is_ascii_alphanumeric());
    let plain = plain.unwrap_or_else(|| text.len().min(LONGEST));
    if plain == text.len().min(LONGEST) || text.as_bytes()[plain].is_ascii() {
        return plain;
    }
    let end = text.char_indices().take(LONGEST).find(|(_, c)| !c.is_alphanumeric());
    end.map_or_else(|| text.chars().take(LONGEST).map(char::len_utf8).sum(), |(at, _)| at)
}

/// A name has its capital: "essen" is a meal. Behind a hyphen it is part of another word: "Taekwondo-Halle".
fn written_as_name(rule: &Rule, field: &Field<'_>, start: usize, end: usize) -> bool {
    let small = rule.text.chars().next().is_some_and(char::is_lowercase);
    match rule.role {
        None | Some(Role::Adjective) => true,
        Some(role) => {
            let capital = field.source(start..end).chars().next().is_some_and(|c| !c.is_lowercase());
            let hyphen = start > 0 && field.folded().as_bytes()[start - 1] == b'-';
            // "DE-Würzburg" is how tenders name their town.
            let country = ["de-", "deu-"].iter().any(|code| field.folded()[..start].ends_with(code));
            (small || capital) && !(hyphen && role == Role::Town && !country)
        }
    }
}
