//! Pasting and dropping what other programs make: drawings, scenes, tables and documents.

use anyhow::{Result, ensure};
use e2e::page::At;
use e2e::person::Person;
use shared::model::{Arrowhead, Board, Body, Filling, Marks, Outline};

use crate::support::controls::{copy_selection, paste, run_command};
use crate::support::pointer::{clear_selection, draw_box};
use crate::support::typing::{end_typing, start_text, wait_until_typing};
use crate::support::users::two_user_scenario;
use crate::support::wait::{both_have_elements, wait_for_selected};

/// A diagram with a style sheet, a definition, labels, an arrow and a gradient.
const DIAGRAM: &str = "<!-- drawn --><svg viewBox='0 0 300 160'>\
    <style>.pale{fill:#bde0fe;stroke:#d62828}</style>\
    <defs><marker id='a'><path d='M0 0L6 3L0 6Z'/></marker><path id='block' d='M10 40H60V20L100 50L60 80V60H10Z'/>\
    <linearGradient id='g'><stop stop-color='#f00'/><stop offset='1' stop-color='#00f'/></linearGradient></defs>\
    <rect class='pale' x='5' y='15' width='90' height='40'/>\
    <switch><foreignObject x='5' y='15' width='90' height='40'><div>Plan</div></foreignObject><text>no</text></switch>\
    <path d='M95 35H200' stroke='#333' fill='none' marker-end='url(#a)'/>\
    <use href='#block' y='70' fill='url(#g)'/>\
    <text x='150' y='120'>plain <tspan font-weight='bold' fill='#c1121f'>bold</tspan></text></svg>";

/// A rectangle with a label, and an arrow that is bound to it.
const SCENE: &str = r##"{"type":"excalidraw/clipboard","elements":[
    {"id":"a","type":"rectangle","x":0,"y":0,"width":140,"height":70,"backgroundColor":"#ffec99","fillStyle":"solid","strokeColor":"#1e1e1e"},
    {"id":"t","type":"text","x":30,"y":22,"text":"Garden","fontSize":20,"containerId":"a","textAlign":"center"},
    {"id":"r","type":"arrow","x":144,"y":35,"points":[[0,0],[120,60]],"startBinding":{"elementId":"a","focus":0},"endArrowhead":"arrow"},
    {"id":"i","type":"image","width":5,"height":5}]}"##;

const TABLE: &str = "<meta charset='utf-8'><table><tr><td><b>Plant</b></td><td><b>Water</b></td></tr>\
    <tr><td>Basil</td><td>daily</td></tr></table>";

/// Shapes that tldraw has copied: notes, shapes, arrows, ink, a frame and a film.
const SHAPES: &str = include_str!("../../../../client/importer/src/tldraw/tests/clipboard_3.html");

/// Gives the page a clipboard of these forms, as Ctrl+V does, or drops them as a file.
async fn bring(person: &Person, event: &str, fill: &str) -> Result<()> {
    let script = format!(
        "(() => {{ const data = new DataTransfer(); {fill};\
         const init = {{ bubbles: true, cancelable: true, clientX: 640, clientY: 400 }};\
         const target = document.querySelector('main canvas') ?? document.body;\
         const event = {event};\
         target.dispatchEvent(event); return true; }})()"
    );
    person.page.eval::<bool>(&script).await.map(drop)
}

async fn paste_forms(person: &Person, forms: &[(&str, &str)]) -> Result<()> {
    let set = forms
        .iter()
        .map(|(kind, text)| format!("data.setData({kind:?}, {text:?})"));
    let fill = set.collect::<Vec<_>>().join(";");
    let event = "new ClipboardEvent('paste', { ...init, clipboardData: data })";
    bring(person, event, &fill).await
}

async fn drop_file(person: &Person, name: &str, text: &str) -> Result<()> {
    let fill = format!("data.items.add(new File([{text:?}], {name:?}))");
    let event = "new DragEvent('drop', { ...init, dataTransfer: data })";
    bring(person, event, &fill).await
}

fn has_text(board: &Board, words: &str) -> bool {
    board.elements().any(|it| it.text.plain() == words)
}

#[test]
fn drawings_scenes_and_tables_become_elements_for_everybody() {
    two_user_scenario("foreign content", async |ada, ben, observer| {
        paste_forms(ada, &[("text/plain", DIAGRAM)]).await?;
        both_have_elements(ada, ben, 6).await?;
        let named = "document.querySelector('.toasts').textContent.includes('gradients')";
        ensure!(
            ada.page.eval::<bool>(named).await?,
            "the lost parts are named"
        );
        observer
            .wait_for("the diagram", |board| {
                let shape = board
                    .elements()
                    .find(|it| it.body == Body::Shape(Outline::Rectangle))?;
                let arrow = board.elements().find(|it| it.body == Body::Line)?;
                let path = board
                    .elements()
                    .find(|it| matches!(it.body, Body::Path(_)))?;
                let is_right = shape.props.fill().is_some()
                    && arrow.props.heads() == [Arrowhead::None, Arrowhead::Triangle]
                    && path.props.filling() == Filling::Solid
                    && ["Plan", "plain ", "bold"]
                        .iter()
                        .all(|words| has_text(board, words));
                is_right.then_some(())
            })
            .await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(ada, ben, 0).await?;

        paste_forms(ada, &[("text/plain", SCENE)]).await?;
        both_have_elements(ada, ben, 2).await?;
        observer
            .wait_for("the labelled box and its arrow", |board| {
                let shape = board.elements().find(|it| it.text.plain() == "Garden")?;
                let arrow = board.elements().find(|it| it.body == Body::Line)?;
                (arrow.props.start()?.to == shape.id).then_some(())
            })
            .await?;
        drop_file(ada, "plan.excalidraw", SCENE).await?;
        both_have_elements(ada, ben, 4).await?;

        paste_forms(
            ada,
            &[
                ("text/html", TABLE),
                ("text/plain", "Plant\tWater\nBasil\tdaily"),
            ],
        )
        .await?;
        both_have_elements(ada, ben, 8).await?;
        observer
            .wait_for("a grid with a bold first row", |board| {
                let find = |words: &str| board.elements().find(|it| it.text.plain() == words);
                let (plant, basil, daily) = (find("Plant")?, find("Basil")?, find("daily")?);
                let is_grid =
                    plant.props.at.x == basil.props.at.x && basil.props.at.y == daily.props.at.y;
                let is_bold = plant.text.runs().all(|run| run.marks.has(Marks::BOLD));
                (is_grid && is_bold).then_some(())
            })
            .await?;
        drop_file(ada, "plants.csv", "a,b\n1,2\n").await?;
        both_have_elements(ada, ben, 12).await
    });
}

