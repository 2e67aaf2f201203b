//! Events for the host page. They bubble and leave the shadow root, so that a page can listen on the element.

use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// Tells the page; `detail` is the filter as a query string, or what went wrong.
pub(crate) fn tell(root: &HtmlElement, name: &str, detail: &str) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&detail.into());
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        let _ = root.dispatch_event(&event);
    }
}
