//! Prose in pieces: words, numbers, addresses, marks; lines with their bullets, soft wraps undone; sentences.
//!
//! Promises: linear in the length of the text; every piece knows where it stands. A word keeps its inner hyphens and
//! the marks of gendered forms ("Expert:innen"), an address is one piece, so that no dot in it ends a sentence and no
//! number in it is a date.

use german::fold::fold;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// Digits; the value, 0 if it has more than nine.
    Number(u32),
    /// A web or e-mail address, with or without scheme.
    Link,
    Mark(char),
}

/// A piece of the text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Folded; empty for marks.
    pub(super) low: String,
    /// Byte offsets in the text.
    pub(super) at: usize,
    pub(super) end: usize,
    /// A word that begins with a capital letter.
    pub(super) capital: bool,
    /// A capitalised word that names something one goes to.
    pub(super) gathering: bool,
}

impl Token {
    pub(super) fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub(super) fn dash(&self) -> bool {
        matches!(self.kind, Kind::Mark('-' | '–' | '—'))
    }

    pub(super) fn number(&self) -> Option<u32> {
        if let Kind::Number(value) = self.kind { Some(value) } else { None }
    }

    pub(super) fn digits(&self) -> usize {
        if matches!(self.kind, Kind::Number(_)) { self.end - self.at } else { 0 }
    }

    pub(super) fn word(&self) -> Option<&str> {
        (self.kind == Kind::Word).then_some(self.low.as_str())
    }
}

/// A line of the text, as its author meant it: tokens `from..to`.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Columns before its first character.
    pub(super) indent: usize,
    /// Begins with a bullet, which is no part of the tokens.
    pub(super) bullet: bool,
    /// Marked as a heading, or short and without an end.
    pub(super) heading: bool,
    /// A blank line stands before it.
    pub(super) gap: bool,
}

/// A text in pieces.
#[derive(Debug)]
pub(super) struct Prose<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) lines: Vec<Line>,
    /// For each token, whether it stands in quotation marks: what is said there is a name.
    pub(super) quoted: Vec<bool>,
}

/// Shorter lines than this are not wrapped by an editor; their end is meant.
const WRAPPED: usize = 58;
/// A line of at most so many bytes without a full stop can be a heading.
const HEADING: usize = 120;
/// Longest quotation in tokens; a name is shorter.
const QUOTED: usize = 40;
impl<'a> Prose<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut prose =
            Prose { text, tokens: Vec::with_capacity(text.len() / 5), lines: Vec::new(), quoted: Vec::new() };
        let mut at = 0;
        for paragraph in paragraphs(text) {
            // A long address does not fit the width that an editor wraps at.
            let fits = |line: &&&str| line.split_whitespace().all(|word| word.len() < 40);
            let width = paragraph.iter().filter(fits).map(|line| columns(line)).max().unwrap_or_default();
            let mut before = None;
            for line in paragraph {
                if !line.trim().is_empty() {
                    let full = before.is_some_and(|before| columns(before) + 1 + first_word(line) >= width);
                    prose.line(line, at, full, before.is_none());
                    before = Some(line);
                }
                at += line.len() + 1;
            }
        }
        prose.quote();
        prose
    }

    fn quote(&mut self) {
        let mut quoted = vec![false; self.tokens.len()];
        for line in &self.lines {
            let mut at = line.from;
            while at < line.to {
                match self.quotation(at, line.to) {
                    Some(end) => {
                        quoted[at..=end].fill(true);
                        at = end + 1;
                    }
                    None => at += 1,
                }
            }
        }
        self.quoted = quoted;
    }

    /// The words of a range of tokens, as written.
    pub(super) fn words(&self, from: usize, to: usize) -> &'a str {
        if from >= to { "" } else { &self.text[self.tokens[from].at..self.tokens[to - 1].end] }
    }

    /// Whether no blank stands between a token and the one before it.
    pub(super) fn joined(&self, at: usize) -> bool {
        at > 0 && at < self.tokens.len() && self.tokens[at - 1].end == self.tokens[at].at
    }

    /// Where the quotation that opens at a token closes; within a name's length.
    pub(super) fn quotation(&self, at: usize, to: usize) -> Option<usize> {
        let Kind::Mark(open) = self.tokens.get(at)?.kind else { return None };
        let closing: &[char] = match open {
            '„' => &['“', '”', '"', '‟'],
            '“' => &['”', '“'],
            '"' => &['"', '“'],
            '«' => &['»'],
            '»' => &['«'],
            '‚' => &['‘', '’'],
            _ => return None,
        };
        let end = (at + 1..to.min(at + QUOTED)).find(|end| closing.iter().any(|mark| self.tokens[*end].is(*mark)))?;
        (end > at + 1).then_some(end)
    }

    /// `full`: the first word of this line had no room any more in the line before.
    fn line(&mut self, line: &'a str, offset: usize, full: bool, gap: bool) {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        let rest = body.trim_start_matches('#').trim_start();
        let marked = rest.len() < body.len() && body.starts_with('#') && body.as_bytes().get(1) != Some(&b'#')
            || body.starts_with("##");
        let bold = rest
            .trim_end()
            .strip_prefix("**")
            .and_then(|rest| rest.strip_suffix("**"))
            .filter(|rest| !rest.contains('*'));
        let marked = marked || bold.is_some();
        let (bullet, rest) = if bold.is_some() { (false, rest) } else { without_bullet(rest) };
        let (bullet, rest) = if bullet { (bullet, rest) } else { without_number(rest) };
        let soft = !gap && !bullet && !marked && self.continues(rest, offset, full);
        let from = self.tokens.len();
        split(rest, offset + line.len() - rest.len(), &mut self.tokens);
        mend(&mut self.tokens[from..]);
        let to = self.tokens.len();
        match self.lines.last_mut() {
            Some(last) if soft => last.to = to,
            _ => {
                let short = !bullet && rest.len() <= HEADING && !rest.trim_end().ends_with(['.', '!', ',', ';']);
                self.lines.push(Line { from, to, indent, bullet, heading: marked || short, gap });
            }
        }
        if let Some(last) = self.lines.last_mut().filter(|_| soft) {
            last.heading = false;
        }
    }

    /// Whether a line goes on with the sentence of the line before: an editor wrapped it.
    fn continues(&self, rest: &str, offset: usize, full: bool) -> bool {
        let Some(last) = self.lines.last() else { return false };
        let before = self.text[..offset].trim_end();
        let width = columns(before.rsplit('\n').next().unwrap_or_default());
        let open = !before.ends_with(['.', '!', '?', ':', ';']);
        let low = rest.starts_with(char::is_lowercase);
        let dated = dated(rest) || dated(before.rsplit('\n').next().unwrap_or_default().trim_start());
        let label = rest.split_whitespace().next().is_some_and(|word| word.ends_with(':'));
        let last_line = before.rsplit('\n').next().unwrap_or_default();
        let row = rest.contains(" | ") || last_line.contains(" | ") || rest.starts_with('|') || before.ends_with('|');
        let row = row || weekday_behind_name(rest) && weekday_behind_name(last_line);
        // An address on a line of its own below an item.
        let address = last.bullet && (rest.starts_with("http") || rest.starts_with("www."));
        !(row || label || address || last.heading && last.bullet)
            && (low || (full && open && width >= WRAPPED && !dated))
    }
}

