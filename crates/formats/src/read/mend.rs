//! Mends a feed: reads it leniently, whatever its dialect and state, and writes it again as the plain
//! RSS 2.0 or Atom 1.0 that feed-rs reads without loss. One bare `&`, one wrong end tag, one odd
//! version or namespace would cost feed-rs the whole feed; here each costs a complaint at most.
//!
//! What feed-rs drops or takes from the wrong element is kept in a `Note` beside each entry.

mod entry;
mod head;
mod inner;
mod names;
mod note;

use model::{Complaint, Hints};

use super::scan::{self, Scanner, Token};
use crate::entities::Oddities;
use names::Names;
pub(super) use note::Note;

/// A feed that feed-rs can read.
#[derive(Debug, Default)]
pub(super) struct Mended {
    /// `rss2`, `rss1`, `rss0` or `atom`.
    pub(super) format: &'static str,
    /// All before the entries.
    pub(super) head: String,
    /// The entries, one by one, and what stands beside them.
    pub(super) entries: Vec<(String, Note)>,
    /// All after the entries.
    pub(super) tail: &'static str,
    /// What the feed asks of those who poll it.
    pub(super) hints: Hints,
    /// What was odd.
    pub(super) repairs: Repairs,
}

/// What had to be mended, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Repairs {
    /// References that XML does not know.
    odd: Oddities,
    /// Something stood before or after the feed.
    junk: bool,
    /// Elements without an end.
    unclosed: usize,
    /// Ends without an element.
    stray: usize,
    /// The document ends in the middle.
    cut: bool,
}

impl Repairs {
    /// One complaint for all of them.
    pub(super) fn complaint(self) -> Option<Complaint> {
        let counted = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
        let parts = [
            self.junk.then(|| "something before or after the feed".to_owned()),
            counted(self.odd.ampersands, "bare ampersand(s)"),
            counted(self.odd.names, "HTML reference(s)"),
            counted(self.unclosed, "element(s) without an end"),
            counted(self.stray, "end tag(s) of nothing"),
            self.cut.then(|| "the document ends in the middle".to_owned()),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        let text = format!("mended: {}", parts.join(", "));
        (!parts.is_empty()).then(|| Complaint { what: "repaired".into(), text, entry: None })
    }
}

/// Reads tokens and keeps what was learned on the way.
struct Mender<'a> {
    scanner: Scanner<'a>,
    back: Option<Token<'a>>,
    names: Names<'a>,
    repairs: Repairs,
    /// The document ended inside an element.
    cut_inside: bool,
}

impl<'a> Mender<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        self.back.take().or_else(|| self.scanner.next())
    }
}

/// Names of entries in all dialects.
fn is_entry(local: &str) -> bool {
    local.eq_ignore_ascii_case("item") || local == "entry"
}

/// Reads a feed leniently; `None` if there is none in the text.
pub(super) fn mend(text: &str) -> Option<Mended> {
    let mut mender = Mender {
        scanner: Scanner::new(text),
        back: None,
        names: Names::default(),
        repairs: Repairs::default(),
        cut_inside: false,
    };
    let (format, attributes) = mender.root()?;
    let framed = mender.back.is_none();
    let mut mended = Mended { format, ..Mended::default() };
    let atom = format == "atom";
    let mut head = head::Head::new(atom, attributes);
    let mut ended = false;
    while mended.entries.len() <= super::MOST_ENTRIES
        && let Some(token) = mender.next()
    {
        match token {
            Token::Start { name, attributes, empty } => {
                mender.names.declare(attributes, false);
                let (space, local) = mender.names.resolve(name);
                if is_entry(local) {
                    if !empty {
                        mended.entries.extend(mender.entry(atom, name, attributes));
                    }
                } else if local == "channel" || local == "items" {
                    head.around(attributes);
                } else if ended {
                    // A script or a frame that someone else's server put behind the feed.
                    mender.repairs.junk = true;
                } else {
                    let inner = if empty { inner::Inner::default() } else { mender.inner(name) };
                    head.field(space, local, attributes, &inner);
                }
            }
            Token::End(name) => ended |= matches!(mender.names.resolve(name).1, "rss" | "RDF" | "feed" | "Channel"),
            Token::Text(text) | Token::Verbatim(text) => mender.repairs.junk |= ended && !text.trim().is_empty(),
        }
    }
    mender.repairs.cut |= mender.scanner.cut || (framed && !ended && mended.entries.len() <= super::MOST_ENTRIES);
    mended.repairs = mender.repairs;
    (mended.head, mended.tail, mended.hints) = head.done();
    Some(mended)
}

impl<'a> Mender<'a> {
    /// Finds the feed's own beginning, whatever stands before it.
    fn root(&mut self) -> Option<(&'static str, &'a str)> {
        loop {
            let token = self.next()?;
            let Token::Start { name, attributes, .. } = token else {
                self.repairs.junk |= matches!(token, Token::Text(text) if !text.trim().is_empty());
                continue;
            };
            self.names.declare(attributes, true);
            let (_, local) = self.names.resolve(name);
            let format = match local {
                "rss" | "RSS" | "Rss" => match scan::attribute(attributes, "version") {
                    Some(version) if version.starts_with("0.") => "rss0",
                    Some(version) if version.trim() == "1.0" => "rss1",
                    _ => "rss2",
                },
                "RDF" | "rdf" | "Channel" => "rss1",
                "feed" => "atom",
                // A lone entry is a feed of one; a lone channel forgot its frame.
                "entry" => {
                    self.back = Some(token);
                    "atom"
                }
                "channel" => {
                    self.back = Some(token);
                    "rss2"
                }
                _ => {
                    self.repairs.junk = true;
                    continue;
                }
            };
            return Some((format, if self.back.is_some() { "" } else { attributes }));
        }
    }
}
