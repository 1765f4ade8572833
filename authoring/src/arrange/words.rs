//! The words of texts that tell what the texts are about.
//!
//! Words are found by the rules of Unicode, in lower case and without their endings. The common words
//! of English and German are left out. Endings are those of the language that more of the common
//! words of all texts belong to, because the same word must have one stem in all of them.

use std::collections::BTreeSet;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation as _;

/// Words of one text that are looked at: some paragraphs. So the texts of a whole request take a quarter of
/// a second at most.
const MAX_WORDS: usize = 100;
/// Longer words are addresses or numbers.
const MAX_WORD_CHARS: usize = 40;
/// Letters that occur in German and not in English.
const UMLAUTS: [char; 4] = ['ä', 'ö', 'ü', 'ß'];

/// Articles, pronouns, prepositions, conjunctions, auxiliary verbs, and other words that are in any
/// English text.
const ENGLISH: &str = "about after all also am an and any are as at be because been before being but \
    by can could did do does doing don't for from get got had has have he her here him his how i if \
    in into is isn't it it's its just let like make many may me more most much must my need no not \
    now of off on one only or other our out over please she should so some such than that the their \
    them then there these they this those to too up us use very want was we were what when where \
    which who why will with without would you your";
/// The same of German.
const GERMAN: &str = "aber alle alles als am an auch auf aus bei beim bin bis bitte da damit dann das \
    dass dem den der des die dies diese dieser dieses doch dort du durch ein eine einem einen einer \
    eines er es für gibt haben hat hatte hier ich ihr ihre im immer in ist ja jede jeder jedes kann \
    kein keine können machen man mehr mein mit muss müssen nach nicht noch nur ob oder ohne schon \
    sehr sein seine sich sie sind so soll sollen sollte sollten über um und uns unser unsere unter \
    viel viele vom von vor war waren warum was weil welche wenn wer werden wie wieder will wir wird \
    wo wollen zu zum zur zwischen";

/// A word of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    /// The word without its ending, by which it is compared.
    pub(super) stem: String,
    /// The word as it is written.
    pub(super) form: String,
}

/// The telling words of each text.
pub(super) fn telling(texts: &[String]) -> Vec<Vec<Word>> {
    let english: BTreeSet<&str> = ENGLISH.split_whitespace().collect();
    let german: BTreeSet<&str> = GERMAN.split_whitespace().collect();
    let split: Vec<Vec<(String, &str)>> = texts.iter().map(|text| words(text)).collect();
    let all = || split.iter().flatten().map(|(lower, _)| lower.as_str());
    let is_german = |word: &str| german.contains(word) || word.contains(UMLAUTS);
    let german_words = all().filter(|word| is_german(word)).count();
    let english_words = all().filter(|word| english.contains(word)).count();
    let stemmer = Stemmer::create(if german_words > english_words {
        Algorithm::German
    } else {
        Algorithm::English
    });
    let is_common = |word: &str| english.contains(word) || german.contains(word);
    let telling = split.iter().map(|words| {
        let rest = words.iter().filter(|(lower, _)| !is_common(lower));
        let words = rest.map(|(lower, form)| Word {
            stem: stemmer.stem(lower).into_owned(),
            form: (*form).to_owned(),
        });
        words.collect()
    });
    telling.collect()
}

/// The words of a text, in lower case and as they are written. Single letters and digits of ASCII do
/// not count; in other scripts one character can be a word.
fn words(text: &str) -> Vec<(String, &str)> {
    let words = text.unicode_words().take(MAX_WORDS);
    let words = words.filter(|word| {
        let chars = word.chars().take(MAX_WORD_CHARS + 1).count();
        chars <= MAX_WORD_CHARS && (chars > 1 || !word.is_ascii())
    });
    words
        .map(|word| (word.to_lowercase().replace('’', "'"), word))
        .collect()
}
