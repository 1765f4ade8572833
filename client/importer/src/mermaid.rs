//! Diagrams of Mermaid as elements.

use diagrams::{DiagramError, Options, is_mermaid};
use shared::model::NewElement;

use crate::ids::{AUTHOR, id};
use crate::left_out::Report;
use crate::rich_text::{self, Block};

/// What was read of a text that begins like Mermaid.
pub(crate) struct Diagram {
    pub(crate) elements: Vec<NewElement>,
    /// What is wrong with the text. The elements are the text itself then.
    pub(crate) fault: Option<String>,
}

/// The elements of a diagram; `None` if the text is no Mermaid.
pub(crate) fn read(text: &str, zoom: f64) -> Option<Diagram> {
    let text = text.trim_start_matches('\u{feff}');
    is_mermaid(text).then(|| match drawn(text, zoom) {
        Ok(elements) => Diagram {
            elements,
            fault: None,
        },
        Err(error) => as_text(text, &error, zoom),
    })
}

fn drawn(text: &str, zoom: f64) -> Result<Vec<NewElement>, DiagramError> {
    let options = Options {
        scale: 1.0 / zoom,
        author: AUTHOR,
        ..Options::default()
    };
    let mut number = 0;
    let mut next_id = || {
        number += 1;
        id(number)
    };
    let diagram = diagrams::read(text)?;
    Ok(diagram.elements(&options, &mut next_id)?.elements)
}

fn as_text(text: &str, error: &DiagramError, zoom: f64) -> Diagram {
    let line = |line: &str| vec![(line.to_owned(), shared::model::Marks::NONE)];
    let lines = Block::Lines(text.lines().map(line).collect());
    let (elements, _): (_, Report) = rich_text::elements(&[lines], zoom);
    Diagram {
        elements,
        fault: Some(format!(
            "This diagram was pasted as text, because it cannot be read. {error}."
        )),
    }
}

#[cfg(test)]
mod tests {
    use shared::model::{Body, NewElement};

    use crate::{Imported, Kind, read};

    fn pasted(text: &str, zoom: f64) -> Option<Imported> {
        read(text.as_bytes(), Kind::Drawing, zoom)
    }

    fn words(new: &NewElement) -> String {
        new.text.runs().map(|run| run.text).collect()
    }

    #[test]
    fn mermaid_becomes_shapes_with_bound_lines() {
        let imported = pasted("flowchart LR\n a[Tea] -->|with| b[Milk]\n", 1.0).unwrap();
        assert_eq!((imported.notice, imported.files.len()), (None, 0));
        let texts: Vec<String> = imported.elements.iter().map(words).collect();
        assert_eq!(texts, ["with", "Tea", "Milk"]);
        let line = imported
            .elements
            .iter()
            .find(|it| it.body == Body::Line)
            .unwrap();
        let ends = [line.props.start(), line.props.end()].map(|anchor| anchor.unwrap().to);
        assert_eq!(ends, [imported.elements[1].id, imported.elements[2].id]);
    }

    #[test]
    fn a_pixel_of_a_diagram_is_one_on_the_screen() {
        let width = |zoom: f64| {
            let imported = pasted("mindmap\n root\n", zoom).unwrap();
            imported.elements[0].props.size()[0]
        };
        assert!((width(0.5) / width(2.0) - 4.0).abs() < 0.01);
    }

    #[test]
    fn faulty_mermaid_is_pasted_as_text_with_a_notice_of_its_line() {
        let text = "flowchart LR\n a --> b\n b -->\n";
        let imported = pasted(text, 1.0).unwrap();
        let notice = imported.notice.unwrap();
        assert!(notice.contains("Line 3:"), "{notice}");
        let texts: Vec<String> = imported.elements.iter().map(words).collect();
        assert_eq!(texts, [text.trim_end()]);
    }

    #[test]
    fn other_text_is_no_diagram() {
        assert_eq!(pasted("graph theory is fun", 1.0), None);
        assert_eq!(pasted("- one\n- two", 1.0), None);
    }
}
