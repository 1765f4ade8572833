//! Records of before and after a change are read.

use shared::id::{ClientId, PersonId};

use super::*;

/// A record as servers of protocol version 4 encoded it: the board "Plan" with its three links.
const BEFORE: &str = "93a4506c616ecf0000018bcfe568009392a56f776e6572c420f98a594c16784dbe52b14cf75c8ba4c41c51eb5f6212d866f683499c2d0bc59392a465646974c4201f81b6248393e1710d5611e0d961c39ee925aff480092c1d1428dbef696dc26792a476696577c4204bdf4519f70b5991d49b89b24e2f692e66e5fd82cb441ed8d17a5691cc960acd";
const OWNER: Secret = Secret::from_bytes([5; 16]);

fn before() -> Vec<u8> {
    let digits = BEFORE.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.map(byte).collect()
}

fn changed() -> BoardRecord {
    let mut record = BoardRecord::from_bytes(&before()).unwrap();
    let secret = Secret::from_bytes([6; 16]);
    record.links.push(LinkRecord {
        label: "Class 7b".to_owned(),
        expires_ms: Some(1_800_000_000_000),
        max_people: Some(30),
        source: LinkSource::Nonce(Bytes16([7; 16])),
        wrapped_root: Some(Bytes16([8; 16])),
        ..LinkRecord::first(LinkId(3), Role::Owner, secret.hash(), 1_750_000_000_000)
    });
    record.links[1].revoked_ms = Some(1_760_000_000_000);
    record.links[2].programs = false;
    record.next_link = LinkId(4);
    record.revision = 2;
    record.settings.frozen = true;
    let person = PersonId::from_bytes([9; 16]);
    record.muted.push(MutedPerson {
        person,
        name: "Ann".to_owned(),
        at_ms: 1_760_000_000_001,
    });
    record.removed.push(RemovedPerson {
        person,
        client: ClientId::from_bytes([10; 16]),
        link: Some(LinkId(1)),
        name: "Ben".to_owned(),
        at_ms: 1_760_000_000_002,
    });
    record
}

#[test]
fn a_record_of_before_keeps_its_links_and_is_written_as_before() {
    let record = BoardRecord::from_bytes(&before()).unwrap();
    let found = [OWNER, OWNER.weaker(), OWNER.weaker().weaker()]
        .map(|secret| record.link_of(&secret).map(|link| (link.id.0, link.role)));
    let wanted = [(0, Role::Owner), (1, Role::Edit), (2, Role::View)];
    assert_eq!(found, wanted.map(Some));
    assert_eq!(record.next_link, LinkId(3));
    assert_eq!(record.settings, BoardSettings::default());
    assert!(record.links.iter().all(|link| link.end(u64::MAX).is_none()));
    let renamed = BoardRecord {
        title: "Pläne".to_owned(),
        ..record.clone()
    };
    let renamed = renamed.to_bytes().unwrap();
    assert_eq!(
        renamed[0], 0x93,
        "servers of before can read a renamed board"
    );
    assert_eq!(record.to_bytes().unwrap(), before());
}

#[test]
fn a_changed_record_keeps_everything() {
    let record = changed();
    let bytes = record.to_bytes().unwrap();
    assert_eq!(bytes[0], 0x94, "servers of before refuse it");
    assert_eq!(BoardRecord::from_bytes(&bytes).unwrap(), record);
}

#[test]
fn a_link_of_before_is_open_to_programs_and_only_one_for_people_is_written_anew() {
    let no_time = None::<u64>;
    // The number, label, times, limit, source, wrapped root and end of a link.
    let (limit, wrapped) = (None::<u32>, None::<Bytes16>);
    let details = (
        LinkId(0),
        "Team",
        5_u64,
        no_time,
        limit,
        LinkSource::Root,
        wrapped,
        no_time,
    );
    let links = [(Role::Owner, OWNER.hash())];
    let settings = BoardSettings::default();
    let nobody: [(); 0] = [];
    let more = (1_u64, LinkId(1), [details], settings, nobody, nobody);
    let before = encode(&("Plan", 5_u64, links, more)).unwrap();

    let mut record = BoardRecord::from_bytes(&before).unwrap();
    assert_eq!(record.links[0].label, "Team");
    assert!(record.links[0].programs);
    assert_eq!(record.to_bytes().unwrap(), before);
    record.links[0].programs = false;
    let bytes = record.to_bytes().unwrap();
    assert_eq!(bytes.len(), before.len() + 1);
    assert_eq!(BoardRecord::from_bytes(&bytes).unwrap(), record);
}

#[test]
fn the_largest_record_can_be_read() {
    let mut record = changed();
    let name = "\u{1f600}".repeat(shared::limits::MAX_NAME_CHARS);
    let label = "\u{1f600}".repeat(shared::limits::MAX_LABEL_CHARS);
    let link = LinkRecord {
        label,
        max_people: Some(300),
        revoked_ms: Some(1_760_000_000_000),
        ..record.links[3].clone()
    };
    record.links = vec![link; shared::limits::MAX_LINKS + MAX_ENDED_LINKS];
    record.muted[0].name.clone_from(&name);
    record.removed[0].name = name;
    record.muted = vec![record.muted[0].clone(); MAX_NAMED_PEOPLE];
    record.removed = vec![record.removed[0].clone(); MAX_NAMED_PEOPLE];
    let bytes = record.to_bytes().unwrap();
    assert_eq!(BoardRecord::from_bytes(&bytes).unwrap(), record);
}

#[test]
fn a_link_ends_when_it_is_revoked_or_its_time_is_over() {
    let mut link = changed().links[3].clone();
    let expires = link.expires_ms.unwrap();
    assert_eq!(link.end(expires - 1), None);
    let reason = |link: &LinkRecord, now| link.end(now).map(|end| (end.reason, end.at_ms));
    assert_eq!(
        reason(&link, expires),
        Some((LinkEndReason::Expired, expires))
    );
    link.revoked_ms = Some(5);
    assert_eq!(reason(&link, 6), Some((LinkEndReason::Revoked, 5)));
    assert_eq!(reason(&link, expires), Some((LinkEndReason::Revoked, 5)));
}
