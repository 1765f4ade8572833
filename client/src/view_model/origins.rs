//! The answer to "Who drew this?", in rows.

use std::collections::BTreeMap;

use super::person::PersonColor;
use shared::api::{ElementOrigin, Trace, TracedPerson};
use shared::id::PersonId;

/// What one person did to the elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OriginRow {
    /// The name, if it is known.
    pub(crate) name: Option<String>,
    /// The colour of the person.
    pub(crate) color: PersonColor,
    /// Whether the person drew them, not only changed them last.
    pub(crate) drew: bool,
    /// The number of elements.
    pub(crate) elements: usize,
    /// The first and the last time that is known, in milliseconds since 1970.
    pub(crate) times_ms: Option<(u64, u64)>,
}

impl OriginRow {
    /// What the person did, such as "drew 3 elements".
    pub(crate) fn deed(&self) -> String {
        let deed = if self.drew { "drew" } else { "last changed" };
        match self.elements {
            1 => format!("{deed} this element"),
            several => format!("{deed} {several} elements"),
        }
    }
}

/// Makes the rows: first one for each person who drew elements, then one for each person who changed
/// elements last. Both parts are sorted by time.
pub(crate) fn origin_rows(origins: &[ElementOrigin]) -> Vec<OriginRow> {
    let created = origins.iter().map(|origin| &origin.created);
    let changed = origins.iter().filter_map(|origin| origin.changed.as_ref());
    let mut rows = rows_of(created, true);
    rows.extend(rows_of(changed, false));
    rows
}

fn rows_of<'a>(traces: impl Iterator<Item = &'a Trace>, drew: bool) -> Vec<OriginRow> {
    let mut rows: BTreeMap<Option<PersonId>, OriginRow> = BTreeMap::new();
    for Trace { by, at_ms } in traces {
        let row = rows
            .entry(by.as_ref().map(|by| by.person))
            .or_insert_with(|| empty_row(by.as_ref(), drew));
        row.elements += 1;
        if let Some(at) = *at_ms {
            row.times_ms = Some(match row.times_ms {
                Some((first, last)) => (first.min(at), last.max(at)),
                None => (at, at),
            });
        }
    }
    let mut rows: Vec<OriginRow> = rows.into_values().collect();
    rows.sort_by_key(|row| row.times_ms.map(|(first, _)| first));
    rows
}

fn empty_row(by: Option<&TracedPerson>, drew: bool) -> OriginRow {
    OriginRow {
        name: by.map(|by| by.name.clone()),
        color: PersonColor::of(by.map(|by| by.color).unwrap_or_default()),
        drew,
        elements: 0,
        times_ms: None,
    }
}

#[cfg(test)]
mod tests {
    use shared::id::ElementId;
    use shared::model::Color;

    use super::*;

    fn trace(person: u8, at_ms: u64) -> Trace {
        let person = TracedPerson {
            person: PersonId::from_bytes([person; 16]),
            name: format!("Person {person}"),
            color: Color::Red,
        };
        Trace {
            by: Some(person),
            at_ms: Some(at_ms),
        }
    }

    fn origin(id: u8, created: Trace, changed: Option<Trace>) -> ElementOrigin {
        let id = ElementId::from_bytes([id; 16]);
        ElementOrigin {
            id,
            created,
            changed,
        }
    }

    #[test]
    fn people_are_listed_once_with_their_times() {
        let origins = [
            origin(1, trace(2, 50), None),
            origin(2, trace(1, 20), Some(trace(2, 60))),
            origin(3, trace(1, 10), None),
        ];
        let rows = origin_rows(&origins);
        let shown: Vec<_> = rows.iter().map(|row| (row.deed(), row.times_ms)).collect();
        let expected = [
            ("drew 2 elements", (10, 20)),
            ("drew this element", (50, 50)),
            ("last changed this element", (60, 60)),
        ];
        let expected = expected.map(|(deed, times)| (deed.to_owned(), Some(times)));
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_earlier_versions_did_not_note_is_unknown() {
        let unknown = Trace {
            by: None,
            at_ms: None,
        };
        let rows = origin_rows(&[origin(1, unknown, None)]);
        assert_eq!((&rows[0].name, rows[0].times_ms), (&None, None));
    }
}
