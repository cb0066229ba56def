//! Who is expected at the open event, as its page shows it: read with the event, forgotten
//! with it, and held against who is registered.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::attending::attending;
use super::sending::forever;
use super::state::AppState;
use crate::domain::*;
use crate::format::pack_lists::Expected;
use crate::operations::expected::plain_code;
use crate::store::StoreError;

/// Somebody who is expected. Names are masked, as in every list.
#[derive(Debug, PartialEq, Eq)]
pub struct Guest {
    pub known: Expected,
    pub masked_name: String,
    /// What makes the row another one.
    pub key: String,
    identities: Vec<String>,
    haystack: String,
}

/// All of them, in the order of the office.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GuestList {
    guests: Vec<Arc<Guest>>,
    /// There is a list, and it cannot be read.
    pub is_damaged: bool,
}

/// Whether somebody was here already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    NotYet,
    /// Came and did not register.
    Attended {
        at: Moment,
    },
    /// Somebody began a form and did not save it.
    Draft(RegistrationId),
    Registered {
        id: RegistrationId,
        number: String,
        at: Moment,
    },
}

/// Who is registered or in a draft, by what they are known by; the surest wins.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arrived(BTreeMap<String, Standing>);

/// The list of the open event, for as long as the app lasts.
#[derive(Clone, Copy)]
pub struct Invited {
    app: AppState,
    pub list: RwSignal<GuestList>,
    /// How often it was read.
    edition: StoredValue<u32>,
}

/// The list of the open event.
pub fn invited(app: AppState) -> Invited {
    thread_local! {
        static INVITED: OnceCell<Invited> = const { OnceCell::new() };
    }
    INVITED.with(|invited| {
        *invited.get_or_init(|| {
            forever(|| {
                let list = RwSignal::new(GuestList::default());
                Effect::new(move |_| {
                    if !app.is_read.get() {
                        list.set(GuestList::default());
                    }
                });
                Invited {
                    app,
                    list,
                    edition: StoredValue::new(0),
                }
            })
        })
    })
}

impl Invited {
    /// Reads the list of the open event. A list that cannot be read stops nothing else.
    pub async fn read(self) -> Result<(), StoreError> {
        let app = self.app;
        let Some(id) = app.event_id() else {
            return Ok(());
        };
        let (people, is_damaged) = match app.store().expected_of(id).await {
            Err(StoreError::Damaged { .. }) => (Vec::new(), true),
            Err(StoreError::Locked) => return Ok(()),
            people => (people?, false),
        };
        if app.event_id() != Some(id) || !app.is_read.get_untracked() {
            return Ok(());
        }
        self.edition.update_value(|edition| *edition += 1);
        let edition = self.edition.get_value();
        let guests = (0..)
            .zip(people)
            .map(|(at, known)| Arc::new(Guest::of(known, format!("{edition}/{at}"))))
            .collect();
        self.list.set(GuestList { guests, is_damaged });
        Ok(())
    }

    /// Whether there is anybody to be looked for; tracked.
    pub fn is_there(self) -> bool {
        self.list.with(|list| !list.guests.is_empty())
    }

    /// Who arrived so far; tracked.
    pub fn arrived(self) -> Arrived {
        let mut arrived = BTreeMap::new();
        attending(self.app).with(|entries| {
            for entry in entries {
                let said = &entry.attendee;
                let sign = match &said.invitation {
                    Some(code) => invitation_sign(code),
                    None => normalise(said.name.as_str()),
                };
                let at = entry.recorded_at;
                arrived.insert(sign, Standing::Attended { at });
            }
        });
        self.app.drafts.with(|drafts| {
            for draft in drafts.iter().filter(|draft| draft.corrects.is_none()) {
                let mut signs = Traits::typed(draft).identities();
                signs.push(normalise(draft.text(Field::Name)));
                for sign in signs {
                    arrived.insert(sign, Standing::Draft(draft.id));
                }
            }
        });
        self.app.roster.with(|roster| {
            for line in roster.all().filter(|line| !line.voided) {
                for sign in line.identities() {
                    let standing = Standing::Registered {
                        id: line.id,
                        number: line.number.clone(),
                        at: line.recorded_at,
                    };
                    arrived.insert(sign, standing);
                }
            }
        });
        Arrived(arrived)
    }
}

