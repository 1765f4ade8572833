//! Images and their pictures: inserting, cropping, replacing, describing and saving.

use shared::geometry::BoardPoint;
use shared::id::ElementId;
use shared::limits::MAX_ALTERNATIVE_TEXT_CHARS;
use shared::model::{
    Board, Body, Color, Crop, Element, NewElement, OrderKey, Picture, Prop, Props,
};
use shared::op::Op;

use super::availability::Availability;
use super::command::Section;
use super::menu_part::MenuPart;
use crate::document::history::UndoStep;
use crate::editor::Editor;
use crate::input::ImageChange;
use crate::local_user::Access;
use crate::output::UiCommand;
use crate::tools::select::can_crop;
use crate::update::Update;

/// The part of the view that new images cover at most, in each direction.
const VIEW_SHARE: f64 = 0.6;
/// The gap between new images, in CSS pixels.
const GAP_PX: f64 = 16.0;

commands! { Section::Edit;
    /// Lets the user choose pictures, and puts them on the board.
    INSERT_IMAGE {
        label: "Image",
        section: Some(Section::Tools),
        keys: &["Ctrl+U", "9"],
        access: Access::Edit,
        run: |_, update| update.ui(UiCommand::ChoosePictures { replaced: None }),
    }
    /// Begins to crop the selected image, or ends cropping.
    CROP_IMAGE {
        label: "Crop picture",
        menu: &[MenuPart::Picture],
        access: Access::Edit,
        when: has_image,
        run: |editor, update| {
            if let Some(id) = image(editor, update.board).map(|image| image.id) {
                editor.crop(id, update);
            }
        },
    }
    /// Lets the user choose another picture for the selected image.
    REPLACE_PICTURE {
        label: "Replace picture",
        menu: &[MenuPart::Picture],
        access: Access::Edit,
        when: has_image,
        run: |editor, update| {
            let replaced = image(editor, update.board).map(|image| image.id);
            update.ui(UiCommand::ChoosePictures { replaced });
        },
    }
    /// Lets the user describe the selected image.
    DESCRIBE_IMAGE {
        label: "Alternative text",
        menu: &[MenuPart::Picture],
        access: Access::Edit,
        when: has_image,
        run: describe,
    }
    /// Saves the file of the selected image's picture.
    SAVE_PICTURE {
        label: "Download picture",
        menu: &[MenuPart::Picture],
        when: has_picture,
        run: |editor, update| {
            if let Some(picture) = picture(editor, update.board) {
                update.ui(UiCommand::SavePicture(picture));
            }
        },
    }
}

/// The only selected element, if it is an image that may be changed.
fn image<'a>(editor: &Editor, board: &'a Board) -> Option<&'a Element> {
    selected(editor, board).filter(|element| can_crop(element))
}

fn selected<'a>(editor: &Editor, board: &'a Board) -> Option<&'a Element> {
    let mut ids = editor.selection().ids.iter();
    let id = ids.next().filter(|_| ids.next().is_none())?;
    board.get(*id).map(AsRef::as_ref)
}

fn picture(editor: &Editor, board: &Board) -> Option<Picture> {
    let image = selected(editor, board).filter(|it| matches!(it.body, Body::Image));
    image.and_then(|image| image.props.picture())
}

fn has_image(editor: &Editor, board: &Board) -> Availability {
    let why = "Select one image first that is not locked.";
    Availability::when(image(editor, board).is_some(), why)
}

fn has_picture(editor: &Editor, board: &Board) -> Availability {
    let why = "Select one image first.";
    Availability::when(picture(editor, board).is_some(), why)
}

fn describe(editor: &mut Editor, update: &mut Update<'_>) {
    if let Some(image) = image(editor, update.board) {
        let (id, text) = (image.id, image.props.alternative_text());
        update.ui(UiCommand::DescribeImage { id, text });
    }
}

/// Images of these pictures in rows. They fit into the view; a picture that is smaller keeps its
/// size.
pub(super) fn in_rows(
    pictures: &[Picture],
    editor: &Editor,
    update: &mut Update<'_>,
) -> Vec<NewElement> {
    let camera = editor.camera();
    let columns = (pictures.len() as f64).sqrt().ceil().max(1.0);
    let room = camera.size();
    let most = |side: f64| (side * VIEW_SHARE / columns).max(GAP_PX);
    let (wide, high) = (most(room.width), most(room.height));
    let mut images = Vec::with_capacity(pictures.len());
    let mut top = 0.0;
    for row in pictures.chunks(columns as usize) {
        let (mut left, mut bottom) = (0.0, top);
        for picture in row {
            let (width, height) = (f64::from(picture.width), f64::from(picture.height));
            let scale = (wide / width).min(high / height).min(1.0);
            let size = [width, height].map(|side| camera.board_length(side * scale) as f32);
            let at = BoardPoint::new(camera.board_length(left), camera.board_length(top));
            // Above the others; its copy on the board is above everything.
            let z = OrderKey::above(images.last().map(|last: &NewElement| &last.props.z));
            let props = Props::plain(z, at, Color::Black, 1.0, u8::MAX)
                .with(Prop::Size(size))
                .with(Prop::Picture(Some(picture.clone())));
            images.push(NewElement::new(update.fresh_id(), props, Body::Image));
            left += width * scale + GAP_PX;
            bottom = f64::max(bottom, top + height * scale);
        }
        top = bottom + GAP_PX;
    }
    images
}

/// Changes an image as a dialog says. Nothing happens if it was deleted or locked meanwhile.
pub(crate) fn change_image(
    id: ElementId,
    change: ImageChange,
    editor: &mut Editor,
    update: &mut Update<'_>,
) {
    let image = update.board.get(id);
    let is_free = |image: &Element| matches!(image.body, Body::Image) && !image.props.locked();
    let Some(image) = image.filter(|image| is_free(image) && update.may_edit()) else {
        return update.notify("The image was deleted or locked meanwhile.");
    };
    let mut props = match change {
        ImageChange::Replace(picture) => replaced(image, picture),
        ImageChange::Describe(text) => {
            let text = text.trim().chars().take(MAX_ALTERNATIVE_TEXT_CHARS);
            vec![Prop::AlternativeText(text.collect())]
        }
    };
    props.retain(|prop| image.props.get(prop.key()) != *prop);
    let ops = props.into_iter().map(|prop| Op::Set { id, prop });
    let ops: Vec<Op> = ops.filter(|op| op.validate().is_ok()).collect();
    editor.history.submit(ops, UndoStep::New, update);
}

/// The properties by which an image shows all of another picture. Its width and its middle stay.
fn replaced(image: &Element, picture: Picture) -> Vec<Prop> {
    let [width, before] = image.props.size();
    let height = width * picture.height as f32 / picture.width as f32;
    let at = image.props.at;
    let top = at.y + f64::from(before - height) / 2.0;
    vec![
        Prop::Picture(Some(picture)),
        Prop::Crop(Crop::WHOLE),
        Prop::Size([width, height]),
        Prop::At(BoardPoint::new(at.x, top)),
    ]
}
