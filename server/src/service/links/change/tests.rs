//! What each request of an owner changes.

use shared::api::BoardSettings;
use shared::id::Secret;

use super::*;

const NOW: u64 = 1_800_000_000_000;
const HOUR: u64 = 3_600_000;
const OWNER: Secret = Secret::from_bytes([5; 16]);

fn board() -> BoardRecord {
    let edit = OWNER.weaker();
    let links = [
        (Role::Owner, OWNER),
        (Role::Edit, edit),
        (Role::View, edit.weaker()),
    ];
    let links = links.map(|(role, secret)| (role, secret.hash()));
    BoardRecord::new("Plan".to_owned(), NOW - HOUR, links)
}

fn root() -> RootSecret {
    RootSecret::of(&board().links[0], &OWNER).unwrap()
}

/// Changes a board at a time; the nonce depends on the number of the next link.
fn at(
    record: &mut BoardRecord,
    now_ms: u64,
    request: &ManageRequest,
) -> Result<Option<LinkId>, ApiError> {
    let mut nonce = [0; 16];
    nonce[..4].copy_from_slice(&record.next_link.0.to_be_bytes());
    let means = Means {
        root: root(),
        nonce: Bytes16(nonce),
        now_ms,
        link_of_removed: Some(LinkId(1)),
        last_commit: 7,
    };
    let mut changed = record.clone();
    let made = change(&mut changed, request, means)?;
    *record = changed;
    Ok(made)
}

fn now(record: &mut BoardRecord, request: &ManageRequest) -> Result<Option<LinkId>, ApiError> {
    at(record, NOW, request)
}

fn new_link(role: Role, label: &str) -> ManageRequest {
    ManageRequest::MakeLink {
        role,
        label: label.to_owned(),
        expires_ms: None,
        max_people: None,
        programs: true,
    }
}

fn terms(id: u32, expires_ms: Option<u64>) -> ManageRequest {
    ManageRequest::ChangeLink {
        id: LinkId(id),
        label: String::new(),
        expires_ms,
        max_people: None,
        programs: true,
    }
}

const fn revocation(id: u32) -> ManageRequest {
    ManageRequest::RevokeLink { id: LinkId(id) }
}

const fn rotation(id: u32) -> ManageRequest {
    ManageRequest::RotateLink { id: LinkId(id) }
}

#[test]
fn a_made_link_opens_the_board_with_its_role() {
    let mut record = board();
    let made = now(&mut record, &new_link(Role::Edit, " Class\u{7} 7b ")).unwrap();
    assert_eq!(made, Some(LinkId(3)));
    let link = record.link(LinkId(3)).unwrap();
    assert_eq!((link.label.as_str(), link.role), ("Class 7b", Role::Edit));
    let secret = root().secret_of(link).unwrap();
    assert_eq!(record.link_of(&secret).unwrap().id, LinkId(3));
    assert_eq!(link.wrapped_root, None);
}

#[test]
fn a_second_owner_knows_all_secrets() {
    let mut record = board();
    now(&mut record, &new_link(Role::Owner, "")).unwrap();
    let link = record.link(LinkId(3)).unwrap();
    let second = root().secret_of(link).unwrap();
    let known = RootSecret::of(link, &second).unwrap();
    let mut links = record.links.iter();
    assert!(links.all(|link| known.secret_of(link).is_some()));
}

#[test]
fn wrong_terms_are_refused() {
    let link = |label: String, expires_ms, max_people| ManageRequest::MakeLink {
        role: Role::View,
        label,
        expires_ms,
        max_people,
        programs: true,
    };
    let cases = [
        (link("x".repeat(61), None, None), ApiError::BadLabel),
        (link(String::new(), Some(NOW), None), ApiError::BadExpiry),
        (link(String::new(), None, Some(0)), ApiError::BadPeople),
        (link(String::new(), None, Some(301)), ApiError::BadPeople),
        (terms(1, Some(NOW - 1)), ApiError::BadExpiry),
        (terms(9, None), ApiError::NoLink),
        (revocation(9), ApiError::NoLink),
        (rotation(9), ApiError::NoLink),
    ];
    for (request, error) in cases {
        let mut record = board();
        assert_eq!(now(&mut record, &request), Err(error), "{request:?}");
        assert_eq!(record, board());
    }
    let best = link("x".repeat(60), Some(NOW + 1), Some(300));
    assert_eq!(now(&mut board(), &best), Ok(Some(LinkId(3))));
}

#[test]
fn a_revoked_link_stays_revoked() {
    let mut record = board();
    now(&mut record, &revocation(1)).unwrap();
    let end = record.link(LinkId(1)).unwrap().end(NOW).unwrap();
    assert_eq!(end.at_ms, NOW);
    for again in [revocation(1), rotation(1), terms(1, None)] {
        assert_eq!(now(&mut record, &again), Err(ApiError::NoLink));
    }
}

#[test]
fn a_rotated_link_has_another_secret_and_the_same_terms() {
    let mut record = board();
    let request = ManageRequest::ChangeLink {
        id: LinkId(1),
        label: "Team".to_owned(),
        expires_ms: Some(NOW + HOUR),
        max_people: Some(4),
        programs: false,
    };
    now(&mut record, &request).unwrap();
    assert_eq!(now(&mut record, &rotation(1)), Ok(Some(LinkId(3))));
    assert!(record.link(LinkId(1)).unwrap().revoked_ms.is_some());
    let link = record.link(LinkId(3)).unwrap();
    assert_eq!((link.label.as_str(), link.role), ("Team", Role::Edit));
    assert_eq!(
        (link.expires_ms, link.max_people, link.programs),
        (Some(NOW + HOUR), Some(4), false)
    );
    assert_ne!(root().secret_of(link), Some(OWNER.weaker()));
}

