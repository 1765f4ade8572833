//! Answers in chunks of all kinds.

use super::*;

fn reply(chunks: &[Value]) -> Result<(String, Vec<Call>), ReplyFault> {
    let mut reply = Reply::default();
    let mut text = String::new();
    for chunk in chunks {
        let chunk = serde_json::from_value(chunk.clone()).unwrap();
        text.push_str(&reply.take(chunk)?.text);
    }
    Ok((text, reply.finish()?))
}

fn delta(delta: &Value) -> Value {
    json!({"choices": [{"delta": delta}]})
}

fn part(index: Option<usize>, id: Option<&str>, name: Option<&str>, arguments: &str) -> Value {
    let function = json!({"name": name, "arguments": arguments});
    delta(&json!({"tool_calls": [{"index": index, "id": id, "function": function}]}))
}

fn call(id: &str, name: &str, arguments: &str) -> Call {
    Call {
        id: id.to_owned(),
        name: name.to_owned(),
        arguments: arguments.to_owned(),
    }
}

#[test]
fn text_is_joined_and_unknown_or_missing_fields_do_not_matter() {
    let (text, calls) = reply(&[
        json!({}),
        json!({"choices": []}),
        delta(&json!({"role": "assistant", "content": ""})),
        delta(&json!({"content": "a ", "logprobs": null})),
        delta(&json!({"content": "b"})),
        json!({"choices": [{"finish_reason": "stop"}], "usage": {"total_tokens": 3}}),
    ])
    .unwrap();
    assert_eq!((&*text, calls), ("a b", Vec::new()));
}

#[test]
fn arguments_are_joined_wherever_they_are_cut() {
    let arguments = r#"{"area":{"x":1},"text":"ä\"b"}"#;
    let cuts = (0..=arguments.len()).filter(|cut| arguments.is_char_boundary(*cut));
    for cut in cuts {
        let (head, tail) = arguments.split_at(cut);
        for index in [Some(0), None] {
            let (_, calls) = reply(&[
                part(index, Some("c1"), Some("read_board"), head),
                part(index, None, None, tail),
            ])
            .unwrap();
            assert_eq!(calls, [call("c1", "read_board", arguments)], "cut at {cut}");
        }
    }
}

#[test]
fn calls_without_index_or_id_are_told_apart() {
    let (_, calls) = reply(&[
        part(None, None, Some("a"), "{}"),
        part(None, None, Some("b"), "{"),
        part(None, None, None, "}"),
    ])
    .unwrap();
    assert_eq!(
        calls,
        [call("call_0", "a", "{}"), call("call_1", "b", "{}")]
    );
}

#[test]
fn errors_refusals_and_floods_are_faults() {
    let error = json!({"error": {"message": "overloaded"}});
    assert_eq!(
        reply(&[error]),
        Err(ReplyFault::Endpoint("overloaded".to_owned()))
    );
    let refusal = delta(&json!({"refusal": "I cannot."}));
    assert_eq!(
        reply(&[refusal]),
        Err(ReplyFault::Declined("I cannot.".to_owned()))
    );
    let far = part(Some(1_000_000), Some("c"), Some("a"), "");
    assert_eq!(reply(&[far]), Err(ReplyFault::TooLarge));
    let flood = delta(&json!({"content": "x".repeat(MAX_BYTES + 1)}));
    assert_eq!(reply(&[flood]), Err(ReplyFault::TooLarge));
}
