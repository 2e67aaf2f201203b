//! A still: a piece of view that nothing in it ever changes and nothing listens to, such as an item of the list.
//!
//! Leptos has the same in `InertElement`, but creates it with `innerHTML`, which Trusted Types forbid on strict hosts.
//! A still is plain data: one renderer for all of them instead of code generated per element saves a third of the
//! widget, and hydration takes it as it stands, so its HTML needs no comment markers inside.
//! A changed still is patched into the page by [`patch`], so that what did not change keeps its node, its focus, and
//! whether it stands open.

mod patch;

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::{AddAnyAttr, Mountable, Render, RenderHtml};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::{CastFrom, Rndr};
use leptos::tachys::view::{Position, PositionState};
use leptos::web_sys::{Element, Node};

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

    pub(crate) fn class(self, class: &'static str) -> Self {
        self.attr("class", class)
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

/// A still on the page.
pub(crate) struct Mounted {
    still: Still,
    element: Element,
}

impl Mountable for Mounted {
    fn unmount(&mut self) {
        self.element.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.element.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.element.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.element.clone()]
    }
}

impl Render for Still {
    type State = Mounted;

    fn build(self) -> Self::State {
        Mounted { element: self.create(), still: self }
    }

    fn rebuild(self, state: &mut Mounted) {
        if self.tag != state.still.tag {
            let mut new = self.build();
            state.insert_before_this(&mut new);
            state.unmount();
            *state = new;
        } else if self != state.still {
            patch::element(&state.element, &state.still, &self);
            state.still = self;
        }
    }
}

impl AddAnyAttr for Still {
    type Output<NewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

impl RenderHtml for Still {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 64;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, out: &mut String, position: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {
        self.write(out);
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        let element = Element::cast_from(cursor.current()).expect("the server rendered an element here");
        position.set(Position::NextChild);
        Mounted { still: self, element }
    }

    fn into_owned(self) -> Self {
        self
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
