//! A date text in pieces: numbers, lower-case words, marks. Spaces, brackets and soft hyphens fall away.

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

/// Takes a text apart.
pub(super) fn split(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = |same: fn(char) -> bool| rest.find(|c| !same(c)).unwrap_or(rest.len());
        let used = if first.is_ascii_digit() {
            let used = length(|c| c.is_ascii_digit());
            let value = rest.get(..used).filter(|_| used <= 9).and_then(|digits| digits.parse().ok());
            tokens.push(value.map_or(Token::Mark('#'), |value| Token::Number(value, used as u8)));
            used
        } else if first.is_alphabetic() {
            let used = length(|c| c.is_alphabetic() || c == '\u{ad}');
            tokens.push(Token::Word(rest[..used].replace('\u{ad}', "").to_lowercase()));
            used
        } else {
            match first {
                '–' | '—' | '−' => tokens.push(Token::Mark('-')),
                '[' | ']' | '(' | ')' | '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                _ if first.is_whitespace() => {}
                _ => tokens.push(Token::Mark(first)),
            }
            first.len_utf8()
        };
        rest = &rest[used..];
    }
    tokens
}
