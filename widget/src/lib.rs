//! The panel in the browser: hydrates the very nodes that the server rendered, and patches them from then on.
//!
//! The script before it (`desk.js`) asks the server and hands each answer over; nothing here touches the network,
//! storage, or anything outside the panel. One instance serves all panels of a page.

use leptos::mount::hydrate_from;
use leptos::prelude::*;
use panel::{Desk, Panel, wire};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// A living panel.
#[wasm_bindgen]
pub struct Handle {
    desk: Desk,
    unmount: Option<Box<dyn FnOnce()>>,
}

#[wasm_bindgen]
impl Handle {
    /// Shows what the server answered (`/panel?shell=data`); the page follows in a microtask. Says whether it could be
    /// read.
    pub fn show(&self, data_json: &str) -> bool {
        let data = wire::data(data_json);
        let read = data.is_some();
        if let Some(data) = data {
            self.desk.show(data);
        }
        read
    }

    /// Shows at once what of the items at hand fits another question, until the server has answered it. `search` is the
    /// question as a query string. Says whether anything is shown.
    pub fn preview(&self, search: &str) -> bool {
        wire::pairs_from(search).is_some_and(|pairs| self.desk.preview(&pairs))
    }

    /// Puts by all items of the filter that the host page has fixed, for [`Handle::preview`] to choose from.
    pub fn stock(&self, data_json: &str) -> bool {
        let data = wire::data(data_json);
        let read = data.is_some();
        if let Some(data) = data {
            self.desk.stock(data);
        }
        read
    }

    /// Takes the panel off the page and frees what listened.
    pub fn dispose(&mut self) {
        if let Some(unmount) = self.unmount.take() {
            unmount();
        }
    }
}

/// Wakes the panel in `root`, whose only child is what `panel::render` made of `data_json`.
///
/// # Errors
/// The data cannot be read, as by a loader of another version: the loader then stays without us.
#[wasm_bindgen]
pub fn hydrate(root: HtmlElement, data_json: &str) -> Result<Handle, JsError> {
    let data = wire::data(data_json).ok_or_else(|| JsError::new("not the data of a panel"))?;
    let made = StoredValue::new_local(None);
    let mounted = hydrate_from(root, move || {
        let desk = Desk::new(data);
        made.set_value(Some(desk));
        view! { <Panel desk=desk /> }
    });
    let desk = made.get_value().ok_or_else(|| JsError::new("the panel did not start"))?;
    made.dispose();
    Ok(Handle { desk, unmount: Some(Box::new(move || drop(mounted))) })
}
