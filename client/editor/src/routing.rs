//! Routes inputs: gestures to the edited text or the tool, keys to commands.

use shared::geometry::ScreenPoint;

use crate::commands::keymap::{self, TextKey};
use crate::commands::{self, Command, KeyAction};
use crate::document::reading::Direction;
use crate::editor::Editor;
use crate::input::gesture::{Abort, Intent, LongPress, PointerDown, PointerTool, SpaceBar};
use crate::input::{Focus, InputEvent, Key, Modifiers, Pointer, Sample, WheelKind};
use crate::local_user::Access;
use crate::selection::Selection;
use crate::tool_kind::ToolKind;
use crate::tools::ToolEvent;
use crate::update::Update;
use crate::view::ScreenVec;

impl Editor {
    pub(crate) fn take_input(&mut self, event: InputEvent, update: &mut Update<'_>) {
        let mut intents = Vec::new();
        match event {
            InputEvent::PointerDown(pointer) => {
                self.text.pressed();
                self.gestures.down(&pointer, &mut intents);
            }
            InputEvent::PointerMove {
                pointer,
                samples,
                predicted,
            } => {
                let samples = or_own_place(samples, &pointer);
                self.gestures
                    .moved(&pointer, samples, predicted, &mut intents);
            }
            InputEvent::PointerUp(pointer) => self.gestures.up(&pointer, &mut intents),
            InputEvent::PointerCancel(id) => self.gestures.cancel(id, &mut intents),
            InputEvent::PointerLeave => self.view.leave(),
            InputEvent::Wheel { at, delta, kind } => self.wheel(at, delta, kind, update),
            InputEvent::KeyDown(key) => self.key_down(&key, update),
            InputEvent::KeyUp(key) => self.key_up(&key, update),
            InputEvent::Blur => self.gestures.window_left(),
            InputEvent::Resize(size) => {
                self.view
                    .move_camera(self.view.camera().resized(size), update);
                self.text.scroll_to_caret();
            }
            InputEvent::Typed(state) => {
                if self.text.typed(&state, &mut self.history, update) {
                    self.gestures.key_typed();
                }
            }
            InputEvent::TypingEnded => self.end_text(update),
            InputEvent::Pasted { content, at } => commands::paste(&content, at, self, update),
            InputEvent::ImageChanged { id, change } => {
                commands::change_image(id, change, self, update);
            }
        }
        for intent in intents {
            self.follow(intent, update);
        }
    }

    fn wheel(&mut self, at: ScreenPoint, by: ScreenVec, kind: WheelKind, update: &mut Update<'_>) {
        if !by.is_finite() {
            return;
        }
        // A sideways turn always moves the view, because no other turn of the wheel moves it
        // sideways.
        let zooms = self.prefs().wheel_zooms && by.y.abs() > by.x.abs();
        match kind {
            WheelKind::Pan if !zooms => self.view.wheel_pan(by, update),
            WheelKind::Pan | WheelKind::Zoom => self.view.wheel_zoom(at, by, update),
        }
        self.view.hover(Some(at));
    }

    /// Carries out a gesture.
    pub(crate) fn follow(&mut self, intent: Intent, update: &mut Update<'_>) {
        let Some(intent) = self.text_gesture(intent, update) else {
            return;
        };
        match intent {
            Intent::Begin(down) => self.begin(down, update),
            Intent::Continue {
                samples,
                predicted,
                modifiers,
            } => {
                let at = samples.last().map(|sample| sample.at);
                let moved = ToolEvent::Move {
                    samples,
                    predicted,
                    modifiers,
                };
                self.step_tool(moved, update);
                self.view.hover(at);
            }
            Intent::Finish(sample) => self.step_tool(ToolEvent::Up(sample), update),
            Intent::Abort(abort) => self.step_tool(ToolEvent::Abort(abort), update),
            Intent::Pinch(pinch) => self.view.pinch(pinch.by, pinch.scale, pinch.about, update),
            Intent::Hover(at, modifiers) => {
                self.continue_hovering(at, modifiers, update);
                self.view.hover(Some(at));
            }
            Intent::Menu(at) => commands::open_menu_at(at, self, update),
            Intent::Undo => commands::run(Command::UNDO, self, update),
            Intent::Redo => commands::run(Command::REDO, self, update),
        }
    }

