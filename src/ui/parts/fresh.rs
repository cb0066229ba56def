//! Views without their types: what keeps the app small.
//!
//! A Leptos view is a type as large as its markup, and the compiler writes the
//! code that builds, compares, moves and removes it for each such type anew,
//! even where nothing ever compares two of them. A [`Fresh`] forgets the type:
//! it can be built, moved and removed, and is never compared. Where it changes,
//! the new view takes the place of the old one.
//!
//! So what is typed into, or has the focus, must not stand in a closure that
//! runs at each change of a signal: let the closure follow a `Memo` that says
//! *which* view it is, and let the parts of the view follow the rest.

use std::sync::Arc;

use leptos::children::ToChildren;
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::{Mountable, Position, PositionState};

/// Leptos' `view!` as a [`Fresh`].
macro_rules! view {
    ($($markup:tt)*) => {
        $crate::ui::parts::IntoFresh::fresh(::leptos::view! { $($markup)* })
    };
}
pub(crate) use view;

/// A part of a view that follows signals: what runs it again exists once.
pub fn live<V: IntoView + 'static>(
    mut run: impl FnMut() -> V + Send + 'static,
) -> Box<dyn FnMut() -> Fresh + Send> {
    Box::new(move || run().fresh())
}

/// An attribute that follows signals: once for each type of value.
pub fn attr<T>(run: impl FnMut() -> T + Send + 'static) -> Box<dyn FnMut() -> T + Send> {
    Box::new(run)
}

type Row = Box<dyn FnOnce() -> Fresh + Send>;

/// Leptos' `For`, once for all types: a row stays as it is while its key is in
/// the list.
pub fn list<T: Send + 'static>(
    each: impl Fn() -> Vec<T> + Send + 'static,
    key: impl Fn(&T) -> String + Send + 'static,
    row: impl Fn(T) -> Fresh + Send + Sync + 'static,
) -> Fresh {
    let row = Arc::new(row);
    let each: Box<dyn Fn() -> Vec<(String, Row)> + Send> = Box::new(move || {
        each()
            .into_iter()
            .map(|item| {
                let (key, row) = (key(&item), row.clone());
                (key, Box::new(move || row(item)) as Row)
            })
            .collect()
    });
    view! { <For each key=|(key, _)| key.clone() children=|(_, row)| row()/> }
}

/// What stands inside a part, for the prop `children`.
pub struct Inside(Row);

impl<V: IntoView + 'static, F: FnOnce() -> V + Send + 'static> ToChildren<F> for Inside {
    fn to_children(inside: F) -> Self {
        Inside(Box::new(move || inside().fresh()))
    }
}

impl Inside {
    /// Makes it.
    pub fn make(self) -> Fresh {
        (self.0)()
    }
}

/// A view that was not built yet.
pub struct Fresh(Box<dyn FnOnce() -> FreshState + Send>);

/// A view in the page.
pub struct FreshState(Box<dyn Placed>);

/// What is asked of a view in the page: [`Mountable`] without what nobody asks.
trait Placed {
    fn remove(&mut self);
    fn put(&mut self, parent: &Element, marker: Option<&Node>);
    fn put_before(&self, other: &mut dyn Mountable) -> bool;
}

impl<M: Mountable> Placed for M {
    fn remove(&mut self) {
        self.unmount();
    }

    fn put(&mut self, parent: &Element, marker: Option<&Node>) {
        self.mount(parent, marker);
    }

    fn put_before(&self, other: &mut dyn Mountable) -> bool {
        self.insert_before_this(other)
    }
}

/// Forgets the type of a view.
pub trait IntoFresh {
    /// The view as a [`Fresh`].
    fn fresh(self) -> Fresh;
}

impl<V: IntoView + 'static> IntoFresh for V {
    fn fresh(self) -> Fresh {
        Fresh(Box::new(move || FreshState(Box::new(self.build()))))
    }
}

impl Render for Fresh {
    type State = FreshState;

    fn build(self) -> FreshState {
        (self.0)()
    }

    fn rebuild(self, state: &mut FreshState) {
        let mut new = self.build();
        state.insert_before_this(&mut new);
        state.unmount();
        *state = new;
    }
}

impl Mountable for FreshState {
    fn unmount(&mut self) {
        self.0.remove();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.put(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.put_before(child)
    }

    /// Leptos asks for them to spread attributes over a view, which `Fresh` refuses.
    fn elements(&self) -> Vec<Element> {
        Vec::new()
    }
}

/// Leptos asks every view for this, for pages that a server draws. There is no
/// server: nothing is written as text, and what would be hydrated is built.
impl RenderHtml for Fresh {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> FreshState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// Attributes belong to elements; a view without a type has none to take them.
impl AddAnyAttr for Fresh {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _: A) -> Self {
        self
    }
}
