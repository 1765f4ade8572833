//! Tables of character widths, generated from the bundled font files.

pub(super) mod hand;
pub(super) mod sans;

/// Consecutive characters with their widths. The width 0 marks a character that the typeface lacks.
pub(in crate::typeset) struct AdvanceBlock {
    pub(in crate::typeset) first: u16,
    pub(in crate::typeset) widths: &'static [u16],
}

/// The widths and vertical metrics of one face, in units of 1/`em` of its size.
pub(in crate::typeset) struct AdvanceTable {
    pub(in crate::typeset) em: u16,
    pub(in crate::typeset) ascent: u16,
    pub(in crate::typeset) descent: u16,
    pub(in crate::typeset) blocks: &'static [AdvanceBlock],
}

impl AdvanceTable {
    /// The advance width of a character, as a part of the text size.
    pub(in crate::typeset) fn of(&self, code: u16) -> Option<f64> {
        let after = self.blocks.partition_point(|block| block.first <= code);
        let block = self.blocks.get(after.checked_sub(1)?)?;
        let width = *block.widths.get(usize::from(code - block.first))?;
        (width > 0).then(|| f64::from(width) / f64::from(self.em))
    }
}
