//! A date text in pieces: numbers, lower-case words, marks. Spaces, brackets and soft hyphens fall away,
//! but whether a piece touches the one before it is kept: "10:00-05:00" is a zone, "10:00 - 12:00" a span.

/// One piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A run of digits: its value and how many there were. More than nine digits are no part of a date.
    Number(u32, u8),
    /// A run of letters, lower case.
    Word(String),
    /// Anything else.
    Mark(char),
}

/// A text taken apart.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    /// Whether each touches the one before it.
    glued: Vec<bool>,
}

impl Tokens {
    /// Whether this piece touches the one before it; the first and those beyond the end touch none.
    pub(super) fn touches(&self, at: usize) -> bool {
        self.glued.get(at).copied().unwrap_or(false)
    }
}

/// Takes a text apart.
pub(super) fn split(text: &str) -> Tokens {
    let mut tokens = Tokens::default();
    let mut rest = text;
    let mut glued = false;
    while let Some(first) = rest.chars().next() {
        let length = |same: fn(char) -> bool| rest.find(|c| !same(c)).unwrap_or(rest.len());
        let (token, used) = if first.is_ascii_digit() {
            let used = length(|c| c.is_ascii_digit());
            let value = rest.get(..used).filter(|_| used <= 9).and_then(|digits| digits.parse().ok());
            (Some(value.map_or(Token::Mark('#'), |value| Token::Number(value, used as u8))), used)
        } else if first.is_alphabetic() {
            let used = length(|c| c.is_alphabetic() || c == '\u{ad}');
            (Some(Token::Word(rest[..used].replace('\u{ad}', "").to_lowercase())), used)
        } else {
            let token = match first {
                '–' | '—' | '−' => Some(Token::Mark('-')),
                '[' | ']' | '(' | ')' | '\u{ad}' | '\u{200b}' | '\u{feff}' => None,
                _ if first.is_whitespace() => None,
                _ => Some(Token::Mark(first)),
            };
            (token, first.len_utf8())
        };
        // An invisible character parts nothing.
        let invisible = matches!(first, '\u{ad}' | '\u{200b}' | '\u{feff}');
        match token {
            Some(token) => {
                tokens.glued.push(glued);
                tokens.list.push(token);
                glued = true;
            }
            None if invisible => {}
            None => glued = false,
        }
        rest = &rest[used..];
    }
    tokens
}