    fn begin(&mut self, down: PointerDown, update: &mut Update<'_>) {
        let kind = match (self.access(), down.tool) {
            (Access::View, _) | (Access::Edit | Access::Own, PointerTool::Hand) => ToolKind::Hand,
            (Access::Edit | Access::Own, PointerTool::Eraser) => ToolKind::Eraser,
            (Access::Edit | Access::Own, PointerTool::Active) => self.tool(),
        };
        if kind.changes_board() {
            // An element may have been selected by key or from a list since the tool was picked.
            self.document.select(Selection::none(), update);
        }
        if kind != self.tools.pointer_tool() {
            if self.is_busy() {
                self.step_tool(ToolEvent::Abort(Abort::Interrupted), update);
            }
            self.tools.start(kind);
        }
        if kind.long_press_opens_menu() {
            self.gestures.set_long_press(LongPress::OpensMenu);
        }
        self.step_tool(ToolEvent::Down(down), update);
        self.view.hover(Some(down.first.at));
    }

    /// Lets a tool that continues between two presses follow the hovering pointer.
    fn continue_hovering(
        &mut self,
        at: ScreenPoint,
        modifiers: Modifiers,
        update: &mut Update<'_>,
    ) {
        if self.is_busy() {
            let sample = Sample {
                at,
                pressure: 0.5,
                time: update.now,
            };
            let moved = ToolEvent::Move {
                samples: vec![sample],
                predicted: Vec::new(),
                modifiers,
            };
            self.step_tool(moved, update);
        }
    }

    fn key_down(&mut self, key: &Key, update: &mut Update<'_>) {
        if key.focus == Focus::TextField
            && self.text.is_active()
            && let Some(meaning) = keymap::text_key(key)
        {
            update.key_taken();
            return self.text_key(meaning, key, update);
        }
        let command = keymap::command(key);
        if self.text.is_for_deleted_text(key, update.now) {
            return command.into_iter().for_each(|_| update.key_taken());
        }
        self.modifiers_changed(key, update);
        let Some(command) = command else { return };
        self.gestures.key_typed();
        match command.key_action {
            KeyAction::GoToElement(direction) => self.tab(direction, update),
            KeyAction::RunCommand | KeyAction::HandledElsewhere => {
                update.key_taken();
                commands::run(command, self, update);
            }
        }
    }

    fn key_up(&mut self, key: &Key, update: &mut Update<'_>) {
        if key.key == " " {
            self.gestures.set_space(SpaceBar::Up);
        }
        self.modifiers_changed(key, update);
    }

    fn text_key(&mut self, meaning: TextKey, key: &Key, update: &mut Update<'_>) {
        match meaning {
            TextKey::Leave => self.end_text(update),
            TextKey::Step(step) => self.text.step_caret(step, key.modifiers.shift, update),
            TextKey::Command(command) => commands::run(command, self, update),
        }
    }

    /// A modifier key that goes down or up during a gesture changes it, even while the pointer
    /// rests.
    fn modifiers_changed(&mut self, key: &Key, update: &mut Update<'_>) {
        let is_modifier = matches!(key.key.as_str(), "Shift" | "Alt" | "Control" | "Meta");
        if is_modifier && self.is_busy() {
            self.step_tool(ToolEvent::Modifiers(key.modifiers), update);
        }
    }

    /// Goes to the next element. With nowhere to go, the browser has the key and moves the focus
    /// out of the board; the next Tab stays on the board again.
    fn tab(&mut self, direction: Direction, update: &mut Update<'_>) {
        if let Some(id) = self.document.tab_target(direction, update.board) {
            update.key_taken();
            commands::go_to(id, self, update);
        }
        self.document.tab_pressed();
    }
}

fn or_own_place(samples: Vec<Sample>, pointer: &Pointer) -> Vec<Sample> {
    if samples.is_empty() {
        vec![pointer.sample()]
    } else {
        samples
    }
}
