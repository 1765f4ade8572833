//! The images of a scene.

use shared::model::{Body, MediaType, NewElement, Picture, Prop};

use super::drawn::Drawn;
use super::elements::Scene;
use crate::left_out::LeftOut;

impl<'a> Scene<'a> {
    /// An image. It names its file, and the page that puts it on a board makes the picture of it.
    pub(super) fn image(&mut self, it: &'a Drawn) {
        let file = it.file_id.as_deref().and_then(|id| self.files.take(id));
        let Some(sha256) = file else {
            return self.report.add(LeftOut::Pictures);
        };
        let mut props = self.props(it);
        self.set_box(&mut props, it);
        props.set(Prop::Outlined(true));
        props.set(Prop::Picture(Some(Picture {
            sha256,
            media_type: MediaType::Png,
            width: 1,
            height: 1,
            thumbhash: Vec::new(),
        })));
        if let Some(crop) = it.crop.as_ref().and_then(|crop| crop.part()) {
            props.set(Prop::Crop(crop));
        }
        if let Some([x, y]) = it.scale {
            let sign = |value: f64| if value < 0.0 { -1.0 } else { 1.0 };
            props.set(Prop::Scale([sign(x), sign(y)]));
        }
        if let Some(radius) = it.roundness.as_ref().and_then(|round| round.value) {
            props.set(Prop::Corner((radius * self.unit) as f32));
        }
        let new = NewElement::new(self.id_of(it), props, Body::Image);
        self.elements.push(new);
    }
}
