//! A still as a view of Leptos, made once somebody needs it.
//!
//! Hydration does not need it: what the server wrote is taken as it stands, and what it was made of is compared when
//! something changes. Making it at once would double the time in which a slow machine answers nobody.

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::{AddAnyAttr, Mountable, Render, RenderHtml};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::CastFrom;
use leptos::tachys::view::{Position, PositionState};
use leptos::web_sys::{Element, Node};

use super::{Still, patch, still};

/// A still that is yet to be made.
pub(crate) struct Later(Box<dyn FnOnce() -> Still + Send>);

/// A still on the page.
pub(crate) struct Mounted {
    still: Source,
    element: Element,
}

enum Source {
    Made(Still),
    Later(Later),
}

impl Later {
    pub(crate) fn new(make: impl FnOnce() -> Still + Send + 'static) -> Self {
        Later(Box::new(make))
    }

    fn make(self) -> Still {
        (self.0)()
    }
}

impl Mounted {
    fn new(still: Still) -> Self {
        Mounted { element: still.create(), still: Source::Made(still) }
    }

    fn take(&mut self) -> Still {
        match std::mem::replace(&mut self.still, Source::Made(still("i"))) {
            Source::Made(still) => still,
            Source::Later(later) => later.make(),
        }
    }
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

impl Render for Later {
    type State = Mounted;

    fn build(self) -> Self::State {
        Mounted::new(self.make())
    }

    fn rebuild(self, state: &mut Mounted) {
        let (old, new) = (state.take(), self.make());
        if old.tag != new.tag {
            let mut fresh = Mounted::new(new);
            state.insert_before_this(&mut fresh);
            state.unmount();
            *state = fresh;
            return;
        }
        if old != new {
            patch::element(&state.element, &old, &new);
        }
        state.still = Source::Made(new);
    }
}

impl AddAnyAttr for Later {
    type Output<NewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

impl RenderHtml for Later {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 64;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, out: &mut String, position: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {
        self.make().write(out);
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
        Mounted { still: Source::Later(self), element }
    }

    fn into_owned(self) -> Self {
        self
    }
}
