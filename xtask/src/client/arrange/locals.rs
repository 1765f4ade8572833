//! Numbers for locals that make the instructions of a function look familiar.

use super::code::{Function, Local};
use super::phrases::Phrases;
use std::cmp::Reverse;
use wasmparser::ValType;

/// How often all functions are gone through; more hardly wins anything.
const ROUNDS: usize = 4;

/// How many exchanges are tried in one function in a round. Very long functions have more
/// pairs of locals; near ones are tried first.
const MOST_TRIALS: usize = 4_000;

/// Numbers of locals below this take one byte.
const SHORT: u32 = 128;

/// Renumbers the locals of all functions. Parameters keep their numbers.
pub(super) fn renumber(functions: &mut [Function]) {
    let mut phrases = Phrases::new();
    for function in &mut *functions {
        function.locals.sort_by_key(first_numbers);
        function.write_all();
        phrases.learn(&function.words);
    }
    for _ in 0..ROUNDS {
        for function in &mut *functions {
            // What only the function itself says makes nothing familiar.
            phrases.forget(&function.words);
            function.make_familiar(&phrases);
            phrases.learn(&function.words);
        }
    }
}

/// Those of a kind together, those that are used most first: a good start, for short
/// functions have most to do with their few first locals.
fn first_numbers(local: &Local) -> (u8, Reverse<usize>, Option<usize>) {
    let kind = match local.holds {
        ValType::I32 => 0,
        ValType::I64 => 1,
        ValType::F64 => 2,
        ValType::F32 => 3,
        ValType::V128 | ValType::Ref(_) => 4,
    };
    let first = local.uses.first().map(|first| first.place);
    (kind, Reverse(local.uses.len()), first)
}

impl Function {
    fn number(&self, slot: usize) -> u32 {
        self.parameters + u32::try_from(slot).unwrap_or(u32::MAX)
    }

    fn write_all(&mut self) {
        for slot in 0..self.locals.len() {
            self.write(slot);
        }
    }

    /// Writes the words of all instructions that use a local.
    fn write(&mut self, slot: usize) {
        let number = self.number(slot);
        for used in self.locals.get(slot).into_iter().flat_map(|l| &l.uses) {
            if let Some(word) = self.words.get_mut(used.place) {
                *word = used.word(number);
            }
        }
    }

    /// Exchanges the numbers of two locals wherever that makes the function more familiar.
    fn make_familiar(&mut self, phrases: &Phrases) {
        let count = self.locals.len();
        let pairs = (1..count).flat_map(|far| (0..count - far).map(move |slot| (slot, slot + far)));
        for (a, b) in pairs.take(MOST_TRIALS) {
            if self.may_exchange(a, b) {
                let places = self.places_of(a, b);
                let before = phrases.familiarity(&self.words, &places);
                self.exchange(a, b);
                if phrases.familiarity(&self.words, &places) <= before {
                    self.exchange(a, b);
                }
            }
        }
    }

    /// Only locals of one kind are exchanged, and none gets a longer number.
    fn may_exchange(&self, a: usize, b: usize) -> bool {
        let holds = |slot| self.locals.get(slot).map(|local: &Local| local.holds);
        let is_short = |slot| self.number(slot) < SHORT;
        holds(a) == holds(b) && is_short(a) == is_short(b)
    }

    fn places_of(&self, a: usize, b: usize) -> Vec<usize> {
        let locals = [a, b].into_iter().filter_map(|slot| self.locals.get(slot));
        let uses = locals.flat_map(|local| &local.uses);
        let mut places: Vec<usize> = uses.map(|used| used.place).collect();
        places.sort_unstable();
        places
    }

    fn exchange(&mut self, a: usize, b: usize) {
        self.locals.swap(a, b);
        self.write(a);
        self.write(b);
    }
}

#[cfg(test)]
mod tests {
    use super::super::code::{self, Function};
    use super::renumber;
    use wasm_encoder::{CodeSection, FunctionSection, Module, TypeSection, ValType};

    /// Functions with locals of these kinds that set and get locals of these numbers.
    fn functions(all: &[(&[ValType], &[u32])]) -> Vec<Function> {
        let (mut types, mut kinds) = (TypeSection::new(), FunctionSection::new());
        types.ty().function([], []);
        let mut code = CodeSection::new();
        for (locals, used) in all {
            kinds.function(0);
            let locals = locals.iter().copied();
            let mut function = wasm_encoder::Function::new_with_locals_types(locals);
            for local in *used {
                function.instructions().local_get(*local).local_set(*local);
            }
            function.instructions().end();
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&kinds).section(&code);
        code::read(&module.finish()).unwrap()
    }

    fn old_numbers(function: &Function) -> Vec<u32> {
        function.locals.iter().map(|local| local.old).collect()
    }

    #[test]
    fn a_function_takes_the_numbers_that_others_have() {
        let two = &[ValType::I32; 2][..];
        // By count alone, the last one would keep its numbers.
        let mut functions = functions(&[
            (two, &[0, 1, 1, 0]),
            (two, &[0, 1, 1, 0]),
            (two, &[1, 0, 0]),
        ]);
        renumber(&mut functions);
        assert_eq!(old_numbers(&functions[0]), [0, 1]);
        assert_eq!(old_numbers(&functions[2]), [1, 0]);
        assert_eq!(functions[0].words[..6], functions[2].words[..6]);
    }

    #[test]
    fn locals_of_a_kind_stay_together() {
        let kinds = &[ValType::F64, ValType::I32, ValType::F64, ValType::I32][..];
        let mut functions = functions(&[(kinds, &[0, 2, 2, 3, 3, 3, 1])]);
        renumber(&mut functions);
        assert_eq!(old_numbers(&functions[0]), [3, 1, 2, 0]);
    }
}
