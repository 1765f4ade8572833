//! The toolbar.
//!
//! Wide screens show every tool. On narrow screens the style sheet hides tools of a high
//! `data-rank`; the panel "More tools" offers these.

use editor::ToolKind;
use leptos::html;
use leptos::prelude::*;

use super::{
    button::tooltip,
    icon::{Icon, IconName},
    roving::{Arrows, rove},
};

/// The id of the panel with the hidden tools.
const MORE_TOOLS: &str = "more-tools";

const fn icon(tool: ToolKind) -> IconName {
    match tool {
        ToolKind::Select => IconName::Select,
        ToolKind::Lasso => IconName::Lasso,
        ToolKind::Hand => IconName::Hand,
        ToolKind::Pen => IconName::Pen,
        ToolKind::Highlighter => IconName::Highlighter,
        ToolKind::Eraser => IconName::Eraser,
        ToolKind::Rectangle => IconName::Rectangle,
        ToolKind::Ellipse => IconName::Ellipse,
        ToolKind::Diamond => IconName::Diamond,
        ToolKind::Line => IconName::Line,
        ToolKind::Arrow => IconName::Arrow,
        ToolKind::Text => IconName::Text,
        ToolKind::Sticky => IconName::Sticky,
        ToolKind::Frame => IconName::Frame,
        ToolKind::Laser => IconName::Laser,
    }
}

/// The screens that show a tool: 1 all, 2 phones of a usual size and larger, 3 tablets and larger,
/// 4 desktops.
const fn rank(tool: ToolKind) -> &'static str {
    match tool {
        ToolKind::Select | ToolKind::Pen | ToolKind::Eraser | ToolKind::Text => "1",
        ToolKind::Highlighter | ToolKind::Rectangle => "2",
        ToolKind::Hand | ToolKind::Arrow | ToolKind::Sticky => "3",
        ToolKind::Lasso
        | ToolKind::Ellipse
        | ToolKind::Diamond
        | ToolKind::Line
        | ToolKind::Frame
        | ToolKind::Laser => "4",
    }
}

/// Whether a group begins with this tool.
const fn begins_group(tool: ToolKind) -> bool {
    matches!(
        tool,
        ToolKind::Pen | ToolKind::Rectangle | ToolKind::Text | ToolKind::Laser
    )
}

/// The state and the callbacks of the toolbar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tools {
    /// The active tool.
    pub(crate) active: Signal<ToolKind>,
    /// A tool was picked.
    pub(crate) on_pick: Callback<ToolKind>,
    /// Whether this person may change the board. If not, only the hand is shown.
    pub(crate) may_draw: Signal<bool>,
    /// Whether tools stay active after use.
    pub(crate) locked: Signal<bool>,
    /// The lock was pressed.
    pub(crate) on_lock: Callback<()>,
    /// Pictures are to be chosen.
    pub(crate) on_image: Callback<()>,
}

/// The toolbar. It is a single stop for the Tab key; arrow keys move within it.
#[component]
pub(crate) fn Toolbar(
    /// The state and the callbacks.
    tools: Tools,
    /// More controls at the end, such as the style toggle.
    children: ChildrenFn,
) -> impl IntoView {
    let group = NodeRef::<html::Div>::new();
    let on_key = move |event| {
        if let Some(group) = group.get_untracked() {
            rove(&event, &group, Arrows::Focus);
        }
    };
    let children = StoredValue::new(children);
    view! {
        <div class="toolbar" role="toolbar" aria-label="Tools" node_ref=group on:keydown=on_key>
            <Show
                when=move || tools.may_draw.get()
                fallback=move || view! { <ToolButton tool=ToolKind::Hand tools /> }
            >
                <LockButton tools />
                <span class="toolbar-divider" data-rank="4" />
                {ToolKind::ALL.map(|tool| view! { <RankedTool tool tools /> }).collect_view()}
                <span class="toolbar-divider" />
                {move || children.with_value(|children| children())}
                <MoreButton tools />
            </Show>
        </div>
        <Show when=move || tools.may_draw.get()>
            <MorePanel tools />
        </Show>
    }
}

/// A tool, after a line if a group begins with it.
#[component]
fn RankedTool(tool: ToolKind, tools: Tools) -> impl IntoView {
    let divider =
        begins_group(tool).then(|| view! { <span class="toolbar-divider" data-rank="4" /> });
    view! {
        {divider}
        <ToolButton tool tools />
        {(tool == ToolKind::Sticky).then(|| view! { <ImageButton tools /> })}
    }
}

