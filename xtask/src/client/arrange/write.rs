//! Writing a module in its new arrangement.

use super::code::Function;
use anyhow::{Context as _, Result};
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, FunctionSection, Instruction, Module};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, FunctionBody, FunctionSectionReader, Operator, Parser,
    Payload, TypeRef,
};

type Written<T> = Result<T, Error<Infallible>>;

/// The module `wasm` with its functions in this order, and with their locals' new numbers.
///
/// # Errors
/// The module cannot be read.
pub(super) fn rewritten(wasm: &[u8], functions: &[Function], order: &[usize]) -> Result<Vec<u8>> {
    let imported = imported_functions(wasm)?;
    let mut numbers: Vec<u32> = (0..imported).collect();
    numbers.resize(numbers.len() + order.len(), 0);
    for (new, old) in (imported..).zip(order) {
        let number = numbers.get_mut(usize::try_from(imported)? + old);
        *number.context("the order names a function that is not there")? = new;
    }
    let mut writer = Writer {
        functions,
        order,
        numbers,
        locals: Vec::new(),
    };
    let mut module = Module::new();
    writer
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(module.finish())
}

fn imported_functions(wasm: &[u8]) -> Result<u32> {
    let mut count = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                count += u32::from(matches!(import?.ty, TypeRef::Func(_)));
            }
        }
    }
    Ok(count)
}

struct Writer<'a> {
    functions: &'a [Function],
    order: &'a [usize],
    /// The new number of each function.
    numbers: Vec<u32>,
    /// The new number of each local of the function that is being written.
    locals: Vec<u32>,
}

impl<'a> Writer<'a> {
    /// Of everything there is for each function, what there is for these, in their order.
    fn in_order<T: Clone>(&self, all: &[T]) -> Vec<T> {
        let places = self.order.iter();
        places
            .filter_map(|place| all.get(*place))
            .cloned()
            .collect()
    }

    /// Begins a function: from now on, locals are its own.
    fn begin(&mut self, function: &'a Function) -> Written<wasm_encoder::Function> {
        self.locals = (0..function.parameters).collect();
        self.locals.extend(function.locals.iter().map(|_| 0));
        let mut kinds = Vec::new();
        for (new, local) in (function.parameters..).zip(&function.locals) {
            kinds.push(self.val_type(local.holds)?);
            let place = usize::try_from(local.old).ok();
            if let Some(number) = place.and_then(|place| self.locals.get_mut(place)) {
                *number = new;
            }
        }
        Ok(wasm_encoder::Function::new_with_locals_types(kinds))
    }

    fn local(&self, old: u32) -> u32 {
        renumbered(&self.locals, old)
    }
}

fn renumbered(numbers: &[u32], old: u32) -> u32 {
    let place = usize::try_from(old).ok();
    let new = place.and_then(|place| numbers.get(place));
    new.copied().unwrap_or(old)
}

impl Reencode for Writer<'_> {
    type Error = Infallible;

    fn function_index(&mut self, old: u32) -> Written<u32> {
        Ok(renumbered(&self.numbers, old))
    }

    fn instruction<'b>(&mut self, operator: Operator<'b>) -> Written<Instruction<'b>> {
        Ok(match operator {
            Operator::LocalGet { local_index } => Instruction::LocalGet(self.local(local_index)),
            Operator::LocalSet { local_index } => Instruction::LocalSet(self.local(local_index)),
            Operator::LocalTee { local_index } => Instruction::LocalTee(self.local(local_index)),
            _ => utils::instruction(self, operator)?,
        })
    }

    fn parse_function_section(
        &mut self,
        written: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Written<()> {
        let kinds: Vec<u32> = section.into_iter().collect::<Result<_, _>>()?;
        for kind in self.in_order(&kinds) {
            written.function(self.type_index(kind)?);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        written: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Written<()> {
        let bodies: Vec<FunctionBody<'_>> = section.into_iter().collect::<Result<_, _>>()?;
        let bodies: Vec<_> = bodies.into_iter().zip(self.functions).collect();
        for (body, function) in self.in_order(&bodies) {
            let mut code = self.begin(function)?;
            let mut reader = body.get_operators_reader()?;
            while !reader.eof() {
                code.instruction(&self.parse_instruction(&mut reader)?);
            }
            written.function(&code);
        }
        Ok(())
    }

    /// They are for tools, and some count on the old arrangement.
    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Written<()> {
        Ok(())
    }
}
