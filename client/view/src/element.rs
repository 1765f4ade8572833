//! Elements of HTML and SVG.

use proc_macro2::TokenStream as Tokens;
use quote::quote;
use rstml::Infallible;
use rstml::node::{NodeAttribute, NodeElement};

use crate::attribute::{self, Attribute};
use crate::node_to_view;

/// The elements that belong to SVG, as far as the client draws with them.
const SVG: [&str; 6] = ["svg", "path", "circle", "rect", "line", "g"];

/// An element with its attributes and what is in it.
pub(crate) fn tokens(element: &NodeElement<Infallible>) -> syn::Result<Tokens> {
    let tag = element.name().to_string();
    let make = if SVG.contains(&tag.as_str()) {
        quote! { crate::dom::Element::svg }
    } else {
        quote! { crate::dom::Element::html }
    };
    let (mut known, mut calls) = (tag, Vec::new());
    for each in element.attributes() {
        match read(each)? {
            Attribute::Fixed(name, value) if !value.contains('\n') => {
                known.push_str(&format!("\n{name}={value}"));
            }
            Attribute::Fixed(..) => {
                return Err(syn::Error::new_spanned(
                    each,
                    "an attribute stands on one line",
                ));
            }
            Attribute::Call(call) => calls.push(call),
        }
    }
    let mut children = Vec::new();
    for child in &element.children {
        children.push(node_to_view(child)?);
    }
    Ok(quote! {{
        let element = #make(#known);
        #(element.#calls;)*
        #(element.child(#children);)*
        element
    }})
}

fn read(each: &NodeAttribute) -> syn::Result<Attribute> {
    match each {
        NodeAttribute::Attribute(keyed) => attribute::read(keyed),
        NodeAttribute::Block(block) => {
            Err(syn::Error::new_spanned(block, "an attribute has a name"))
        }
    }
}
