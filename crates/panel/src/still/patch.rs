//! Makes the nodes of one still those of another, with as few changes as are needed.
//!
//! Children are found again by their tag and key (`id`, `data-at-key`, `data-at-item`, a label by the value of its box),
//! those without a key by tag and class, in order. What only the page knows is left alone: which disclosure a reader
//! opened, what stands in a field.

use leptos::tachys::renderer::Rndr;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlInputElement, Node};

use super::{Child, Still};

pub(super) fn element(element: &Element, old: &Still, new: &Still) {
    attributes(element, old, new);
    children(element, &old.children, &new.children);
}

fn attributes(element: &Element, old: &Still, new: &Still) {
    for (name, value) in &new.attributes {
        if old.get(name) != Some(value) {
            Rndr::set_attribute(element, name, value);
            property(element, name, Some(value));
        }
    }
    for (name, _) in &old.attributes {
        if new.get(name).is_none() {
            Rndr::remove_attribute(element, name);
            property(element, name, None);
        }
    }
}

/// Once a reader has touched a control, its attributes no longer say what it shows.
fn property(element: &Element, name: &str, value: Option<&str>) {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        match name {
            "checked" => input.set_checked(value.is_some()),
            "value" => input.set_value(value.unwrap_or_default()),
            _ => {}
        }
    }
}

fn children(parent: &Element, old: &[Child], new: &[Child]) {
    let mut left: Vec<Option<(&Child, Node)>> = Vec::with_capacity(old.len());
    let mut node = Rndr::first_child(parent);
    for child in old {
        // Somebody else took nodes away, a translating extension perhaps: what is gone is made anew.
        let Some(here) = node else { break };
        node = Rndr::next_sibling(&here);
        left.push(Some((child, here)));
    }
    let mut first = 0;
    let mut place = Rndr::first_child(parent);
    for child in new {
        while left.get(first).is_some_and(Option::is_none) {
            first += 1;
        }
        let same = left[first..].iter().position(|old| old.as_ref().is_some_and(|(old, _)| child.is_like(old)));
        let node = match same.and_then(|at| left[first + at].take()) {
            Some((old, node)) => {
                alter(&node, old, child);
                node
            }
            None => child.create(),
        };
        if place.as_ref() == Some(&node) {
            place = Rndr::next_sibling(&node);
        } else {
            Rndr::insert_node(parent, &node, place.as_ref());
        }
    }
    for (_, node) in left.into_iter().flatten() {
        Rndr::remove_node(parent, &node);
    }
}

fn alter(node: &Node, old: &Child, new: &Child) {
    match (old, new) {
        (Child::Element(old), Child::Element(new)) if old != new => {
            if let Some(here) = node.dyn_ref() {
                element(here, old, new);
            }
        }
        (Child::Text(old), Child::Text(new)) if old != new => node.set_text_content(Some(new)),
        _ => {}
    }
}

impl Child {
    fn is_like(&self, other: &Child) -> bool {
        match (self, other) {
            (Child::Text(_), Child::Text(_)) => true,
            (Child::Element(one), Child::Element(other)) => one.tag == other.tag && one.key() == other.key(),
            _ => false,
        }
    }

    pub(super) fn create(&self) -> Node {
        match self {
            Child::Text(text) => Rndr::create_text_node(text).into(),
            Child::Element(still) => still.create().into(),
        }
    }
}

impl Still {
    fn get(&self, name: &str) -> Option<&String> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    fn key(&self) -> Option<&String> {
        let named = ["id", "data-at-key", "data-at-item"].into_iter().find_map(|name| self.get(name));
        named.or_else(|| self.boxed()).or_else(|| self.get("class"))
    }

    /// The value of the box in a label: it tells the label from others, and does not have to be written twice.
    fn boxed(&self) -> Option<&String> {
        match self.children.first() {
            Some(Child::Element(first)) if self.tag == "label" => first.get("value"),
            _ => None,
        }
    }
}
