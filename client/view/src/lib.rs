//! `view!`: markup as Leptos has it, turned into calls of the client's module `dom`.
//!
//! Leptos' own macro makes a type of its own for each piece of markup, with all that is in
//! it, and the compiler writes code for every one of them. Here each element is made by
//! the same few functions. Knows markup, nothing of what it is about.

mod attribute;
mod component;
mod element;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use rstml::node::{Node, NodeBlock};

/// Markup, as an expression of the type `dom::View`.
///
/// Elements, text in quotes, `{expressions}`, and components. Attributes are plain ones,
/// `on:event`, `prop:property`, `style:property` and `node_ref`; what is given as a closure
/// or signal is followed. Components take their props by name, `let:item` names what
/// their children are given.
#[proc_macro]
pub fn view(markup: TokenStream) -> TokenStream {
    let made = rstml::parse2(markup.into()).and_then(|nodes| nodes_to_view(&nodes));
    made.unwrap_or_else(|error| error.to_compile_error()).into()
}

/// Several pieces of markup as one view.
fn nodes_to_view(nodes: &[Node]) -> syn::Result<Tokens> {
    let mut views = Vec::new();
    for node in nodes {
        views.push(node_to_view(node)?);
    }
    Ok(match views.as_slice() {
        [one] => quote! { crate::dom::IntoView::into_view(#one) },
        several => quote! {
            crate::dom::together(::std::vec![#(crate::dom::IntoView::into_view(#several)),*])
        },
    })
}

/// One piece of markup as something that can be shown.
fn node_to_view(node: &Node) -> syn::Result<Tokens> {
    match node {
        Node::Element(element) if component::is_component(element) => component::tokens(element),
        Node::Element(element) => element::tokens(element),
        Node::Text(text) => {
            let text = &text.value;
            Ok(quote! { #text })
        }
        Node::Block(NodeBlock::ValidBlock(block)) => Ok(quote! {{
            #[allow(unused_braces, reason = "an expression in markup stands in braces")]
            #block
        }}),
        Node::Fragment(fragment) => nodes_to_view(&fragment.children),
        other => Err(syn::Error::new_spanned(
            other,
            "markup is made of elements, texts in quotes and expressions in braces",
        )),
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::quote;

    use super::nodes_to_view;

    fn made(markup: TokenStream) -> syn::Result<String> {
        let nodes = rstml::parse2(markup)?;
        Ok(nodes_to_view(&nodes)?.to_string().replace(' ', ""))
    }

    #[test]
    fn what_is_known_is_set_when_the_element_is_made() {
        let made = made(quote! { <input type="text" aria-label="Name" readonly /> }).unwrap();
        let known = r#"html("input\ntype=text\naria-label=Name\nreadonly=")"#;
        assert!(made.contains(known), "{made}");
    }

    #[test]
    fn what_is_followed_is_a_call() {
        let markup = quote! {
            <svg class=name on:click=run prop:value=v style:left=x node_ref=me>"words" {more}</svg>
        };
        let made = made(markup).unwrap();
        for call in [
            r#"svg("svg")"#,
            r#"attribute("class",name)"#,
            "on(&::leptos::ev::click,run)",
            r#"property("value",v)"#,
            r#"style("left",x)"#,
            "known_as(me)",
            r#"child("words")"#,
            "{more}",
        ] {
            assert!(made.contains(call), "no {call} in {made}");
        }
    }

    #[test]
    fn components_are_given_props_items_and_children() {
        let made = made(quote! { <For each=all key=id let:row><Row row /></For> }).unwrap();
        for call in [
            ".each(",
            ".children(move|row|",
            "component_view(",
            ".row(row)",
        ] {
            assert!(made.contains(call), "no {call} in {made}");
        }
    }

    #[test]
    fn what_no_element_has_is_refused() {
        assert!(made(quote! { <div class:red=yes /> }).is_err());
        assert!(made(quote! { <div {..rest} /> }).is_err());
        assert!(made(quote! { <!-- "a comment" --> }).is_err());
        assert!(made(quote! { <div title="two\nlines" /> }).is_err());
    }
}
