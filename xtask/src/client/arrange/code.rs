//! Functions as far as their arrangement goes: locals, and instructions as words.

use super::phrases;
use anyhow::{Context as _, Result};
use wasmparser::{FunctionBody, Operator, Parser, Payload, ValType};

/// A function of a module.
#[derive(Debug, Default)]
pub(super) struct Function {
    /// Stands for each instruction; equal instructions have equal words.
    pub(super) words: Vec<u64>,
    /// Its parameters: they keep their numbers, which come first.
    pub(super) parameters: u32,
    /// All other locals, by their new numbers.
    pub(super) locals: Vec<Local>,
}

/// A local that is no parameter.
#[derive(Debug)]
pub(super) struct Local {
    /// Its number in the module that was read.
    pub(super) old: u32,
    /// What it holds.
    pub(super) holds: ValType,
    /// The instructions that use it.
    pub(super) uses: Vec<Use>,
}

/// An instruction that uses a local.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use {
    /// Its place among the words.
    pub(super) place: usize,
    kind: UseKind,
}

#[derive(Debug, Clone, Copy)]
enum UseKind {
    Get,
    Set,
    Tee,
}

impl Use {
    /// The word of this instruction if the local has this number.
    pub(super) fn word(self, number: u32) -> u64 {
        phrases::word(&[self.kind as u8], number)
    }
}

/// The functions of a module that are not imported, in their order.
///
/// # Errors
/// The module cannot be read.
pub(super) fn read(wasm: &[u8]) -> Result<Vec<Function>> {
    let mut parameters = Vec::new();
    let mut types = Vec::new();
    let mut functions = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => {
                for kind in section.into_iter_err_on_gc_types() {
                    parameters.push(kind?.params().len());
                }
            }
            Payload::FunctionSection(section) => {
                types = section.into_iter().collect::<Result<_, _>>()?;
            }
            Payload::CodeSectionEntry(body) => {
                let kind: Option<&u32> = types.get(functions.len());
                let count = kind.and_then(|kind| parameters.get(usize::try_from(*kind).ok()?));
                let count = count.context("a function without a type")?;
                functions.push(Function::read(wasm, &body, u32::try_from(*count)?)?);
            }
            _ => {}
        }
    }
    Ok(functions)
}

impl Function {
    fn read(wasm: &[u8], body: &FunctionBody<'_>, parameters: u32) -> Result<Self> {
        let mut function = Self {
            parameters,
            ..Self::default()
        };
        for run in body.get_locals_reader()? {
            let (count, holds) = run?;
            for _ in 0..count {
                function.declare(holds);
            }
        }
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            let start = usize::try_from(reader.original_position())?;
            let operator = reader.read()?;
            let bytes = wasm.get(start..usize::try_from(reader.original_position())?);
            function.add(&operator, bytes.unwrap_or_default());
        }
        Ok(function)
    }

    fn declare(&mut self, holds: ValType) {
        let old = self.parameters + u32::try_from(self.locals.len()).unwrap_or(u32::MAX);
        self.locals.push(Local {
            old,
            holds,
            uses: Vec::new(),
        });
    }

    fn add(&mut self, operator: &Operator<'_>, bytes: &[u8]) {
        let (kind, number) = match *operator {
            Operator::LocalGet { local_index } => (UseKind::Get, local_index),
            Operator::LocalSet { local_index } => (UseKind::Set, local_index),
            Operator::LocalTee { local_index } => (UseKind::Tee, local_index),
            _ => return self.words.push(phrases::word(bytes, 0)),
        };
        let used = Use {
            place: self.words.len(),
            kind,
        };
        self.words.push(used.word(number));
        let local = number.checked_sub(self.parameters);
        let local = local.and_then(|local| self.locals.get_mut(usize::try_from(local).ok()?));
        if let Some(local) = local {
            local.uses.push(used);
        }
    }
}