#[test]
fn the_first_owner_link_can_be_rotated_and_the_others_stay_known() {
    let mut record = board();
    now(&mut record, &rotation(0)).unwrap();
    let link = record.link(LinkId(3)).unwrap();
    let secret = root().secret_of(link).unwrap();
    let known = RootSecret::of(link, &secret).unwrap();
    let edit = record.link(LinkId(1)).unwrap();
    assert_eq!(known.secret_of(edit), Some(OWNER.weaker()));
    assert!(record.link_of(&OWNER).unwrap().end(NOW).is_some());
}

#[test]
fn an_owner_link_that_does_not_end_is_left() {
    let mut record = board();
    for last in [revocation(0), terms(0, Some(NOW + HOUR))] {
        assert_eq!(now(&mut record, &last), Err(ApiError::LastOwner));
    }
    now(&mut record, &new_link(Role::Owner, "")).unwrap();
    now(&mut record, &terms(3, Some(NOW + HOUR))).unwrap();
    assert_eq!(now(&mut record, &revocation(0)), Err(ApiError::LastOwner));
    now(&mut record, &terms(3, None)).unwrap();
    now(&mut record, &revocation(0)).unwrap();
}

#[test]
fn a_link_that_expired_can_be_given_more_time_or_another_label() {
    let mut record = board();
    now(&mut record, &terms(1, Some(NOW + HOUR))).unwrap();
    let later = NOW + 2 * HOUR;
    assert!(record.link(LinkId(1)).unwrap().end(later).is_some());
    let rotated = at(&mut record, later, &rotation(1));
    assert_eq!(rotated, Err(ApiError::LinkExpired));
    at(&mut record, later, &terms(1, Some(NOW + HOUR))).unwrap();
    at(&mut record, later, &terms(1, Some(later + HOUR))).unwrap();
    assert!(record.link(LinkId(1)).unwrap().end(later).is_none());
}

#[test]
fn links_are_bounded_and_the_oldest_ended_ones_are_forgotten() {
    let mut record = board();
    for _ in 3..MAX_LINKS {
        now(&mut record, &new_link(Role::View, "")).unwrap();
    }
    let one_more = new_link(Role::View, "");
    assert_eq!(now(&mut record, &one_more), Err(ApiError::TooManyLinks));
    for minute in 1..=MAX_ENDED_LINKS as u32 + 20 {
        let time = NOW + u64::from(minute);
        at(&mut record, time, &rotation(minute + 2)).unwrap();
    }
    assert_eq!(record.links.len(), MAX_LINKS + MAX_ENDED_LINKS);
    assert!(record.link(LinkId(22)).is_none() && record.link(LinkId(23)).is_some());
}

#[test]
fn people_are_muted_removed_and_allowed_again() {
    let mut record = board();
    let [person, other] = [1, 2].map(|person| PersonId::from_bytes([person; 16]));
    let client = ClientId::from_bytes([3; 16]);
    let mute = |on| ManageRequest::Mute {
        person,
        name: "A\u{202e}nn".to_owned(),
        on,
    };
    for on in [true, true] {
        now(&mut record, &mute(on)).unwrap();
    }
    assert_eq!(record.muted.len(), 1);
    assert_eq!(record.muted[0].name, "Ann");
    now(&mut record, &mute(false)).unwrap();
    assert!(record.muted.is_empty());
    let remove = |person| ManageRequest::Remove {
        person,
        client,
        name: String::new(),
    };
    for person in [person, person, other] {
        now(&mut record, &remove(person)).unwrap();
    }
    assert_eq!(record.removed.len(), 2);
    assert_eq!(record.removed[0].link, Some(LinkId(1)));
    now(&mut record, &ManageRequest::Allow { person }).unwrap();
    assert_eq!(record.removed.len(), 1);
    let crowd = (10..).map(|number| PersonId::from_bytes([number; 16]));
    for person in crowd.take(MAX_NAMED_PEOPLE - 1) {
        now(&mut record, &remove(person)).unwrap();
    }
    let one_more = remove(person);
    assert_eq!(now(&mut record, &one_more), Err(ApiError::TooManyNamed));
}

#[test]
fn the_newest_cleared_boards_are_remembered() {
    let mut record = board();
    for elements in 1..=MAX_CLEARED as u32 + 5 {
        let name = "Ada".to_owned();
        now(&mut record, &ManageRequest::Clear { elements, name }).unwrap();
    }
    assert_eq!(record.cleared.len(), MAX_CLEARED);
    let first = ClearedBoard {
        at: 7,
        at_ms: NOW,
        elements: 6,
        by: "Ada".to_owned(),
    };
    assert_eq!(record.cleared[0], first);
}

#[test]
fn settings_are_set_as_a_whole_and_freezing_alone() {
    let mut record = board();
    let settings = BoardSettings {
        viewers_chat: true,
        ..BoardSettings::default()
    };
    now(&mut record, &ManageRequest::Settings(settings)).unwrap();
    now(&mut record, &ManageRequest::Freeze(true)).unwrap();
    let frozen = BoardSettings {
        frozen: true,
        ..settings
    };
    assert_eq!(record.settings, frozen);
}
