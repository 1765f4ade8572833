//! Drawings as draw.io, Mermaid, Inkscape, Illustrator and sets of icons write them, each small.

use kurbo::Point;
use shared::model::layout::bounds;
use shared::model::{Arrowhead, Board, Body, Marks, Route};

use super::inputs::{around, element, is_near, texts};
use super::{read, rgb};

#[test]
fn labels_of_draw_io_stand_where_its_style_says() {
    let elements = read(
        "<svg width='121px' height='61px' viewBox='-0.5 -0.5 121 61'><g>\
         <rect x='0' y='0' width='120' height='60' fill='#dae8fc' stroke='#6c8ebf' pointer-events='all'/>\
         <g transform='translate(-0.5 -0.5)'><switch><foreignObject style='overflow: visible; text-align: left;' \
         pointer-events='none' width='100%' height='100%' requiredFeatures='http://www.w3.org/TR/SVG11/feature#Extensibility'>\
         <div xmlns='http://www.w3.org/1999/xhtml' style='display: flex; align-items: unsafe center; \
         justify-content: unsafe center; width: 118px; height: 1px; padding-top: 30px; margin-left: 1px;'>\
         <div style='box-sizing: border-box; font-size: 0px; text-align: center;'><div style='display: inline-block; \
         font-size: 12px; font-family: Helvetica; color: rgb(10, 20, 30); line-height: 1.2;'>Water<br/><b>pump</b></div></div></div>\
         </foreignObject><text x='60' y='34' text-anchor='middle'>Water...</text></switch></g></g></svg>",
    );
    assert_eq!(texts(&elements), ["Water\npump"]);
    let label = &elements[1];
    assert!(
        is_near(around(label).center(), Point::new(60.0, 30.0)),
        "{:?}",
        around(label)
    );
    assert_eq!(
        (label.props.text_size(), label.props.color),
        (12.0, rgb(0x000a_141e))
    );
    assert!(label.text.runs().last().unwrap().marks.has(Marks::BOLD));
}

#[test]
fn mermaid_flowcharts_keep_boxes_labels_and_arrows() {
    let elements = read(
        "<svg id='m' width='100%' xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 300'><style>\
         #m{font-family:\"trebuchet ms\",sans-serif;font-size:16px;fill:#333;}#m .node rect{fill:#ECECFF;stroke:#9370DB;stroke-width:1px;}\
         #m .flowchart-link{stroke:#333333;fill:none;}#m .marker{fill:#333}#m .label{color:#333}</style>\
         <g><marker id='m_pointEnd' class='marker' viewBox='0 0 10 10'><path d='M 0 0 L 10 5 L 0 10 z' class='arrowMarkerPath'/></marker>\
         <g class='edgePaths'><path d='M66,62L66,66C66,70,66,78,80,86C94,94,94,102,94,110' class='edge flowchart-link' marker-end='url(#m_pointEnd)'/></g>\
         <g class='nodes'><g class='node' transform='translate(66, 35)'><rect class='label-container' x='-58' y='-27' width='116' height='54'/>\
         <g class='label' transform='translate(-28, -12)'><rect/><foreignObject width='56' height='24'>\
         <div xmlns='http://www.w3.org/1999/xhtml' style='display: table-cell; white-space: nowrap; line-height: 1.5; text-align: center;'>\
         <span class='nodeLabel'><p>Start</p></span></div></foreignObject></g></g></g></g></svg>",
    );
    let [arrow, node, label] = elements.as_slice() else {
        panic!("{}", elements.len());
    };
    assert!(matches!(arrow.body, Body::Line));
    assert_eq!(arrow.props.route(), Route::Curved);
    assert_eq!(arrow.props.heads(), [Arrowhead::None, Arrowhead::Triangle]);
    assert_eq!(
        (node.props.fill(), node.props.color),
        (Some(rgb(0x00ec_ecff)), rgb(0x0093_70db))
    );
    assert_eq!(label.text.plain(), "Start");
    assert_eq!(label.props.color, rgb(0x0033_3333));
    assert!(
        is_near(around(label).center(), Point::new(66.0, 35.0)),
        "{:?}",
        around(label)
    );
}

