//! Rust text without what only looks like code: comments and strings are blanked out, tests can be cut off.
//! Not a parser; it knows as much of the language as the rules need, and keeps every line where it is.

/// What a stretch of a source file is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Comment,
    Literal,
}

/// The text with comments, strings and characters replaced by spaces. Lines keep their numbers.
#[must_use]
pub fn blank(text: &str) -> String {
    only(Kind::Code, text)
}

/// The comments alone, everything else replaced by spaces. Lines keep their numbers.
#[must_use]
pub fn comments(text: &str) -> String {
    only(Kind::Comment, text)
}

fn only(kept: Kind, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = match hidden(rest, before) {
            0 => (Kind::Code, first.len_utf8()),
            length if first == '/' => (Kind::Comment, length),
            length => (Kind::Literal, length),
        };
        let (part, tail) = rest.split_at(length);
        if kind == kept {
            out.push_str(part);
        } else {
            out.extend(part.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        }
        (before, rest) = (part.chars().next_back(), tail);
    }
    out
}

/// How many bytes at the beginning are a comment, a string or a character.
fn hidden(rest: &str, before: Option<char>) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block(rest);
    }
    let inside_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let unprefixed = rest.strip_prefix('b').filter(|_| !inside_word).unwrap_or(rest);
    let prefix = rest.len() - unprefixed.len();
    if let Some(raw) = unprefixed.strip_prefix('r').filter(|_| !inside_word) {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", &raw[..hashes]);
            let body = &raw[hashes + 1..];
            let inside = body.find(&end).map_or(body.len(), |at| at + end.len());
            return prefix + 1 + hashes + 1 + inside;
        }
    }
    match unprefixed.chars().next() {
        Some('"') => prefix + quoted(unprefixed, '"'),
        // A quote may also begin a lifetime: 'a is one, 'a' is not.
        Some('\'') if unprefixed[1..].starts_with('\\') || unprefixed.chars().nth(2) == Some('\'') => {
            prefix + quoted(unprefixed, '\'')
        }
        _ => 0,
    }
}

fn block(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let tail = &rest[at..];
        if tail.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if tail.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += tail.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Blanked text without modules and functions under `#[cfg(test)]`: their lines are emptied.
#[must_use]
pub fn without_tests(blanked: &str) -> String {
    let mut out = String::with_capacity(blanked.len());
    let mut rest = blanked;
    while let Some(at) = rest.find("#[cfg(test)]") {
        let (before, tests) = rest.split_at(at);
        out.push_str(before);
        let end = item_end(tests);
        out.extend(tests[..end].chars().filter(|c| *c == '\n'));
        rest = &tests[end..];
    }
    out + rest
}

/// Where the item at the beginning ends: behind its closing brace, or behind a semicolon before any brace.
fn item_end(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            ';' if depth == 0 => return at + 1,
            '{' => depth += 1,
            '}' if depth <= 1 => return at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// The lines, counted from 1, on which the word stands as a whole: neither part of a longer name nor of `::word`
/// after a path of our own, unless it is the beginning of the path.
pub fn lines_with<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.lines().enumerate().filter(move |(_, line)| has_word(line, word)).map(|(index, _)| index + 1)
}

fn has_word(line: &str, word: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    let starts_as_name = word.starts_with(part_of_name);
    let ends_as_name = word.ends_with(part_of_name);
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(part_of_name);
        let after = line[at + word.len()..].chars().next().is_some_and(part_of_name);
        !(starts_as_name && before || ends_as_name && after)
    })
}

/// Whether the whole file is for tests: those of a crate, its examples, or one of the packages that only test.
#[must_use]
pub fn is_test(path: &str) -> bool {
    if path.starts_with("tests/e2e/") {
        return true;
    }
    let inside = path.strip_prefix("tests/").unwrap_or(path);
    let mut parts = inside.split('/').rev();
    let name = parts.next().unwrap_or_default();
    // What several test modules of a crate share stands in its `testing.rs`.
    matches!(name, "tests.rs" | "testing.rs")
        || parts.any(|part| matches!(part, "tests" | "examples" | "benches" | "fuzz"))
}

#[cfg(test)]
mod tests;
