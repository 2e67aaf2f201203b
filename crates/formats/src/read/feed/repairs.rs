//! What had to be mended in a feed, counted: one complaint for the operator, who can pass it on to the source.

use model::Complaint;

use crate::entities::Oddities;

/// What had to be mended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Repairs {
    /// References that XML does not know.
    pub(super) odd: Oddities,
    /// Something stood before or after the feed.
    pub(super) junk: bool,
    /// The feed names a version that there is none of.
    pub(super) version: bool,
    /// Elements whose prefix nobody declared.
    pub(super) undeclared: usize,
    /// Elements without an end.
    pub(super) unclosed: usize,
    /// Ends without an element.
    pub(super) stray: usize,
    /// The document ends in the middle.
    pub(super) cut: bool,
}

impl Repairs {
    /// One complaint for all of them.
    pub(super) fn complaint(self) -> Option<Complaint> {
        let counted = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
        let parts = [
            self.junk.then(|| "something before or after the feed".to_owned()),
            self.version.then(|| "a version that is none".to_owned()),
            counted(self.odd.ampersands, "bare ampersand(s)"),
            counted(self.odd.names, "HTML reference(s)"),
            counted(self.undeclared, "element(s) with an undeclared prefix"),
            counted(self.unclosed, "element(s) without an end"),
            counted(self.stray, "end tag(s) of nothing"),
            self.cut.then(|| "the document ends in the middle".to_owned()),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        let text = format!("mended: {}", parts.join(", "));
        (!parts.is_empty()).then(|| Complaint { what: "repaired".into(), text, entry: None })
    }
}
