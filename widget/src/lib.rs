//! The panel in the browser: hydrates the very nodes that the server rendered, and asks its API from then on.
//!
//! The loader decides when; it works without this and keeps working if this fails. No storage, no cookie,
//! no host but ours. One instance serves all panels of a page.

mod api;
mod focus;
mod signals;

use leptos::mount::hydrate_from;
use leptos::prelude::*;
use panel::{Desk, Panel, wire};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::api::Api;

/// A living panel. Dropping it, or `dispose()`, unmounts the nodes and frees what listened to them.
#[wasm_bindgen]
pub struct Handle {
    unmount: Option<Box<dyn FnOnce()>>,
}

#[wasm_bindgen]
impl Handle {
    /// Takes the panel off the page.
    pub fn dispose(&mut self) {
        if let Some(unmount) = self.unmount.take() {
            unmount();
        }
    }
}

/// Wakes the panel in `root`, whose only child is what `panel::render` made of `data_json`.
/// `api` is scheme and host of our server.
///
/// # Errors
/// The data cannot be read, as by a loader of another version: the loader then stays without us.
#[wasm_bindgen]
pub fn hydrate(root: HtmlElement, data_json: &str, api: &str) -> Result<Handle, JsError> {
    let data = wire::data(data_json).ok_or_else(|| JsError::new("not the data of a panel"))?;
    let api = Api::new(api);
    let place = root.clone();
    let mounted = hydrate_from(root, move || {
        let place = StoredValue::new_local(place);
        let desk_of = StoredValue::new(None::<Desk>);
        let ask = Callback::new(move |query| {
            if let Some(desk) = desk_of.get_value() {
                place.with_value(|place| api.ask(place.clone(), desk, query));
            }
        });
        let desk = Desk::new(data, ask);
        desk_of.set_value(Some(desk));
        view! { <Panel desk=desk /> }
    });
    Ok(Handle { unmount: Some(Box::new(move || drop(mounted))) })
}
