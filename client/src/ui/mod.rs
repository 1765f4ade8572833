//! Presentational components, one in each file.
//!
//! State comes in by signals and goes out by callbacks. The style sheet of a component is in
//! `style/component/`, under the same name.

pub(crate) mod asking_button;
pub(crate) mod brand;
pub(crate) mod button;
pub(crate) mod chat;
pub(crate) mod connection_notice;
pub(crate) mod context_menu;
pub(crate) mod copy_text;
pub(crate) mod cursor_icon;
pub(crate) mod describe;
pub(crate) mod dialog;
pub(crate) mod edge;
pub(crate) mod export;
pub(crate) mod find;
pub(crate) mod follow;
pub(crate) mod fuzzy;
pub(crate) mod gather;
pub(crate) mod help;
pub(crate) mod history;
pub(crate) mod icon;
pub(crate) mod menu;
pub(crate) mod origins;
pub(crate) mod outline;
pub(crate) mod palette;
pub(crate) mod people;
pub(crate) mod people_actions;
pub(crate) mod people_card;
pub(crate) mod person;
pub(crate) mod person_menu;
pub(crate) mod platform;
pub(crate) mod proposal;
pub(crate) mod reactions;
pub(crate) mod remote_cursors;
pub(crate) mod roving;
pub(crate) mod say;
pub(crate) mod selection_bar;
pub(crate) mod share;
pub(crate) mod start;
pub(crate) mod status;
pub(crate) mod style;
pub(crate) mod switch;
pub(crate) mod theme;
pub(crate) mod times;
pub(crate) mod title;
pub(crate) mod toast;
pub(crate) mod toolbar;
pub(crate) mod undo_work;
pub(crate) mod zoom;

#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

pub(crate) use asking_button::AskingButton;
pub(crate) use button::IconButton;
pub(crate) use chat::{
    ChatButton, ChatLog, ChatRow, Composer, Draft, MessageAction, Target, Written, chat_element_id,
};
pub(crate) use connection_notice::ConnectionNotice;
pub(crate) use context_menu::{ContextMenu, MenuItem, MenuPart};
pub(crate) use copy_text::{CopyOutcome, copy_text};
pub(crate) use cursor_icon::cursor_key;
pub(crate) use describe::DescribeDialog;
pub(crate) use edge::EdgeArrow;
pub(crate) use export::{ExportDialog, ExportRequest, ExportView};
pub(crate) use find::FindBar;
pub(crate) use follow::FollowPill;
pub(crate) use gather::GatherOffer;
pub(crate) use help::{HelpButton, HelpDialog};
pub(crate) use history::HistoryControls;
pub(crate) use menu::{MainMenu, MenuCommand, MenuEntries, hide_main_menu};
pub(crate) use origins::{OriginsDialog, OriginsView};
pub(crate) use outline::OutlinePanel;
pub(crate) use palette::{CommandPalette, PaletteEntry};
pub(crate) use people::PeopleList;
pub(crate) use people_actions::{PeopleActions, PeopleSwitch, PeopleSwitches};
pub(crate) use people_card::{PeopleCard, PeopleTies};
pub(crate) use person_menu::PersonAction;
pub(crate) use platform::Platform;
pub(crate) use proposal::{ProposalChoice, ProposalOffer};
pub(crate) use reactions::{EMOJI, ReactionPalette};
pub(crate) use remote_cursors::{CameraView, Cursors, RemoteCursor};
pub(crate) use say::SayField;
pub(crate) use selection_bar::SelectionBar;
pub(crate) use share::{ShareButton, ShareDialog, ShareLinks};
pub(crate) use start::{BoardEntry, Creation, StartView};
pub(crate) use status::StatusPill;
pub(crate) use style::{ColorTarget, StylePanel, StyleToggle};
pub(crate) use switch::Switch;
pub(crate) use theme::{apply_theme, effective_theme};
pub(crate) use times::{day_words, time_words};
pub(crate) use title::BoardTitle;
pub(crate) use toast::Toasts;
pub(crate) use toolbar::{Toolbar, Tools};
pub(crate) use undo_work::{UndoWorkDialog, WorkChoice};
pub(crate) use zoom::{ZoomCommand, ZoomControls};
