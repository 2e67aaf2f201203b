//! Keeps the focus where the reader had it. A control that an answer took away leaves it on the status line,
//! never on the page's body, from where a keyboard starts all over again.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};

/// What had the focus when a question was asked.
pub(crate) struct Kept {
    root: HtmlElement,
    had: Option<Element>,
}

impl Kept {
    pub(crate) fn of(root: &HtmlElement) -> Self {
        Kept { root: root.clone(), had: active(root) }
    }

    /// Gives the focus back if the answer took it away.
    pub(crate) fn restore(self) {
        let Some(had) = self.had else { return };
        if active(&self.root).is_some() {
            return;
        }
        let had: &HtmlElement = had.unchecked_ref();
        if had.is_connected() {
            let _ = had.focus();
        } else if let Some(next) = find(&self.root, ".at-chip, .at-status") {
            let _ = next.focus();
        }
    }
}

/// Moves the focus to the link of the item at this place: the first of those just loaded.
pub(crate) fn to_item(root: &HtmlElement, place: usize) {
    if let Some(link) = find(root, &format!(".at-item:nth-child({}) .at-open", place + 1)) {
        let _ = link.focus();
    }
}

fn find(root: &HtmlElement, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector).ok()?.map(JsCast::unchecked_into)
}

/// The focused element inside this panel.
fn active(root: &HtmlElement) -> Option<Element> {
    let active = match root.get_root_node().dyn_into::<ShadowRoot>() {
        Ok(shadow) => shadow.active_element(),
        Err(_) => root.owner_document()?.active_element(),
    };
    active.filter(|active| root.contains(Some(active)))
}
