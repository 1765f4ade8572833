//! Components: functions that Leptos' `#[component]` gave props by name.

use proc_macro2::{Ident, TokenStream as Tokens};
use quote::{format_ident, quote};
use rstml::Infallible;
use rstml::node::{KeyedAttribute, NodeAttribute, NodeElement};
use syn::spanned::Spanned as _;

use crate::nodes_to_view;

/// Whether this is a component: its name begins with a capital letter.
pub(crate) fn is_component(element: &NodeElement<Infallible>) -> bool {
    let name = element.name().to_string();
    let last = name.rsplit("::").next().unwrap_or_default();
    last.starts_with(char::is_uppercase)
}

/// The call of a component with its props and children.
pub(crate) fn tokens(element: &NodeElement<Infallible>) -> syn::Result<Tokens> {
    let name = element.name();
    let (mut props, mut items) = (Vec::new(), Vec::new());
    for each in element.attributes() {
        let NodeAttribute::Attribute(keyed) = each else {
            return Err(syn::Error::new_spanned(each, "a prop has a name"));
        };
        match item(keyed) {
            Some(item) => items.push(item),
            None => props.push(prop(keyed)),
        }
    }
    let children = (!element.children.is_empty()).then(|| nodes_to_view(&element.children));
    let children = children.transpose()?.map(|view| {
        if items.is_empty() {
            quote! { .children(crate::dom::children(move || #view)) }
        } else {
            quote! { .children(move |#(#items),*| #view) }
        }
    });
    Ok(quote! {
        ::leptos::component::component_view(
            #[allow(clippy::needless_borrows_for_generic_args, reason = "some components are generic")]
            &#name,
            ::leptos::component::component_props_builder(&#name)
                #(#props)*
                #children
                .build()
        )
    })
}

/// What `let:name` names.
fn item(keyed: &KeyedAttribute) -> Option<Ident> {
    let key = keyed.key.to_string();
    let name = key.strip_prefix("let:")?;
    Some(format_ident!("{name}", span = keyed.key.span()))
}

/// A prop; one without a value is given what has its name.
fn prop(keyed: &KeyedAttribute) -> Tokens {
    let key = &keyed.key;
    match keyed.value() {
        Some(value) => quote! { .#key(#[allow(unused_braces, reason = "markup")] { #value }) },
        None => quote! { .#key(#key) },
    }
}