/// Lets the user choose pictures. It stands beside the tools, but is none: it acts at once.
#[component]
fn ImageButton(tools: Tools) -> impl IntoView {
    view! {
        <button
            class="tool-button roving"
            type="button"
            aria-label="Image"
            aria-keyshortcuts="Control+U"
            title="Image (Ctrl+U)"
            tabindex="-1"
            data-rank="4"
            data-badge="9"
            on:click=move |_| tools.on_image.run(())
        >
            <Icon name=IconName::Image />
        </button>
    }
}

/// The button of a tool. It shows whether the tool is active.
#[component]
fn ToolButton(tool: ToolKind, tools: Tools) -> impl IntoView {
    let is_active = move || tools.active.get() == tool;
    view! {
        <button
            class="tool-button roving"
            type="button"
            aria-label=tool.label()
            aria-pressed=move || is_active().to_string()
            aria-keyshortcuts=tool.shortcut()
            title=tooltip(tool.label(), tool.shortcut())
            tabindex=move || if is_active() { "0" } else { "-1" }
            data-rank=rank(tool)
            data-badge=badge(tool)
            on:click=move |_| tools.on_pick.run(tool)
        >
            <Icon name=icon(tool) />
        </button>
    }
}

/// Keeps the tool active after it created an element.
#[component]
fn LockButton(tools: Tools) -> impl IntoView {
    let glyph = move || {
        if tools.locked.get() {
            IconName::Lock
        } else {
            IconName::Unlock
        }
    };
    view! {
        <button
            class="tool-button roving"
            type="button"
            aria-label="Lock tool"
            aria-pressed=move || tools.locked.get().to_string()
            aria-keyshortcuts="Q"
            title="Keep the tool after drawing (Q)"
            tabindex="-1"
            data-rank="4"
            data-badge="Q"
            on:click=move |_| tools.on_lock.run(())
        >
            <Icon name=Signal::derive(glyph) />
        </button>
    }
}

/// Opens the panel with the hidden tools. It shows the active tool if that is hidden.
#[component]
fn MoreButton(tools: Tools) -> impl IntoView {
    view! {
        <button
            class="tool-button more-button roving"
            type="button"
            aria-label="More tools"
            aria-haspopup="true"
            title="More tools"
            tabindex="0"
            popovertarget=MORE_TOOLS
            data-active-rank=move || rank(tools.active.get())
        >
            <span class="more-dots"><Icon name=IconName::More /></span>
            <span class="more-tool"><Icon name=Signal::derive(move || icon(tools.active.get())) /></span>
        </button>
    }
}

/// The panel with the hidden tools and their names.
#[component]
fn MorePanel(tools: Tools) -> impl IntoView {
    let entry = move |tool: ToolKind| {
        view! {
            <button
                class="more-entry"
                type="button"
                aria-label=tool.label()
                aria-pressed=move || (tools.active.get() == tool).to_string()
                data-rank=rank(tool)
                popovertarget=MORE_TOOLS
                popovertargetaction="hide"
                on:click=move |_| tools.on_pick.run(tool)
            >
                <Icon name=icon(tool) />
                <span aria-hidden="true">{tool.label()}</span>
            </button>
        }
    };
    view! {
        <div class="more-panel" id=MORE_TOOLS role="group" aria-label="More tools" popover="auto">
            {ToolKind::ALL.map(entry).collect_view()}
            <button
                class="more-entry"
                type="button"
                aria-label="Image"
                data-rank="4"
                popovertarget=MORE_TOOLS
                popovertargetaction="hide"
                on:click=move |_| tools.on_image.run(())
            >
                <Icon name=IconName::Image />
                <span aria-hidden="true">"Image"</span>
            </button>
            <button
                class="more-entry"
                type="button"
                aria-label="Lock tool"
                aria-pressed=move || tools.locked.get().to_string()
                data-rank="4"
                on:click=move |_| tools.on_lock.run(())
            >
                <Icon name=IconName::Lock />
                <span aria-hidden="true">"Lock tool"</span>
            </button>
        </div>
    }
}

/// The shortcut in the corner of a button: `⇧P` for `Shift+P`.
fn badge(tool: ToolKind) -> String {
    tool.shortcut().replace("Shift+", "⇧")
}