#[test]
fn shapes_of_tldraw_become_elements_on_both_pages() {
    two_user_scenario("tldraw", async |ada, ben, observer| {
        paste_forms(ada, &[("text/html", SHAPES), ("text/plain", "Garden")]).await?;
        both_have_elements(ada, ben, 17).await?;
        let named = "document.querySelector('.toasts').textContent.includes('videos and sounds')";
        ensure!(
            ada.page.eval::<bool>(named).await?,
            "the lost parts are named"
        );
        observer
            .wait_for("an arrow with a label between two shapes", |board| {
                let arrow = board.elements().find(|it| it.text.plain() == "then")?;
                let start = board.get(arrow.props.start()?.to)?;
                let end = board.get(arrow.props.end()?.to)?;
                let is_right = start.text.plain() == "Garden"
                    && end.body == Body::Shape(Outline::Ellipse)
                    && arrow.body == Body::Line;
                is_right.then_some(())
            })
            .await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(ada, ben, 0).await
    });
}

#[test]
fn elements_pasted_into_a_text_are_their_text() {
    two_user_scenario("elements into a text", async |ada, ben, observer| {
        draw_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        ada.page.click_at(At(350.0, 290.0)).await?;
        wait_for_selected(ada, 1).await?;
        copy_selection(ada).await?;
        clear_selection(ada).await?;
        ada.page.press("t").await?;
        ada.page.click_at(At(700.0, 300.0)).await?;
        ada.page.type_text("before ").await?;
        paste(ada).await?;
        ada.page.type_text("after").await?;
        ada.page.press("Escape").await?;
        observer
            .wait_for("a text without source code", |board| {
                has_text(board, "before after").then_some(())
            })
            .await?;
        both_have_elements(ada, ben, 2).await
    });
}

#[test]
fn elements_with_words_pasted_into_a_text_are_their_words_from_keys_and_buttons() {
    two_user_scenario("words into a text", async |ada, ben, observer| {
        let origin: String = ada.page.eval("location.origin").await?;
        ada.context.allow_clipboard(&origin).await?;
        draw_box(ada, At(350.0, 250.0), At(470.0, 330.0)).await?;
        ada.page.click_at(At(350.0, 290.0)).await?;
        wait_for_selected(ada, 1).await?;
        ada.page.press("Enter").await?;
        wait_until_typing(ada).await?;
        ada.page.type_text("Plan <b>").await?;
        end_typing(ada).await?;
        for (place, by_button) in [(450.0, false), (550.0, true)] {
            clear_selection(ada).await?;
            ada.page.click_at(At(350.0, 270.0)).await?;
            wait_for_selected(ada, 1).await?;
            if by_button {
                run_command(ada, "Copy").await?;
            } else {
                copy_selection(ada).await?;
            }
            clear_selection(ada).await?;
            start_text(ada, At(350.0, place)).await?;
            paste(ada).await?;
            ada.page.type_text("!").await?;
            end_typing(ada).await?;
        }
        observer
            .wait_for("two texts with the words of the box", |board| {
                let words = board.elements().filter(|it| it.text.plain() == "Plan <b>!");
                (words.count() == 2).then_some(())
            })
            .await?;
        both_have_elements(ada, ben, 3).await
    });
}

#[test]
fn pasted_mermaid_becomes_a_diagram_and_a_faulty_one_a_text_with_a_notice() {
    two_user_scenario("mermaid", async |ada, ben, observer| {
        let text = "flowchart LR\n a[Idea] -->|then| b[Plan]\n b --> c{Good?}";
        paste_forms(ada, &[("text/plain", text)]).await?;
        both_have_elements(ada, ben, 5).await?;
        observer
            .wait_for("two bound arrows", |board| {
                let bound = |element: &&std::sync::Arc<shared::model::Element>| {
                    let ends = [element.props.start(), element.props.end()];
                    ends.iter()
                        .all(|end| end.is_some_and(|end| board.get(end.to).is_some()))
                };
                (board.elements().filter(bound).count() == 2).then_some(())
            })
            .await?;
        ada.page.press("Ctrl+z").await?;
        both_have_elements(ada, ben, 0).await?;
        paste_forms(ada, &[("text/plain", "flowchart LR\n a -->")]).await?;
        let notice = "/cannot be read\\. Line [23]/.test(document.body.innerText)";
        ada.page.wait_for::<bool>(notice).await?;
        both_have_elements(ada, ben, 1).await
    });
}
