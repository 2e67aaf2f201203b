//! Where a key stands in a file of settings or of the catalogue: for mistakes that the parser of the file cannot see.
//!
//! Reads TOML as people write it, a key to a line. Of anything else it knows less, and never says a wrong line for it:
//! then the line of the table is given, or none.

/// A table as it is written: its header, and the keys below it with their values and lines.
pub(crate) struct Block<'a> {
    /// As in `[fetch]` and `[[source]]`; nothing before the first.
    pub(crate) header: &'a str,
    line: usize,
    keys: Vec<(&'a str, &'a str, usize)>,
}

impl<'a> Block<'a> {
    /// All tables of a file.
    pub(crate) fn all(text: &'a str) -> Vec<Self> {
        let mut blocks = vec![Block { header: "", line: 1, keys: Vec::new() }];
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if let Some(header) = header(line) {
                blocks.push(Block { header, line: number, keys: Vec::new() });
            } else if let Some((key, value)) = line.split_once('=')
                && let Some(block) = blocks.last_mut()
            {
                let key = key.trim().split('.').next().unwrap_or_default();
                block.keys.push((key, value.trim(), number));
            }
        }
        blocks
    }

    /// Whether the table says so of itself.
    pub(crate) fn says(&self, key: &str, value: &str) -> bool {
        let quoted = [format!("{value:?}"), format!("'{value}'")];
        self.keys.iter().any(|(known, said, _)| *known == key && quoted.iter().any(|value| said.starts_with(value)))
    }

    /// The line of a key in it.
    pub(crate) fn line_of(&self, key: &str) -> Option<usize> {
        self.keys.iter().find(|(known, ..)| *known == key).map(|(.., line)| *line)
    }

    /// The line on which it begins.
    pub(crate) fn line(&self) -> usize {
        self.line
    }
}

/// The key that a message begins with, as in `every = "oft": allowed are …`.
pub(crate) fn key_of(message: &str) -> &str {
    message.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()
}

fn header(line: &str) -> Option<&str> {
    let end = line.strip_prefix('[')?.find(']')? + 1;
    let end = if line.starts_with("[[") { end + 2 } else { end + 1 };
    let header = line.get(..end)?;
    let rest = line[end..].trim_start();
    let name = header.trim_matches(['[', ']']);
    let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-. ".contains(&b));
    (named && (rest.is_empty() || rest.starts_with('#'))).then_some(header)
}

#[cfg(test)]
mod tests {
    //! Files in, lines out.

    use super::*;

    const FILE: &str = "id = \"amt\"\ntopics = [\n  \"ozg\",\n]\n\n[[source]] # the first\nid = \"a\"\n\
                        every = \"1h\"\nselect.item = \"li\"\n[[source]]\nid = 'b'\n[source.expect]\ndated = 1\n";

    #[test]
    fn keys_stand_where_they_are_written() {
        let blocks = Block::all(FILE);
        let headers: Vec<_> = blocks.iter().map(|block| (block.header, block.line())).collect();
        assert_eq!(headers, [("", 1), ("[[source]]", 6), ("[[source]]", 10), ("[source.expect]", 12)]);
        assert_eq!((blocks[0].line_of("topics"), blocks[1].line_of("every")), (Some(2), Some(8)));
        assert_eq!((blocks[1].line_of("select"), blocks[2].line_of("every")), (Some(9), None));
        assert!(blocks[1].says("id", "a") && !blocks[1].says("id", "b") && blocks[2].says("id", "b"));
        assert_eq!(key_of("every = \"oft\": allowed"), "every");
        assert_eq!(key_of("select: \"x\" is none"), "select");
    }
}