#[test]
fn metadata_of_inkscape_and_entities_of_illustrator_are_no_part_of_the_drawing() {
    let elements = read(
        "<?xml version='1.0'?><!-- Generator: Adobe Illustrator --><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://x/svg11.dtd' \
         [<!ENTITY ns_svg 'http://www.w3.org/2000/svg'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>\
         <svg xmlns='&ns_svg;' xmlns:sodipodi='s' xmlns:inkscape='i' width='100mm' height='50mm' viewBox='0 0 100 50'>\
         <sodipodi:namedview><inkscape:grid/><sodipodi:guide position='0,0'/></sodipodi:namedview>\
         <metadata><rdf:RDF xmlns:rdf='r'><path d='M0 0H9'/></rdf:RDF></metadata>\
         <g inkscape:groupmode='layer' style='display:inline'><path sodipodi:type='arc' sodipodi:cx='1' style='fill:#ff0000;stroke:none' d='M10 10h20v10h-20z'/>\
         <text x='5' y='40'>&f;</text></g></svg>",
    );
    assert_eq!(elements.len(), 2);
    let factor = 96.0 / 25.4;
    assert!((f64::from(elements[0].props.size()[0]) - 20.0 * factor).abs() < 1e-2);
    assert_eq!(texts(&elements), ["&f;"], "no entity reads a file");
}

#[test]
fn icons_keep_their_current_colour_and_round_corners() {
    let elements = read(
        "<svg width='24' height='24' viewBox='0 0 24 24' fill='none' stroke='currentColor' stroke-width='2' color='#3b82f6'>\
         <rect x='3' y='3' width='18' height='18' rx='2' ry='2'/><line x1='12' y1='8' x2='12' y2='16'/>\
         <polyline points='8 12 12 16 16 12'/><path d='M20 6 9 17l-5-5'/></svg>",
    );
    assert!(
        elements
            .iter()
            .all(|new| new.props.color == rgb(0x003b_82f6))
    );
    assert_eq!(elements[0].props.corner(), 2.0);
    assert_eq!(
        elements
            .iter()
            .filter(|new| matches!(new.body, Body::Line))
            .count(),
        3
    );
    let all = bounds(&Board::new(), &element(&elements[0]));
    assert!((all.width() - 20.0).abs() < 0.01);
}

#[test]
fn gradients_become_the_mean_of_what_is_seen() {
    let made = |kind: &str, stops: &str| {
        let drawing = format!(
            "<svg viewBox='0 0 90 90'><defs><linearGradient id='a'>{stops}</linearGradient>\
             <{kind}Gradient id='b' xlink:href='#a'/></defs>\
             <rect width='9' height='9' fill='url(#b)'/></svg>"
        );
        let elements = read(&drawing);
        assert_eq!(elements.len(), 1, "{stops}");
        (elements[0].props.color, elements[0].props.opacity)
    };
    // A shadow of Inkscape: it fades outwards, and the colour of what cannot be seen has no effect.
    let shadow = "<stop offset='0' style='stop-color:#000;stop-opacity:1'/>\
                  <stop offset='1' style='stop-color:#fff;stop-opacity:0'/>";
    let (_, opacity) = made("radial", shadow);
    assert_eq!(opacity, 85, "a third");
    let (_, opacity) = made("linear", shadow);
    assert_eq!(opacity, 128, "one half");
    // Most of it is red.
    let long = "<stop offset='80%' stop-color='#f00'/><stop offset='80%' stop-color='#00f'/>\
                <stop offset='0' stop-color='#00f'/>";
    let (color, opacity) = made("linear", long);
    assert_eq!((color, opacity), (rgb(0x00cc_0033), 255));
}

#[test]
fn fine_lines_of_drawings_in_millimetres_stay_fine() {
    let drawing = |width: f64| {
        let line = format!("<path d='M 1,1 H 9' style='stroke:#000;stroke-width:{width}'/>");
        let elements = read(&format!(
            "<svg width='10mm' height='10mm' viewBox='0 0 10 10'>{line}</svg>"
        ));
        elements[0].props.width
    };
    let pixels = 96.0 / 25.4;
    assert!((drawing(0.05) - 0.05 * pixels).abs() < 0.001);
    assert_eq!(drawing(0.001), 0.1);
}
