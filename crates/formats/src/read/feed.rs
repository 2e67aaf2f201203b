//! Reads RSS of every version, RSS 1.0, Atom and CDF in one pass over lenient tokens, whatever their state: one bare
//! `&`, one wrong end tag, one odd version or namespace would cost a strict parser the whole feed; here each costs
//! a complaint at most. What is well-formed is read in the same way and costs no more than that pass.
//!
//! Promises: an entry that is odd costs itself only; what was cut off is kept up to its last whole entry; time and
//! memory grow with the length of the document alone. Entities that a document defines for itself are never expanded.

mod draft;
mod entry;
mod head;
mod inner;
mod names;
mod note;
mod repairs;
pub(super) mod stamp;

use model::Reading;
use url::Url;

use super::scan::{self, Scanner, Token};
use head::Head;
use inner::Inner;
use names::Names;
use repairs::Repairs;

/// Reads tokens and keeps what was learned on the way.
struct Mender<'a> {
    scanner: Scanner<'a>,
    back: Option<Token<'a>>,
    names: Names<'a>,
    repairs: Repairs,
    /// The document ended inside an element.
    cut_inside: bool,
}

/// Names of entries in all dialects, in lower case.
fn is_entry(local: &str) -> bool {
    matches!(local, "item" | "entry")
}

/// Reads a feed leniently; `None` if there is none in the text.
pub(super) fn read(text: &str, base: Option<&Url>) -> Option<Reading> {
    let mut mender = Mender {
        scanner: Scanner::new(text),
        back: None,
        names: Names::default(),
        repairs: Repairs::default(),
        cut_inside: false,
    };
    let (format, attributes) = mender.root()?;
    let framed = mender.back.is_none();
    let mut head = Head::new(format == "atom", base);
    head.around(attributes);
    let mut reading = Reading { format: format.into(), ..Reading::default() };
    let ended = mender.feed(&mut head, &mut reading);
    let all = reading.entries.len() <= super::MOST_ENTRIES;
    mender.repairs.cut |= mender.scanner.cut || (framed && !ended && all);
    // What was odd about the whole comes before what was odd about one.
    let of_entries = std::mem::replace(&mut reading.complaints, mender.repairs.complaint().into_iter().collect());
    reading.complaints.extend(of_entries);
    head.done(&mut reading);
    Some(reading)
}

impl<'a> Mender<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        self.back.take().or_else(|| self.scanner.next())
    }

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
            let format = match (local.as_ref(), name) {
                ("rss", _) => self.version(attributes),
                ("rdf", _) | (_, "Channel") => "rss1",
                ("feed", _) => "atom",
                // A lone entry is a feed of one; a lone channel forgot its frame, or is CDF.
                ("entry", _) => {
                    self.back = Some(token);
                    "atom"
                }
                ("channel", _) => {
                    self.back = Some(token);
                    if name == "CHANNEL" { "cdf" } else { "rss2" }
                }
                _ => {
                    self.repairs.junk = true;
                    continue;
                }
            };
            return Some((format, if self.back.is_some() { "" } else { attributes }));
        }
    }

    fn version(&mut self, attributes: &str) -> &'static str {
        let version = scan::attribute(attributes, "version").unwrap_or_default();
        let version = version.trim();
        self.repairs.version =
            !matches!(version, "" | "0.90" | "0.91" | "0.92" | "0.93" | "1.0" | "2" | "2.0" | "2.0.1");
        match version {
            "1.0" => "rss1",
            _ if version.starts_with("0.") => "rss0",
            _ => "rss2",
        }
    }

    /// Reads all elements of the feed; tells whether it came to its end.
    fn feed(&mut self, head: &mut Head, reading: &mut Reading) -> bool {
        let atom = reading.format == "atom";
        let mut ended = false;
        while reading.entries.len() <= super::MOST_ENTRIES
            && let Some(token) = self.next()
        {
            match token {
                Token::Start { name, attributes, empty } => {
                    self.names.declare(attributes, false);
                    let (space, local) = self.names.resolve(name);
                    if is_entry(&local) {
                        // `<item/>` says nothing, `<item rdf:about="…"/>` where it is.
                        if !empty || !attributes.trim().is_empty() {
                            let draft = self.entry(atom, name, attributes, empty, head.base.as_ref());
                            let at = reading.entries.len();
                            reading.entries.extend(draft.map(|draft| draft.done(at, &mut reading.complaints)));
                        }
                    } else if matches!(local.as_ref(), "channel" | "items") {
                        head.around(attributes);
                    } else if ended {
                        // A script or a frame that someone else's server put behind the feed.
                        self.repairs.junk = true;
                    } else {
                        self.repairs.undeclared += usize::from(self.names.is_undeclared(name));
                        let inner = if empty { Inner::default() } else { self.inner(name) };
                        head.field(space, &local, attributes, &inner, reading);
                    }
                }
                Token::End("Channel" | "CHANNEL") => ended = true,
                Token::End(name) => ended |= matches!(self.names.resolve(name).1.as_ref(), "rss" | "rdf" | "feed"),
                Token::Text(text) | Token::Verbatim(text) => self.repairs.junk |= ended && !text.trim().is_empty(),
            }
        }
        ended
    }
}

#[cfg(test)]
mod tests;
