//! Writing with an input method, beside somebody who writes too.

use e2e::page::At;
use e2e::stage::scene;
use shared::model::{Body, Element};

use crate::pair::{
    both_see, ends_typing, is_painted, is_typing, lets_go, makes, opens_twice, types_no_more,
    witnessed,
};
use crate::places::place;
use crate::writing::{begins_text, field_holds, two_in_one_text, types};

#[test]
fn an_input_method_composes_undisturbed_while_somebody_else_writes() {
    scene("writing-composed", async |stage| {
        let (ada, ben) = two_in_one_text(stage, "go ").await?;
        ben.page.press("Home").await?;
        for step in ["n", "に", "にほ", "にほn", "にほん"] {
            ada.page.compose(step).await?;
        }
        field_holds(&ben, "go にほん").await?;
        types(&ben, "x").await?;
        field_holds(&ben, "xgo にほん").await?;
        ada.page.compose("日本").await?;
        field_holds(&ben, "xgo 日本").await?;
        field_holds(&ada, "go 日本").await?;
        ada.page.type_text("日本").await?;
        for person in [&ada, &ben] {
            field_holds(person, "xgo 日本").await?;
        }
        types(&ada, "!").await?;
        field_holds(&ben, "xgo 日本!").await
    });
}

/// What is seen on the way to a word of two letters.
const ON_THE_WAY: [&str; 5] = ["n", "ni", "ni h", "ni ha", "ni hao"];

fn says(words: &'static str) -> impl Fn(&Element) -> bool {
    move |it| it.body == Body::Text && it.text.plain() == words
}

#[test]
fn escape_and_enter_of_an_input_method_do_not_end_the_writing() {
    witnessed("composing keys", async |ada, ben, witness| {
        begins_text(ada, place(8)).await?;
        types(ada, "a").await?;
        for update in ON_THE_WAY {
            ada.page.compose(update).await?;
            field_holds(ada, &format!("a{update}")).await?;
        }
        witness
            .finds("what is not final yet", says("ani hao"))
            .await?;
        // Escape gives up the composition and nothing else.
        ada.page.press_composing("Escape").await?;
        is_painted(ada).await?;
        field_holds(ada, "ani hao").await?;
        is_typing(ada).await?;
        ada.page.compose("").await?;
        witness.finds("the composition given up", says("a")).await?;
        for update in ON_THE_WAY {
            ada.page.compose(update).await?;
        }
        ada.page.compose("你好").await?;
        // Enter takes the candidate: no line ends, and nobody stops to write.
        ada.page.press_composing("Enter").await?;
        ada.page.type_text("你好").await?;
        is_painted(ada).await?;
        field_holds(ada, "a你好").await?;
        is_typing(ada).await?;
        witness.finds("the word", says("a你好")).await?;
        // By itself Enter ends the line, and Escape the writing.
        types(ada, "\n!").await?;
        witness.finds("two lines", says("a你好\n!")).await?;
        ends_typing(ada).await?;
        lets_go(ada).await?;
        ada.page.press("Ctrl+z").await?;
        both_see(ada, ben, 0).await
    });
}

#[test]
fn enter_of_an_input_method_does_not_end_the_name_of_a_frame() {
    witnessed("composing a name", async |ada, ben, witness| {
        makes(ada, "f", At(380.0, 240.0), At(620.0, 420.0)).await?;
        opens_twice(ada, At(400.0, 226.0)).await?;
        for update in ["j", "ji", "jihua", "计划"] {
            ada.page.compose(update).await?;
        }
        ada.page.press_composing("Enter").await?;
        is_painted(ada).await?;
        is_typing(ada).await?;
        ada.page.type_text("计划").await?;
        is_typing(ada).await?;
        ada.page.press("Enter").await?;
        types_no_more(ada).await?;
        witness
            .finds("the name", |it| it.props.name() == "计划")
            .await?;
        both_see(ada, ben, 1).await
    });
}
