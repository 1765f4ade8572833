//! The toolbar "Tools".

use editor::ToolKind;
use leptos::{html, prelude::*};

use super::{
    button::tooltip,
    icon::{Icon, IconName},
    roving::{Arrows, rove},
};

const fn icon(tool: ToolKind) -> IconName {
    match tool {
        ToolKind::Hand => IconName::Hand,
        ToolKind::Pen => IconName::Pen,
        ToolKind::Highlighter => IconName::Highlighter,
        ToolKind::Eraser => IconName::Eraser,
    }
}

/// Whether a tool changes the board, and so needs the right to edit.
const fn draws(tool: ToolKind) -> bool {
    match tool {
        ToolKind::Hand => false,
        ToolKind::Pen | ToolKind::Highlighter | ToolKind::Eraser => true,
    }
}

/// The floating pill of tools; one tab stop, arrow keys move inside.
#[component]
pub fn Toolbar(
    /// The current tool.
    #[prop(into)]
    active: Signal<ToolKind>,
    /// A tool was picked.
    #[prop(into)]
    on_pick: Callback<ToolKind>,
    /// Whether this person may change the board; if not, only tools that look are enabled.
    #[prop(into)]
    may_draw: Signal<bool>,
    /// More controls at the end of the pill, such as the style toggle.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let group = NodeRef::<html::Div>::new();
    let on_key = move |event| {
        if let Some(group) = group.get_untracked() {
            rove(&event, &group, Arrows::Focus);
        }
    };
    view! {
        <div class="toolbar" role="toolbar" aria-label="Tools" node_ref=group on:keydown=on_key>
            {ToolKind::ALL
                .map(|tool| {
                    let enabled = Signal::derive(move || may_draw.get() || !draws(tool));
                    view! { <ToolButton tool active on_pick enabled /> }
                })
                .collect_view()}
            {children.map(|children| view! { <span class="toolbar-divider" /> {children()} })}
        </div>
    }
}

/// One tool in the toolbar; shows whether it is the current one.
#[component]
fn ToolButton(
    tool: ToolKind,
    active: Signal<ToolKind>,
    on_pick: Callback<ToolKind>,
    enabled: Signal<bool>,
) -> impl IntoView {
    let is_active = move || active.get() == tool;
    view! {
        <button
            class="tool-button roving"
            type="button"
            aria-label=tool.label()
            aria-pressed=move || is_active().to_string()
            aria-keyshortcuts=tool.shortcut()
            title=tooltip(tool.label(), tool.shortcut())
            tabindex=move || if is_active() { "0" } else { "-1" }
            disabled=move || !enabled.get()
            on:click=move |_| on_pick.run(tool)
        >
            <Icon name=icon(tool) />
            <span class="tool-badge" aria-hidden="true">{badge(tool)}</span>
        </button>
    }
}

/// The shortcut as the corner of a button shows it: `⇧P` for `Shift+P`.
fn badge(tool: ToolKind) -> String {
    tool.shortcut().replace("Shift+", "⇧")
}
