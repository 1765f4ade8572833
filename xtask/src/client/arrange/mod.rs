//! Arranging what a wasm file says so that it compresses well.
//!
//! The file means the same in whatever order its functions lie and whatever numbers their
//! locals have. Compression finds what was there before, and finds it cheaper the nearer it
//! is: so functions lie beside those that are most like them, and locals get the numbers
//! that make instructions look like those of other functions. Nothing is added or left out.
//! After compression a twentieth of the client is saved.

mod code;
mod locals;
mod order;
mod phrases;
mod write;

use anyhow::{Context as _, Result};

/// The same module in a better arrangement, without custom sections.
///
/// # Errors
/// The module is not valid, or has something in it that is not known here.
pub(super) fn arranged(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut functions = code::read(wasm)?;
    locals::renumber(&mut functions);
    let order = order::by_likeness(&functions);
    let arranged = write::rewritten(wasm, &functions, &order)?;
    wasmparser::validate(&arranged).context("the code was not arranged well")?;
    Ok(arranged)
}

#[cfg(test)]
mod tests {
    use super::arranged;
    use wasm_encoder::{
        CodeSection, ExportKind, ExportSection, Function, FunctionSection, Module, TypeSection,
        ValType,
    };

    /// Two exported functions with a local each; the second calls the first.
    fn module() -> Vec<u8> {
        let (mut types, mut kinds) = (TypeSection::new(), FunctionSection::new());
        types.ty().function([ValType::I32], [ValType::I32]);
        kinds.function(0).function(0);
        let mut exports = ExportSection::new();
        exports.export("first", ExportKind::Func, 0);
        exports.export("second", ExportKind::Func, 1);
        let mut code = CodeSection::new();
        let mut first = Function::new([(1, ValType::I64), (2, ValType::I32)]);
        first.instructions().local_get(0).local_tee(3).end();
        let mut second = Function::new([(1, ValType::I32)]);
        second.instructions().local_get(0).local_tee(1).drop();
        second.instructions().local_get(1).call(0).end();
        code.function(&first).function(&second);
        let mut module = Module::new();
        module.section(&types).section(&kinds);
        module.section(&exports).section(&code);
        module.finish()
    }

    fn text(wasm: &[u8]) -> Vec<String> {
        let mut text = Vec::new();
        for payload in wasmparser::Parser::new(0).parse_all(wasm) {
            match payload.unwrap() {
                wasmparser::Payload::ExportSection(section) => {
                    for export in section {
                        let export = export.unwrap();
                        text.push(format!("{} {}", export.name, export.index));
                    }
                }
                wasmparser::Payload::CodeSectionEntry(body) => {
                    let locals = body.get_locals_reader().unwrap().into_iter();
                    text.extend(locals.map(|run| format!("{:?}", run.unwrap())));
                    let code = body.get_operators_reader().unwrap().into_iter();
                    text.extend(code.map(|operator| format!("{:?}", operator.unwrap())));
                }
                _ => {}
            }
        }
        text
    }

    #[test]
    fn calls_exports_and_locals_follow_the_new_arrangement() {
        let expected = [
            "first 1",
            "second 0",
            "(1, I32)",
            "LocalGet { local_index: 0 }",
            "LocalTee { local_index: 1 }",
            "Drop",
            "LocalGet { local_index: 1 }",
            "Call { function_index: 1 }",
            "End",
            "(2, I32)",
            "(1, I64)",
            "LocalGet { local_index: 0 }",
            "LocalTee { local_index: 1 }",
            "End",
        ];
        assert_eq!(text(&arranged(&module()).unwrap()), expected);
    }

    #[test]
    fn the_same_module_is_arranged_the_same_way() {
        assert_eq!(arranged(&module()).unwrap(), arranged(&module()).unwrap());
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(arranged(b"no module").is_err());
    }
}
