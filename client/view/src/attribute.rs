//! What stands in the tag of an element.

use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote};
use rstml::node::KeyedAttribute;
use syn::{Expr, Lit};

/// An attribute of an element.
pub(crate) enum Attribute {
    /// A name and a value that are known now.
    Fixed(String, String),
    /// A call on the element.
    Call(Tokens),
}

/// Reads what stands in a tag.
pub(crate) fn read(keyed: &KeyedAttribute) -> syn::Result<Attribute> {
    let key = keyed.key.to_string();
    let Some(value) = keyed.value() else {
        return Ok(Attribute::Fixed(key, String::new()));
    };
    if let Expr::Lit(literal) = value
        && let Lit::Str(text) = &literal.lit
        && !key.contains(':')
    {
        return Ok(Attribute::Fixed(key, text.value()));
    }
    let call = match key.split_once(':') {
        Some(("on", event)) => {
            let event = format_ident!("{event}", span = syn::spanned::Spanned::span(&keyed.key));
            quote! { on(&::leptos::ev::#event, #value) }
        }
        Some(("prop", name)) => quote! { property(#name, #value) },
        Some(("style", name)) => quote! { style(#name, #value) },
        Some(_) => {
            let known = "before the colon of an attribute stands `on`, `prop` or `style`";
            return Err(syn::Error::new_spanned(&keyed.key, known));
        }
        None if key == "node_ref" => quote! { known_as(#value) },
        None => quote! { attribute(#key, #value) },
    };
    Ok(Attribute::Call(call))
}
