//! The panel in the browser: hydrates the very nodes that the server rendered, and patches them from then on.
//!
//! The script before it (`desk.js`) asks the server and hands each answer over; nothing here touches the network,
//! storage, or anything outside the panel. One instance serves all panels of a page.

use leptos::mount::hydrate_from;
use leptos::prelude::*;
use panel::{Desk, Panel, PanelData, wire};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// A panel: read, then living.
#[wasm_bindgen]
pub struct Handle {
    /// What was read, until it lives.
    read: Option<PanelData>,
    desk: Option<Desk>,
    unmount: Option<Box<dyn FnOnce()>>,
}

#[wasm_bindgen]
impl Handle {
    /// Wakes the panel in `root`, whose only child is what `panel::render` made of the data that was read.
    ///
    /// # Errors
    /// It lives already, or its view did not start.
    pub fn hydrate(&mut self, root: HtmlElement) -> Result<(), JsError> {
        let data = self.read.take().ok_or_else(|| JsError::new("this panel lives already"))?;
        let made = StoredValue::new_local(None);
        let mounted = hydrate_from(root, move || {
            let desk = Desk::new(data);
            made.set_value(Some(desk));
            view! { <Panel desk=desk /> }
        });
        self.desk = made.get_value();
        made.dispose();
        self.unmount = Some(Box::new(move || drop(mounted)));
        self.desk.map(|_| ()).ok_or_else(|| JsError::new("the panel did not start"))
    }

    /// Shows what the server answered (`/panel?shell=data`); the page follows in a microtask. Says whether it could be
    /// read.
    pub fn show(&self, data_json: &str) -> bool {
        self.take(data_json, Desk::show)
    }

    /// Shows at once what of the items at hand fits another question, until the server has answered it. `search` is the
    /// question as a query string. Says whether anything is shown.
    pub fn preview(&self, search: &str) -> bool {
        let pairs = wire::pairs_from(search);
        self.desk.zip(pairs).is_some_and(|(desk, pairs)| desk.preview(&pairs))
    }

    /// Puts by all items of the filter that the host page has fixed, for [`Handle::preview`] to choose from.
    pub fn stock(&self, data_json: &str) -> bool {
        self.take(data_json, Desk::stock)
    }

    /// Takes the panel off the page and frees what listened.
    pub fn dispose(&mut self) {
        if let Some(unmount) = self.unmount.take() {
            unmount();
        }
    }
}

impl Handle {
    /// Hands data to the desk; says whether there was any that could be read.
    fn take(&self, data_json: &str, to: fn(&Desk, PanelData)) -> bool {
        let read = self.desk.zip(wire::data(data_json));
        let found = read.is_some();
        if let Some((desk, data)) = read {
            to(&desk, data);
        }
        found
    }
}

/// Reads the data of a panel. A step of its own before [`Handle::hydrate`], because both in one hold up a slow machine.
///
/// # Errors
/// It cannot be read, as by a loader of another version: the loader then stays without us.
#[wasm_bindgen]
pub fn read(data_json: &str) -> Result<Handle, JsError> {
    let read = wire::data(data_json).ok_or_else(|| JsError::new("not the data of a panel"))?;
    Ok(Handle { read: Some(read), desk: None, unmount: None })
}
