//! Who is expected at an event: lists of the office are put together, and a form begins
//! with what is known of somebody.

use std::collections::BTreeMap;

use super::audit::{Doer, note};
use crate::domain::*;
use crate::format::pack_lists::Expected;
use crate::store::{Store, StoreError};

/// What became of an imported list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    pub added: usize,
    pub changed: usize,
    /// Were there before, and nothing about them is new.
    pub same: usize,
    /// The list as it was, to go back to.
    pub before: Vec<Expected>,
}

/// Adds people to the list of an event. Of who is there already what is newer counts.
/// A list that cannot be read is replaced.
pub async fn import(
    store: &Store,
    event: EventId,
    people: &[Expected],
    doer: &Doer,
) -> Result<Imported, StoreError> {
    let before = match store.expected_of(event).await {
        Err(StoreError::Damaged { .. }) => Vec::new(),
        read => read?,
    };
    let mut list = before.clone();
    let (added, changed, same) = merge(&mut list, people);
    if added + changed > 0 {
        replace(store, event, &list, doer).await?;
    }
    Ok(Imported {
        added,
        changed,
        same,
        before,
    })
}

/// Puts a list in place of the one that is there; an empty one clears it.
pub async fn replace(
    store: &Store,
    event: EventId,
    list: &[Expected],
    doer: &Doer,
) -> Result<(), StoreError> {
    store.keep_expected(event, list).await?;
    let detail = Some(list.len().to_string());
    note(
        store,
        event,
        doer,
        AuditAction::ExpectedChanged,
        None,
        detail,
    )
    .await
}

/// A form that begins with what is known of somebody. Nothing in it is confirmed: what is
/// typed wrong in a list is asked about as if the officer had typed it.
pub fn begin_form(person: &Expected, id: RegistrationId, event: &Event, now: Moment) -> Draft {
    let mut draft = Draft::new(id, event, now);
    for (field, text) in person.fields() {
        let usual = usual_text(field, text);
        draft.set(field, usual.as_deref().unwrap_or(text));
    }
    draft
}

/// Whether a form is as it began, but for what stands in every form of the tablet.
pub fn is_untouched(draft: &Draft, person: &Expected, event: &Event) -> bool {
    const OF_THE_TABLET: [Field; 3] = [Field::Officer, Field::ConsentLanguage, Field::ReadAloudBy];
    let begun = begin_form(person, draft.id, event, draft.started_at);
    let of_person = |draft: &Draft| {
        let mut fields = draft.fields.clone();
        fields.retain(|field, _| !OF_THE_TABLET.contains(field));
        fields
    };
    draft.step == 0
        && draft.confirmed.is_empty()
        && draft.decisions.is_empty()
        && of_person(draft) == of_person(&begun)
}

/// Adds people to a list and counts who was added, changed, and there already.
fn merge(list: &mut Vec<Expected>, people: &[Expected]) -> (usize, usize, usize) {
    let mut known = BTreeMap::new();
    for (at, person) in list.iter().enumerate() {
        learn(&mut known, at, person);
    }
    let (mut added, mut changed, mut same) = (0, 0, 0);
    for person in people {
        let found = signs(person).into_iter().find_map(|sign| {
            let at = *known.get(&sign)?;
            may_be_one(&list[at], person).then_some(at)
        });
        let at = match found {
            None => {
                added += 1;
                list.push(person.clone());
                list.len() - 1
            }
            Some(at) if takes_over(&mut list[at], person) => {
                changed += 1;
                at
            }
            Some(at) => {
                same += 1;
                at
            }
        };
        learn(&mut known, at, &list[at]);
    }
    (added, changed, same)
}

fn learn(known: &mut BTreeMap<String, usize>, at: usize, person: &Expected) {
    for sign in signs(person) {
        known.entry(sign).or_insert(at);
    }
}

/// By what somebody is found in a list, the surest first. Last comes all that is said of
/// them: a list that is imported twice adds nobody, whatever it says.
fn signs(person: &Expected) -> Vec<String> {
    let mut signs = person.traits().identities();
    let at = usize::from(!person.text(Field::Nik).is_empty()).min(signs.len());
    let invitation = person
        .invitation()
        .map(|code| format!("{}\n", plain_code(code)));
    signs.splice(at..at, invitation);
    signs.push(person.0.values().cloned().collect::<Vec<_>>().join("\n\n"));
    signs
}

/// Whether what is found by a name may be the same person: a NIK of each tells them apart,
/// unless they have one invitation, of which the NIK was put right.
fn may_be_one(one: &Expected, two: &Expected) -> bool {
    let nik = |person: &Expected| person.traits().nik;
    let code = |person: &Expected| person.invitation().map(plain_code);
    match (nik(one), nik(two)) {
        (Some(nik), Some(other)) => nik == other || (code(one).is_some() && code(one) == code(two)),
        _ => true,
    }
}

/// Takes over what is newer; whether anything is. Where somebody lives is one thing: the
/// older address goes as a whole.
fn takes_over(known: &mut Expected, newer: &Expected) -> bool {
    const PLACE: [Field; 4] = [
        Field::Outside,
        Field::Kelurahan,
        Field::Region,
        Field::PostalCode,
    ];
    let before = known.clone();
    let has_place = |person: &Expected| {
        [Field::Kelurahan, Field::Region]
            .iter()
            .any(|field| !person.text(*field).is_empty())
    };
    if has_place(newer) {
        for field in PLACE {
            known.0.remove(field.code());
        }
    }
    for (code, text) in &newer.0 {
        known.0.insert(code.clone(), text.clone());
    }
    *known != before
}

/// A code as it is compared: it may be read aloud, and typed in any case.
pub fn plain_code(code: &str) -> String {
    code.trim().to_uppercase()
}