/// The runs of lines between blank ones; a blank line ends the run before it.
fn paragraphs(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let mut lines = text.split('\n').peekable();
    std::iter::from_fn(move || {
        lines.peek()?;
        let mut run = Vec::new();
        for line in lines.by_ref() {
            run.push(line);
            if line.trim().is_empty() {
                break;
            }
        }
        Some(run)
    })
}

fn columns(line: &str) -> usize {
    line.trim_end().chars().count()
}

/// The columns of a line's first word.
fn first_word(line: &str) -> usize {
    line.split_whitespace().next().map_or(0, |word| word.chars().count())
}

/// Whether a line begins with a day: a number, or a weekday with its comma. Such a line is an item, not the rest of a
/// sentence.
fn dated(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    let weekday = first.strip_suffix([',', '.']).unwrap_or_default().to_ascii_lowercase();
    line.starts_with(|c: char| c.is_ascii_digit()) || super::when::is_weekday(&weekday)
}

/// "Infoabend Portal, Mittwoch, 9. April": lines of that form below each other are rows.
fn weekday_behind_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(6).collect();
    let weekday =
        |word: &str| word.strip_suffix(',').is_some_and(|word| super::when::is_weekday(&word.to_ascii_lowercase()));
    words
        .windows(3)
        .any(|words| words[0].ends_with(',') && weekday(words[1]) && words[2].starts_with(|c: char| c.is_ascii_digit()))
}

/// Takes a list's mark off: a bullet, a dash, a picture.
fn without_bullet(line: &str) -> (bool, &str) {
    let Some(first) = line.chars().next() else { return (false, line) };
    let sign = matches!(first, '*' | '•' | '·' | '▪' | '‣' | '○' | '►' | '➔' | '→')
        || (matches!(first, '-' | '–' | '+') && line[first.len_utf8()..].starts_with(' '))
        // Pictures: arrows, dingbats, emoji.
        || ('\u{2190}'..='\u{2bff}').contains(&first)
        || first >= '\u{1f000}';
    if !sign {
        return (false, line);
    }
    let rest = line[first.len_utf8()..].trim_start_matches(['\u{fe0f}', '*', '•']).trim_start();
    (true, rest)
}

