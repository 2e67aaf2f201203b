//! The forms of names: "des 5. Deutschen Kommunaldatentags" is called "5. Deutscher Kommunaldatentag", one of "zwei
//! Webinaren" a "Webinar", and the conference that "der Hessische Landkreistag" holds is that "des Hessischen
//! Landkreistags".
//!
//! Promises: a form that is not known for sure stays as it was written.

use super::heads;
use super::scene::{Reading, Sentence};
use super::title::clean;
use super::words;

impl Reading<'_> {
    /// The words of a phrase as a name: first case, and of one of several the singular.
    pub(super) fn nominative(&self, from: usize, to: usize) -> String {
        let words = self.first_case(from, to);
        match self.described(from, to) {
            Some(adjective) => format!("{adjective} {words}"),
            None => words,
        }
    }

    /// How it is held, as the word right before says: "beim digitalen Themenabend" is a "Digitaler Themenabend".
    fn described(&self, from: usize, to: usize) -> Option<String> {
        let at = from.checked_sub(1)?;
        let word = self.word(at).filter(|_| !self.prose.tokens[at].capital)?;
        let stem = ["digital", "virtuell", "parlamentarisch", "kommunal", "landesweit", "bundesweit", "hybrid"]
            .into_iter()
            .find(|stem| word.strip_prefix(stem).is_some_and(|end| matches!(end, "e" | "en" | "er" | "es" | "em")))?;
        let noun = (from..to).find(|at| self.prose.tokens[*at].gathering)?;
        let low = &self.prose.tokens[noun].low;
        let plural = heads::singular(low).is_some();
        let kind = if heads::neuter(low) {
            "es"
        } else if heads::feminine(low) {
            "e"
        } else {
            "er"
        };
        let mut letters = stem.chars();
        let capital = letters.next()?.to_uppercase().chain(letters).collect::<String>();
        (!plural).then(|| format!("{capital}{kind}"))
    }

    fn first_case(&self, from: usize, to: usize) -> String {
        let tokens = &self.prose.tokens;
        let written = clean(self.prose.words(from, to));
        let Some(noun) = (from..to).find(|at| tokens[*at].gathering) else { return written };
        let article = (from.saturating_sub(4)..from).rev().find_map(|at| Case::of(self.word(at)?));
        let shown = |at: usize| &self.prose.text[tokens[at].at..tokens[at].end];
        let mut words = Vec::new();
        for at in from..noun {
            let end = match article {
                Some(case) if tokens[at].capital => case.ending(shown(at), &tokens[noun].low),
                _ => None,
            };
            words.push((at, end));
        }
        let genitive = matches!(article, Some(Case::Of)) && tokens[noun].low.ends_with('s');
        let stem = genitive.then(|| heads::singular(&tokens[noun].low)).flatten();
        // Folding changes lengths: "Kongreß" is a letter longer than it was, a soft hyphen is gone.
        let fits = |cut: &usize| {
            *cut <= 2 && shown(noun).len().checked_sub(*cut).is_some_and(|end| shown(noun).is_char_boundary(end))
        };
        let cut = stem.map(|stem| tokens[noun].low.len() - stem.len()).filter(fits);
        if words.iter().all(|(_, end)| end.is_none()) && cut.is_none() {
            return written;
        }
        let mut out = String::new();
        for (at, end) in words {
            match end {
                Some(word) => out += &word,
                None => out += shown(at),
            }
            if !self.prose.joined(at + 1) {
                out.push(' ');
            }
        }
        let name = shown(noun);
        out += cut.map_or(name, |cut| &name[..name.len() - cut]);
        if noun + 1 < to {
            out.push(' ');
            out += self.prose.words(noun + 1, to);
        }
        clean(&out)
    }

    /// One of several: "in zwei Webinaren" is a "Webinar".
    pub(super) fn one_of(&self, words: &str) -> String {
        let first = words.split_whitespace().next().unwrap_or_default();
        // "Praxisforen", "Symposien" change more than an ending.
        let latin = [("foren", "forum"), ("symposien", "symposium"), ("Foren", "Forum"), ("Symposien", "Symposium")];
        if let Some((stem, end)) = latin.iter().find_map(|(many, one)| Some((first.strip_suffix(many)?, one))) {
            return format!("{stem}{end}{}", &words[first.len()..]);
        }
        let low = german::fold::fold(first);
        let fits = |stem: &&str| low.len() == first.len() && first.is_char_boundary(stem.len());
        match heads::singular(&low).filter(fits) {
            Some(stem) => format!("{}{}", &first[..stem.len()], &words[first.len()..]),
            None => words.to_owned(),
        }
    }

    /// "den Kongress, den der Datenrat am 5. Mai ausrichtet": the subject of the clause that follows, as its owner.
    fn relative_host(&self, comma: usize, sentence: Sentence) -> Option<String> {
        let relative =
            self.prose.tokens.get(comma)?.is(',') && matches!(self.word(comma + 1), Some("den" | "die" | "das"));
        let article = self.word(comma + 2).filter(|_| relative)?;
        let first = comma + 3;
        let end = (first..sentence.to.min(first + 8)).take_while(|at| self.prose.tokens[*at].capital).last()? + 1;
        let holds =
            |at: usize| matches!(self.word(at), Some("ausrichtet" | "veranstaltet" | "organisiert" | "durchfuehrt"));
        if !(end..sentence.to.min(end + 20)).any(holds) || self.dated[first..end].contains(&true) {
            return None;
        }
        let host = clean(self.prose.words(first, end));
        match article {
            "der" | "das" => Some(format!("des {}", genitive(&host))),
            "die" => Some(format!("der {}", feminine(&host))),
            _ => None,
        }
    }

    /// "im Namen des Zweckverbands lade ich Sie ein": "des Zweckverbands".
    fn in_the_name_of(&self, sentence: Sentence) -> Option<String> {
        let at = (sentence.from + 1..sentence.to).find(|at| self.word(*at) == Some("namen"))?;
        let article = at + 1;
        let led = self.word(at - 1) == Some("im") && matches!(self.word(article), Some("des" | "der"));
        let name = |at: &usize| self.prose.tokens[*at].capital && !self.dated[*at];
        let end = (article + 1..sentence.to.min(article + 8)).take_while(name).last()? + 1;
        led.then(|| clean(self.prose.words(article, end)))
    }

    /// A bare noun with its host: "Aktionstag der Stadt Musterstadt".
    pub(super) fn hosted(&self, from: usize, to: usize, sentence: Sentence) -> String {
        let words = self.nominative(from, to);
        let words = if self.days_in(sentence) > 1 { self.one_of(&words) } else { words };
        if let Some(host) = self.relative_host(to, sentence) {
            return format!("{words} {host}");
        }
        if let Some(host) = self.in_the_name_of(sentence) {
            return format!("{words} {host}");
        }
        let Some((at, organiser)) = self.organiser(sentence) else { return words };
        match self.word(at) {
            Some("der" | "das" | "ein") => format!("{words} des {}", genitive(&organiser)),
            Some("die" | "eine") => format!("{words} der {}", feminine(&organiser)),
            _ => match self.word(at.wrapping_sub(1)) {
                Some("der" | "das") => format!("{words} des {}", genitive(&organiser)),
                Some("die") => format!("{words} der {}", feminine(&organiser)),
                _ => format!("{words}: {organiser}"),
            },
        }
    }
}

