//! HTML in small bites. html5ever is quadratic in nesting depth (its issue 788): 244 KB of `<div>` take
//! seconds. So it is fed piece by piece, and a page deeper than any real one is refused early.

use html5ever::tendril::StrTendril;
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use scraper::Html;
use scraper::HtmlTreeSink;

use crate::read::scan::{Scanner, Token};

/// Deepest nesting; the deepest real page measured has 54.
const DEEPEST: usize = 512;
/// Most nodes; the largest real page measured has 30,000.
const MOST_NODES: usize = 200_000;
/// Most nodes times their depth: what one look at every element costs where a selector asks for ancestors.
/// The dearest real page measured has 600,000.
const MOST_CLIMBING: usize = 12_000_000;
/// Largest page in bytes; the largest real one measured has 1.2 million.
const LARGEST: usize = 10_000_000;
/// Longest tag that is looked into, and most attributes in it: a picture may be inside one, but in one attribute.
const LONG_TAG: usize = 4_096;
const MOST_ATTRIBUTES: usize = 500;
/// Bytes between two looks at the depth.
const BITE: usize = 4_096;

/// Parses a page, or says why not.
pub(super) fn parse(html: &str) -> Result<Html, String> {
    if html.len() > LARGEST {
        return Err(format!("not read: larger than {} MB", LARGEST / 1_000_000));
    }
    for token in Scanner::new(html) {
        if let Token::Start { name, attributes, .. } = token
            && attributes.len() > LONG_TAG
            && attributes.matches(char::is_whitespace).count() > MOST_ATTRIBUTES
            && crate::read::scan::attributes(attributes).nth(MOST_ATTRIBUTES).is_some()
        {
            return Err(format!("not read: a tag {name:.20} with more than {MOST_ATTRIBUTES} attributes"));
        }
    }
    let mut parser = parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default());
    let mut rest = html;
    let (mut seen, mut climbing) = (0, 0);
    while !rest.is_empty() {
        let end = (BITE.min(rest.len())..=rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        parser.process(StrTendril::from_slice(&rest[..end]));
        rest = &rest[end..];
        let page = parser.tokenizer.sink.sink.0.borrow();
        let nodes = page.tree.nodes();
        if nodes.len() > MOST_NODES {
            return Err(format!("not read: more than {MOST_NODES} nodes"));
        }
        let deepest = nodes.rev().take(4).map(|node| node.ancestors().take(DEEPEST + 1).count()).max();
        let depth = deepest.unwrap_or(0);
        if depth > DEEPEST {
            return Err(format!("not read: nested deeper than {DEEPEST}"));
        }
        climbing += depth * (page.tree.nodes().len() - seen);
        seen = page.tree.nodes().len();
        if climbing > MOST_CLIMBING {
            return Err("not read: too much of it is nested deeply".to_owned());
        }
    }
    Ok(parser.finish())
}

#[cfg(test)]
mod tests;