/// Takes the number of an item off where a day follows it: "2. 25. März: Kommunale Daten". "2. März" keeps its own.
fn without_number(line: &str) -> (bool, &str) {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line[digits..].strip_prefix(['.', ')']).map(str::trim_start);
    let dated = |rest: &&str| {
        let day = rest.bytes().take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&day) && rest[day..].starts_with('.') && line.as_bytes().get(digits + 1) == Some(&b' ')
    };
    match rest.filter(|_| (1..=2).contains(&digits)).filter(dated) {
        Some(rest) => (true, rest),
        None => (false, line),
    }
}

fn split(text: &str, offset: usize, tokens: &mut Vec<Token>) {
    let mut at = 0;
    let mut fresh = true;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut push = |kind, length: usize, low: String| {
            // "eGovernment" is a name as well.
            let capital = kind == Kind::Word && rest[..length].contains(char::is_uppercase);
            let gathering = capital && super::words::gathering(&low);
            tokens.push(Token { gathering, kind, low, at: offset + at, end: offset + at + length, capital });
            length
        };
        let used = if let Some(length) = fresh.then(|| super::address::address(rest)).flatten() {
            push(Kind::Link, length, rest[..length].to_lowercase())
        } else if first.is_ascii_digit() {
            let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let value = rest.get(..length).filter(|_| length <= 9).and_then(|digits| digits.parse().ok()).unwrap_or(0);
            push(Kind::Number(value), length, String::new())
        } else if first.is_alphabetic() {
            let length = word(rest);
            push(Kind::Word, length, folded(&rest[..length]))
        } else if first.is_whitespace() || matches!(first, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}') {
            first.len_utf8()
        } else {
            push(Kind::Mark(first), first.len_utf8(), String::new())
        };
        fresh = !first.is_alphanumeric() && first != '.' && first != '@';
        at += used;
    }
}

/// What one word alone cannot tell: "Wann? Freitag, 4. September" is a label, "kommender Woche" no gathering.
fn mend(tokens: &mut [Token]) {
    for at in 1..tokens.len() {
        let before = tokens[at - 1].word().unwrap_or_default();
        let begins = at == 1 || matches!(tokens[at - 2].kind, Kind::Mark('.' | '?' | '!' | ':'));
        let soon = ["kommend", "naechst", "dies", "letzt", "vergangen", "jed", "ganz"]
            .iter()
            .any(|start| before.starts_with(start));
        if tokens[at].is('?') && begins && matches!(before, "wo" | "wann" | "was" | "wer") {
            tokens[at].kind = Kind::Mark(':');
        } else if tokens[at].capital
            && matches!(tokens[at].word(), Some("school"))
            && matches!(before, "summer" | "winter" | "spring" | "autumn")
            || tokens[at].capital
                && matches!(tokens[at].word(), Some("nachmittag" | "vormittag" | "morgen"))
                && tokens[at - 1].capital
                && before.ends_with("en")
        {
            // "Summer School", "Parlamentarischer Nachmittag".
            tokens[at].gathering = true;
        } else if matches!(tokens[at].word(), Some("lesung"))
            && ["erste", "zweite", "dritte"].iter().any(|start| before.starts_with(start))
        {
            // Of a law.
            tokens[at].gathering = false;
        } else if tokens[at - 1].digits() > 0
            && matches!(tokens[at].word(), Some("tage" | "tagen" | "woche" | "wochen" | "tag"))
        {
            // "Alter: 3 Tage" is a span of time.
            tokens[at].gathering = false;
        } else if soon && matches!(tokens[at].word(), Some("woche" | "tag" | "tage" | "tagen")) {
            tokens[at].gathering = false;
        } else if matches!(tokens[at].word(), Some("nacht"))
            && at + 2 < tokens.len()
            && matches!(tokens[at + 1].word(), Some("der" | "des"))
            && tokens[at + 2].word().is_some()
        {
            // "Nacht der jungen Verwaltung".
            tokens[at].gathering = true;
        } else if tokens[at].capital
            && (matches!(tokens[at].word(), Some("nacht")) && matches!(before, "lange" | "langen")
                || matches!(tokens[at].word(), Some("tisch")) && before.starts_with("runde"))
        {
            // "Lange Nacht der Verwaltung", "Runder Tisch Offene Daten"; any other night and table is none.
            tokens[at].gathering = true;
        }
    }
}

fn folded(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { fold(word) }
}

/// The length of the word at the beginning: letters and digits, inner hyphens and apostrophes, combining marks, and
/// "Bürger:innen", "Bürger*innen", "Bürger_innen", "Bürger/innen".
fn word(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() || c == '\u{ad}' || ('\u{300}'..='\u{36f}').contains(&c) {
            continue;
        }
        let next = chars.peek().map(|(_, c)| *c);
        let goes_on = match c {
            '-' | '\u{2010}' | '\u{2011}' | '’' | '´' | '\'' | '`' => next.is_some_and(char::is_alphanumeric),
            ':' | '*' | '_' | '/' => text[at + 1..].starts_with("in"),
            _ => false,
        };
        if !goes_on {
            return at;
        }
    }
    text.len()
}
