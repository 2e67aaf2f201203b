//! A still: a piece of view that nothing in it ever changes and nothing listens to, such as an item of the list.
//!
//! Leptos has the same in `InertElement`, but creates it with `innerHTML`, which Trusted Types forbid on strict hosts.
//! A still is plain data: one renderer for all of them instead of code generated per element saves a third of the
//! widget, and hydration takes it as it stands, so its HTML needs no comment markers inside.
//! A changed still is patched into the page by `patch`, so that what did not change keeps its node, its focus, and
//! whether it stands open.

mod later;
mod patch;

use leptos::tachys::renderer::Rndr;
use leptos::web_sys::Element;

pub(crate) use later::Later;

/// An element with its attributes and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Still {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Child>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Child {
    Text(String),
    Element(Still),
}

/// What pages that embed the panel may style: our class, and the name they know it by. Names are a promise.
const PARTS: [(&str, &str); 16] = [
    ("at-heading", "heading"),
    ("at-tabs", "tabs"),
    ("at-tab", "tab"),
    ("at-search", "filters"),
    ("at-facet", "facet"),
    ("at-chip", "chip"),
    ("at-status", "status"),
    ("at-failed", "error"),
    ("at-list", "list"),
    ("at-item", "item"),
    ("at-title", "title"),
    ("at-meta", "meta"),
    ("at-teaser", "teaser"),
    ("at-badge", "badge"),
    ("at-more", "more"),
    ("at-subscribe", "subscribe"),
];

/// An element without attributes and contents.
pub(crate) fn still(tag: &'static str) -> Still {
    Still { tag, attributes: Vec::new(), children: Vec::new() }
}

impl Still {
    pub(crate) fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub(crate) fn attr_if(self, name: &'static str, value: Option<String>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// An attribute that is there or not, as `checked`.
    pub(crate) fn flag(self, name: &'static str, on: bool) -> Self {
        if on { self.attr(name, "") } else { self }
    }

    /// The class, and the name under which the page around may style it (`::part`), if it is one of [`PARTS`].
    pub(crate) fn class(self, class: &'static str) -> Self {
        let part = class.split(' ').filter_map(|class| PARTS.iter().find(|(known, _)| *known == class)).next_back();
        let dressed = self.attr("class", class);
        match part {
            Some((_, name)) => dressed.attr("part", *name),
            None => dressed,
        }
    }

    /// Text. What follows other text is joined to it and nothing stays nothing, as in HTML that was parsed.
    pub(crate) fn text(mut self, text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        match self.children.last_mut() {
            _ if text.is_empty() => {}
            Some(Child::Text(before)) => before.push_str(text),
            _ => self.children.push(Child::Text(text.to_owned())),
        }
        self
    }

    /// Takes any number of elements: one, an `Option`, or a list.
    pub(crate) fn with(mut self, children: impl IntoIterator<Item = Still>) -> Self {
        self.children.extend(children.into_iter().map(Child::Element));
        self
    }

    /// Elements of one line, a space before each: without it two words are one to whoever copies them or has no
    /// stylesheet, and a narrow line breaks inside them.
    pub(crate) fn spaced(self, children: impl IntoIterator<Item = Still>) -> Self {
        children.into_iter().fold(self, |line, child| match line.children.is_empty() {
            true => line.with(child),
            false => line.text(" ").with(child),
        })
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.tag);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape_to(value, out);
            out.push('"');
        }
        out.push('>');
        if self.tag == "input" {
            return;
        }
        for child in &self.children {
            match child {
                Child::Text(text) => escape_to(text, out),
                Child::Element(element) => element.write(out),
            }
        }
        out.push_str("</");
        out.push_str(self.tag);
        out.push('>');
    }

    #[cfg(test)]
    pub(crate) fn to_html(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn create(&self) -> Element {
        let element = Rndr::create_element(self.tag, None);
        for (name, value) in &self.attributes {
            Rndr::set_attribute(&element, name, value);
        }
        for child in &self.children {
            Rndr::insert_node(&element, &child.create(), None);
        }
        element
    }
}

impl IntoIterator for Still {
    type Item = Still;
    type IntoIter = std::iter::Once<Still>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(self)
    }
}

/// Text as HTML, inside an element or a double-quoted attribute.
pub(crate) fn escape_to(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests;
