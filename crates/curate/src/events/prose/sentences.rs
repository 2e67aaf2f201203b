//! Where the sentences of a line end.

use super::token::{Kind, Prose, Token};

/// Short forms whose full stop ends no sentence.
const SHORT: [&str; 30] = [
    "ca", "bzw", "vgl", "inkl", "evtl", "ggf", "str", "nr", "dr", "prof", "st", "abs", "art", "zzgl", "usw", "etc",
    "tel", "max", "min", "mind", "sog", "hrsg", "dipl", "jun", "sen", "v", "z", "b", "d", "h",
];

/// The sentences of a range of tokens, as ranges. A full stop after a number of one or two digits ("19. eGovernment
/// Summit", "am 5. Mai"), after a short form or before a small letter ends none; `dated` says which tokens belong to
/// a date, after which an article or pronoun begins a new one.
pub(super) fn sentences(prose: &Prose<'_>, from: usize, to: usize, dated: &[bool]) -> Vec<(usize, usize)> {
    let tokens = &prose.tokens;
    let mut out = Vec::new();
    let mut start = from;
    for at in from..to {
        // No sentence ends inside the name of an event: „Wie geht es weiter? Der Bericht“.
        if prose.quoted[at] {
            continue;
        }
        let ends = match tokens[at].kind {
            Kind::Mark('!' | '?') => true,
            Kind::Mark('.') => {
                // Behind more marks than that nobody goes on with a sentence; a line of dots is not read again at each.
                let next = tokens[at + 1..to].iter().take(8).find(|token| !matches!(token.kind, Kind::Mark(_)));
                let before = at.checked_sub(1).filter(|before| *before >= start).map(|before| &tokens[before]);
                let fresh = next.is_none_or(|next| next.capital || next.number().is_some() || next.kind == Kind::Link);
                let apart = at + 1 >= to || !prose.joined(at + 1) || matches!(tokens[at + 1].kind, Kind::Mark(_));
                let number = before.is_some_and(|before| before.number().is_some() && before.digits() <= 2);
                let short = before
                    .and_then(Token::word)
                    .is_some_and(|word| SHORT.contains(&word) || (word.len() == 1 && word != "c"));
                let opens = next.and_then(Token::word).is_some_and(|word| OPENING.contains(&word));
                let within = dated[at] && dated.get(at + 1).is_some_and(|next| *next);
                // "Lorenzstraße 19. In Rostock trifft man sich".
                let house =
                    at.checked_sub(2).and_then(|street| tokens[street].word()).is_some_and(super::place::is_street);
                fresh && apart && !short && !within && (!number || opens && (dated[at] || house))
            }
            _ => false,
        };
        if ends {
            out.push((start, at + 1));
            start = at + 1;
        }
    }
    if start < to {
        out.push((start, to));
    }
    out
}

/// Words that, capitalised after a date, begin a new sentence rather than name its event.
const OPENING: [&str; 24] = [
    "der",
    "die",
    "das",
    "ein",
    "eine",
    "wir",
    "es",
    "er",
    "sie",
    "am",
    "im",
    "in",
    "bei",
    "mit",
    "mehr",
    "anmeldung",
    "ort",
    "zum",
    "zur",
    "von",
    "um",
    "auch",
    "diese",
    "alle",
];
