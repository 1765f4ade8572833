//! Numbers in the shortest form that reads back as the same number.

use serde::{Deserialize, Serialize, Serializer};

/// The numbers below this one that are whole can be written as integers without loss.
const WHOLE: f64 = 9_007_199_254_740_992.0;
/// Steps of an opacity or a pressure.
const STEPS: f64 = 255.0;

/// A coordinate: `12`, not `12.0`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub(super) struct Plain(pub(super) f64);

impl Serialize for Plain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() < WHOLE {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// A part of one that the board keeps in 255 steps; three decimals tell them apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Share(pub(super) u8);

impl Share {
    /// The number that is written.
    pub(super) fn written(self) -> Plain {
        Plain((f64::from(self.0) / STEPS * 1_000.0).round() / 1_000.0)
    }

    /// The step nearest to a number; `None` outside of 0 to 1.
    pub(super) fn nearest(number: f64) -> Option<Self> {
        let is_share = (0.0..=1.0).contains(&number);
        is_share.then(|| Self((number * STEPS).round() as u8))
    }
}