/// The case that an article or preposition asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    /// "des", "eines".
    Of,
    /// "zum", "beim", "im", "dem", "einem": masculine or neuter.
    To,
    /// "zur", "der", "einer": feminine.
    Her,
}

impl Case {
    fn of(word: &str) -> Option<Case> {
        match word {
            "des" | "eines" | "unseres" | "ihres" | "seines" => Some(Case::Of),
            "zum" | "beim" | "im" | "dem" | "einem" | "unserem" | "vom" | "ihrem" | "seinem" => Some(Case::To),
            "zur" | "einer" | "unserer" | "ihrer" | "seiner" => Some(Case::Her),
            _ => None,
        }
    }

    /// An adjective in the first case: "Deutschen" before "Tag" is "Deutscher", before "Treffen" "Deutsches".
    fn ending(self, word: &str, noun: &str) -> Option<String> {
        let stem = word.strip_suffix("en").filter(|stem| stem.len() > 3)?;
        if words::gathering(&german::fold::fold(word)) {
            return None;
        }
        let end = match self {
            Case::Her => "e",
            _ if heads::neuter(noun) => "es",
            _ => "er",
        };
        Some(format!("{stem}{end}"))
    }
}

/// "Hessische Landkreistag" is "des Hessischen Landkreistags".
fn genitive(name: &str) -> String {
    let name = feminine(name);
    let (first, rest) = name.split_once(' ').unwrap_or((name.as_str(), ""));
    let adjective = first.ends_with("en") && !rest.is_empty();
    let (lead, noun, rest) = if adjective {
        let (noun, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        (format!("{first} "), noun, rest)
    } else {
        (String::new(), first, rest)
    };
    let plain = noun.chars().all(|c| c.is_lowercase() || c.is_uppercase() || c == '-') && noun.len() > 3;
    let known = noun.chars().skip(1).any(char::is_lowercase);
    let ending = if plain && known && !noun.ends_with(['s', 'z', 'x', 'ß']) { "s" } else { "" };
    let rest = if rest.is_empty() { String::new() } else { format!(" {rest}") };
    format!("{lead}{noun}{ending}{rest}")
}

/// "Juristische Fakultät" is "der Juristischen Fakultät".
fn feminine(name: &str) -> String {
    match name.split_once(' ') {
        Some((first, rest)) if first.ends_with("sche") || first.ends_with("liche") || first.ends_with("ale") => {
            format!("{first}n {rest}")
        }
        _ => name.to_owned(),
    }
}