impl GuestList {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.guests.len()
    }

    /// How many of them are registered.
    pub fn registered(&self, arrived: &Arrived) -> usize {
        let guests = self.guests.iter();
        guests
            .filter(|guest| matches!(arrived.standing(guest), Standing::Registered { .. }))
            .count()
    }

    /// Who matches what was typed: at most so many, and how many there are in all.
    pub fn search(&self, typed: &str, most: usize) -> (Vec<Arc<Guest>>, usize) {
        let query = Query::new(typed);
        let found = || {
            let guests = self.guests.iter();
            guests.filter(|guest| matches(&query, &guest.haystack))
        };
        (found().take(most).cloned().collect(), found().count())
    }

    /// Whose invitation or NIK this is, if it is one person's.
    pub fn exactly(&self, text: &str) -> Option<Arc<Guest>> {
        let code = plain_code(text);
        let nik = Nik::parse(text).ok();
        let mut found = self.guests.iter().filter(|guest| {
            let own = guest.known.invitation().map(plain_code);
            own.as_ref() == Some(&code)
                || nik
                    .as_ref()
                    .is_some_and(|nik| guest.identities.iter().any(|own| own == nik.as_str()))
        });
        let first = found.next()?;
        found.next().is_none().then(|| first.clone())
    }

    /// The people as they are kept.
    pub fn people(&self) -> Vec<Expected> {
        let guests = self.guests.iter();
        guests.map(|guest| guest.known.clone()).collect()
    }

    /// Whoever a draft is of.
    pub fn guest_of(&self, arrived: &Arrived, id: RegistrationId) -> Option<&Guest> {
        let mut guests = self.guests.iter().map(AsRef::as_ref);
        guests.find(|guest| arrived.standing(guest) == Standing::Draft(id))
    }
}

impl Arrived {
    /// Whether somebody was here already.
    pub fn standing(&self, guest: &Guest) -> Standing {
        let mut found = guest.identities.iter().filter_map(|sign| self.0.get(sign));
        let first = found.clone().next();
        let registered = found.find(|standing| matches!(standing, Standing::Registered { .. }));
        registered.or(first).unwrap_or(&Standing::NotYet).clone()
    }
}

/// By which somebody is known who came with an invitation.
fn invitation_sign(code: &str) -> String {
    format!("{}\n", plain_code(code))
}

/// A name as lists show it. A pack may say one that no card has.
fn masked(name: &str) -> String {
    let first = name.chars().next().unwrap_or_default();
    FullName::parse(name).map_or_else(|_| format!("{first}•••"), |name| name.masked())
}

impl Guest {
    fn of(known: Expected, key: String) -> Self {
        let traits = known.traits();
        let name = known.text(Field::Name);
        let mut identities = traits.identities();
        if identities.is_empty() {
            // Nothing but a name: enough to find the form that was begun, not to say who is registered.
            identities.push(normalise(name));
        }
        identities.extend(known.invitation().map(invitation_sign));
        let phone = traits.phone.as_ref().map_or("", Phone::e164);
        let haystack = haystack(
            known.invitation().unwrap_or_default(),
            name,
            traits.nik.as_ref().map_or("", Nik::as_str),
            known.text(Field::BusinessName),
        );
        Guest {
            masked_name: masked(name),
            haystack: format!(
                "{haystack}\n{}\n{}",
                phone.replacen("+62", "0", 1),
                phone.trim_start_matches('+')
            ),
            identities,
            key,
            known,
        }
    }

    /// The last digits of the NIK, if it is known: on the card the officer compares them.
    pub fn nik_end(&self) -> Option<String> {
        let nik = self.known.traits().nik?;
        Some(nik.as_str()[12..].to_owned())
    }
}
