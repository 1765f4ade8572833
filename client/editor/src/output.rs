//! The outputs of the editor, which its driver carries out.
//!
//! The driver carries them out in their order: `LiveUpdate::Begin` must follow the commit that puts
//! the stroke on the board.

use std::borrow::Cow;

use shared::geometry::ScreenPoint;
use shared::id::ElementId;
use shared::model::Picture;
use shared::op::{Guard, Op};
use shared::protocol::live::LiveUpdate;

/// A request to the driver.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Submit these ops as one commit. The history has recorded them.
    Commit {
        /// The ops, within all limits of one commit.
        ops: Vec<Op>,
        /// Whether they may change elements that others have changed.
        guard: Guard,
    },
    /// Send this as a live update.
    Live(LiveUpdate),
    /// Show this part of the editor again.
    Changed(Changed),
    /// Do this in the page around the board.
    Ui(UiCommand),
    /// The editor took the key that went down: the browser must not act on it too.
    KeyTaken,
}

/// A part of the editor that must be shown again; its getters have the new state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Changed {
    /// The camera moved: the whole board must be painted.
    Camera,
    /// Another tool is active.
    Tool,
    /// The selection changed, or the style that the style panel shows.
    Selection,
    /// Text editing began or ended, or the text field must take over another text.
    Text,
    /// The own ink or the overlay changed.
    Overlay,
}

/// A request to the controls around the board.
#[derive(Clone, Debug, PartialEq)]
pub enum UiCommand {
    /// Show or hide the help.
    ToggleHelp,
    /// Switch between the light and the dark theme.
    ToggleTheme,
    /// Show or hide the command palette.
    TogglePalette,
    /// Show the search field and focus it.
    Find,
    /// Show or hide the minimap.
    ToggleMinimap,
    /// Show or hide the outline of the board.
    ToggleOutline,
    /// Show or hide the conversation of the board.
    ToggleChat,
    /// Ask the assistant in the conversation.
    Assistant(AssistantTask),
    /// Show the context menu at this place of the view.
    ContextMenu(ScreenPoint),
    /// Put this on the clipboard.
    Copy(Copied),
    /// Read the clipboard and return it as [`crate::InputEvent::Pasted`].
    Paste,
    /// Let the user choose pictures, and return them as [`crate::InputEvent::Pasted`], or as a
    /// change of this image.
    ChoosePictures {
        /// The image whose picture is replaced.
        replaced: Option<ElementId>,
    },
    /// Let the user change the alternative text of an image.
    DescribeImage {
        /// The image.
        id: ElementId,
        /// Its present text.
        text: String,
    },
    /// Say who drew these elements.
    WhoDrew(Vec<ElementId>),
    /// Save the file of a picture.
    SavePicture(Picture),
    /// Read a drawing or a picture from the clipboard, and return it as a picture.
    PasteAsPicture,
    /// Show something to the other people on the board.
    People(PeopleCommand),
    /// Copy a link to this part of the board.
    CopyPlaceLink,
    /// Show the export dialog.
    Export,
    /// Put a picture of the selection, or of the whole board, on the clipboard.
    CopyPicture(PictureFormat),
    /// Print the board.
    Print,
    /// Save the board to a file.
    SaveFile,
    /// Let the user choose a file and open it as a new board.
    OpenFile,
    /// So many elements begin to come to the board, a part in each animation frame. The user may
    /// stop that by [`crate::Editor::stop_putting`].
    PutBegan(usize),
    /// All elements are on the board, or the user stopped that.
    PutEnded,
    /// Announce this to screen readers and show it for a moment.
    Notify(Cow<'static, str>),
    /// Announce this to screen readers.
    Announce(String),
}

/// Something that this person shows to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeopleCommand {
    /// Open the field for words beside the cursor.
    Say,
    /// Show emoji to choose from.
    React,
    /// Raise the hand, or lower it.
    ToggleHand,
    /// Ask all others to look at this part of the board.
    Gather,
    /// Freeze the board, or end that.
    ToggleFreeze,
}

/// What the assistant is asked to do, apart from [`Self::Ask`] with the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssistantTask {
    /// Let the user write a question.
    Ask,
    /// Put it in order.
    TidyUp,
    /// Move elements with common words together.
    Cluster,
    /// Draw a diagram of it.
    Diagram,
    /// Explain it.
    Explain,
    /// Summarise it.
    Summarise,
    /// Go on with what it begins.
    Continue,
    /// Translate it to the language of the user.
    Translate,
    /// Make a picture of it.
    Picture,
}

/// The format of a picture for the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// Pixels.
    Png,
    /// A drawing.
    Svg,
}

/// Copied elements in the forms that a clipboard offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The elements, for boards.
    pub elements: String,
    /// Their text, for other programs.
    pub text: String,
    /// A drawing of them.
    pub svg: String,
}
