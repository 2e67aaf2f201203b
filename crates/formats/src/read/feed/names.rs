//! Namespaces as feeds declare, misspell and forget them.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::scan;

/// What an element belongs to, as far as feeds matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// RSS of any version, or nothing said.
    Rss,
    /// Atom 0.3 and 1.0.
    Atom,
    /// `content:encoded`.
    Content,
    /// Dublin Core elements.
    Dc,
    /// Dublin Core terms.
    Terms,
    /// Media RSS.
    Media,
    /// Apple's podcast elements.
    Itunes,
    /// RSS 1.0 event module.
    Event,
    /// RSS 1.0 syndication module.
    Syndication,
    /// XHTML.
    Xhtml,
    /// Anything else.
    Other,
}

/// Parts of namespace addresses, in lower case, longest first where one holds another.
/// Feeds write them with and without a slash at the end, a `www`, an `s` in `http`.
const ADDRESSES: [(&str, Space); 17] = [
    ("purl.org/rss/1.0/modules/content", Space::Content),
    ("purl.org/rss/1.0/modules/event", Space::Event),
    ("purl.org/rss/1.0/modules/syndication", Space::Syndication),
    ("purl.org/rss/1.0/modules", Space::Other),
    ("purl.org/rss/1.0", Space::Rss),
    ("purl.org/net/rss1.1", Space::Rss),
    ("my.netscape.com/", Space::Rss),
    ("channel.netscape.com/", Space::Rss),
    ("backend.userland.com/", Space::Rss),
    ("harvard.edu/tech/rss", Space::Rss),
    ("w3.org/2005/atom", Space::Atom),
    ("purl.org/atom/", Space::Atom),
    ("purl.org/dc/terms", Space::Terms),
    ("purl.org/dc/elements", Space::Dc),
    ("search.yahoo.com/mrss", Space::Media),
    ("itunes.com/dtds", Space::Itunes),
    ("w3.org/1999/xhtml", Space::Xhtml),
];

/// What a prefix means where nobody declared it.
fn by_custom(prefix: &str) -> Space {
    match prefix {
        "rss" => Space::Rss,
        "atom" | "atom10" | "a10" => Space::Atom,
        "content" => Space::Content,
        "dc" => Space::Dc,
        "dcterms" => Space::Terms,
        "media" => Space::Media,
        "itunes" => Space::Itunes,
        "ev" => Space::Event,
        "sy" => Space::Syndication,
        "xhtml" => Space::Xhtml,
        _ => Space::Other,
    }
}

/// Most prefixes that are remembered; a feed of all modules has twenty.
const MOST_PREFIXES: usize = 1_000;

/// The declarations seen so far. They are taken to hold to the end of the document: no feed declares
/// one prefix for two things, and many declare it on one item and use it in the next.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    declared: HashMap<&'a str, Space>,
    /// The default namespace, looked up for nearly every element.
    default: Option<Space>,
}

impl<'a> Names<'a> {
    /// Takes note of the declarations of a tag. A default namespace counts on the root alone: below, it is
    /// XHTML on a div, or Atom on one link of an RSS feed, and ends with that element.
    pub(super) fn declare(&mut self, attributes: &'a str, root: bool) {
        if attributes.len() < 6 || !attributes.contains("xmlns") {
            return;
        }
        for (name, value) in scan::attributes(attributes) {
            if self.declared.len() >= MOST_PREFIXES {
                return;
            }
            let Some(prefix) = name.strip_prefix("xmlns").map(|rest| rest.strip_prefix(':').unwrap_or(rest)) else {
                continue;
            };
            let address = value.trim().to_ascii_lowercase();
            let space = ADDRESSES.iter().find(|(part, _)| address.contains(part)).map_or(Space::Other, |(_, s)| *s);
            match prefix {
                // An unknown default namespace on a feed is a misspelt one.
                "" if root => {
                    self.default = self.default.or(Some(if space == Space::Other { Space::Rss } else { space }));
                }
                "" => {}
                prefix => {
                    self.declared.entry(prefix).or_insert(space);
                }
            }
        }
    }

    /// Namespace and name without prefix. Names are compared in lower case: the oldest feeds shout them, and
    /// `pubdate` is met as often as `PubDate`.
    pub(super) fn resolve<'n>(&self, name: &'n str) -> (Space, Cow<'n, str>) {
        let (space, local) = match name.split_once(':') {
            None => (self.default.unwrap_or(Space::Rss), name),
            Some((prefix, local)) => (self.declared.get(prefix).copied().unwrap_or_else(|| by_custom(prefix)), local),
        };
        if local.bytes().any(|byte| byte.is_ascii_uppercase()) {
            (space, Cow::Owned(local.to_ascii_lowercase()))
        } else {
            (space, Cow::Borrowed(local))
        }
    }

    /// Whether nobody declared the prefix of a name.
    pub(super) fn is_undeclared(&self, name: &str) -> bool {
        name.split_once(':').is_some_and(|(prefix, _)| prefix != "xml" && !self.declared.contains_key(prefix))
    }
}
