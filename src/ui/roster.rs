//! The registrations of the open event, as lists show them: read once, then
//! changed one by one, because reading 10,000 after each save would be felt.

use std::sync::Arc;

use futures_util::future::{LocalBoxFuture, join4};
use leptos::prelude::*;

use super::attending::read_attending;
use super::elsewhere::{Elsewhere, elsewhere};
use super::invited::invited;
use super::journal;
use super::sending::sender;
use super::state::AppState;
use crate::browser::canaries;
use crate::domain::*;
use crate::format::config::{rules, rules_of};
use crate::format::rules_record::RulesRecord;
use crate::operations::canary::{Canary, loss};
use crate::operations::load_pack::pack_of;
use crate::store::{Head, StoreError};

/// One registration in a list. Names are masked; the number is what people
/// talk about.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    pub id: RegistrationId,
    pub revision: u32,
    pub number: String,
    pub masked_name: String,
    /// What the business does, and where; its name often names the owner.
    pub sector: Sector,
    pub place: &'static str,
    pub sequence: u64,
    pub voided: bool,
    pub warnings: usize,
    pub recorded_at: Moment,
    said: Said,
    counter: u32,
    traits: Traits,
    haystack: String,
}

/// What was said of a person that others of the event may say as well.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    birth_place: String,
    street: String,
    kelurahan: Option<&'static str>,
    business: String,
    occupation: String,
    income: u64,
}

/// All of them, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    lines: Vec<Arc<Line>>,
    /// Registrations that cannot be read.
    pub damaged: usize,
}

impl Roster {
    /// From the newest revisions, in the order of their numbers.
    pub fn of(heads: &[Head], damaged: usize) -> Self {
        Roster {
            lines: heads
                .iter()
                .map(|head| Arc::new(Line::of(&head.registration)))
                .collect(),
            damaged,
        }
    }

    /// Puts a revision in its place.
    pub fn put(&mut self, registration: &Registration) {
        let line = Arc::new(Line::of(registration));
        match self
            .lines
            .binary_search_by_key(&line.counter, |line| line.counter)
        {
            Ok(place) => self.lines[place] = line,
            Err(place) => self.lines.insert(place, line),
        }
    }

    /// The latest numbers first, at most so many.
    pub fn latest(&self, most: usize) -> Vec<Arc<Line>> {
        self.lines.iter().rev().take(most).cloned().collect()
    }

    /// What matches what was typed, the latest numbers first: at most so many,
    /// and how many there are in all.
    pub fn search(&self, typed: &str, most: usize) -> (Vec<Arc<Line>>, usize) {
        let query = Query::new(typed);
        let mut found = Vec::new();
        let mut count = 0;
        for line in self.lines.iter().rev() {
            if matches(&query, &line.haystack) {
                count += 1;
                if found.len() < most {
                    found.push(line.clone());
                }
            }
        }
        (found, count)
    }

    /// What was said in a field, by number: to be offered to the next.
    pub fn said(&self, field: Field) -> Vec<String> {
        let lines = self.lines.iter().filter(|line| !line.voided);
        let said = lines.filter_map(|line| line.in_field(field));
        said.filter(|text| !text.is_empty()).collect()
    }

    /// How many registrations there are, voided ones included.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// How many stand.
    pub fn active(&self) -> usize {
        self.lines.iter().filter(|line| !line.voided).count()
    }

    /// The newest revision of a registration, if it is here.
    pub fn revision_of(&self, id: RegistrationId) -> Option<u32> {
        self.lines
            .iter()
            .find(|line| line.id == id)
            .map(|line| line.revision)
    }

    /// Which registration has a number.
    pub fn id_of(&self, number: &str) -> Option<RegistrationId> {
        let line = self.lines.iter().find(|line| line.number == number)?;
        Some(line.id)
    }

    /// When the last one was recorded.
    pub fn last_recorded_at(&self) -> Option<Moment> {
        self.lines
            .iter()
            .max_by_key(|line| line.sequence)
            .map(|line| line.recorded_at)
    }

    /// When the oldest of the newest revisions after a sequence was recorded.
    pub fn oldest_after(&self, sequence: u64) -> Option<Moment> {
        let later = self.lines.iter().filter(|line| line.sequence > sequence);
        later.map(|line| line.recorded_at).min()
    }

    /// Registrations that stand and may be of the person with these traits, without
    /// the person's own; the strongest reason first, at most so many.
    pub fn alike(
        &self,
        own: RegistrationId,
        traits: &Traits,
        most: usize,
    ) -> Vec<(Likeness, Arc<Line>)> {
        let mut found: Vec<_> = self
            .lines
            .iter()
            .filter(|line| !line.voided && line.id != own)
            .filter_map(|line| Some((traits.likeness(&line.traits)?, line.clone())))
            .collect();
        found.sort_by_key(|(likeness, line)| (*likeness, line.counter));
        found.truncate(most);
        found
    }

    /// Every line, by number.
    pub fn all(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().map(AsRef::as_ref)
    }

    /// Sequences of the newest revisions.
    pub fn sequences(&self) -> impl Iterator<Item = u64> {
        self.lines.iter().map(|line| line.sequence)
    }
}

impl Line {
    /// What makes it the same person as another.
    pub fn identities(&self) -> Vec<String> {
        self.traits.identities()
    }

    /// What was said in a field that may be offered to others.
    fn in_field(&self, field: Field) -> Option<String> {
        let said = &self.said;
        Some(match field {
            Field::BirthPlace => said.birth_place.clone(),
            Field::Street => without_house_number(&said.street).to_owned(),
            Field::Kelurahan => kelurahan(said.kelurahan?)?.name.to_owned(),
            Field::BusinessName => said.business.clone(),
            Field::Sector => self.sector.code().to_owned(),
            Field::Occupation => said.occupation.clone(),
            Field::Income => grouped(said.income),
            _ => return None,
        })
    }

    fn of(registration: &Registration) -> Self {
        let details = &registration.details;
        let person = &details.person;
        let number = registration.number.to_string();
        Line {
            id: registration.id,
            revision: registration.revision,
            masked_name: person.name.masked(),
            sector: details.business.sector,
            place: details.address.place.name(),
            sequence: registration.sequence,
            voided: !registration.is_active(),
            warnings: details.checks.warnings.len(),
            recorded_at: registration.recorded_at,
            said: Said {
                birth_place: person.birth_place.as_str().to_owned(),
                street: details.address.street.clone(),
                kelurahan: match details.address.place {
                    Place::City { kelurahan, .. } => Some(kelurahan),
                    Place::Elsewhere { .. } => None,
                },
                business: details.business.name.clone(),
                occupation: details.work.occupation.clone(),
                income: details.work.income,
            },
            counter: registration.number.counter(),
            traits: Traits::of(person),
            haystack: haystack(
                &number,
                person.name.as_str(),
                person.nik.as_str(),
                &details.business.name,
            ),
            number,
        }
    }
}

/// Reads all that is shown of the open event. What was saved, or which event was
/// opened, while it was read is not overwritten with what was before.
pub fn read_event(app: AppState) -> LocalBoxFuture<'static, Result<(), StoreError>> {
    Box::pin(async move {
        let store = app.store();
        let stand = || {
            app.event.with_untracked(|event| {
                event.as_ref().map(|event| {
                    let state = event.state;
                    (event.id(), state.saved, state.batches, state.attended)
                })
            })
        };
        while let Some(before @ (id, ..)) = stand() {
            let (heads, batches, carried, backups) = join4(
                store.registrations_of(id),
                store.batches_of(id),
                store.steps_of(id),
                store.backups_of(id),
            )
            .await;
            let (batches, carried, backups) = (batches?, carried?, backups?);
            let ring = store.ring(id).await?.map(|(ring, _)| ring);
            if stand() != Some(before) {
                continue;
            }
            // What can be handed over is known while the vault is locked, people are not.
            let said = ring.as_ref().and_then(|ring| ring.rules.as_deref());
            let said = RulesRecord::of_text(said);
            let go_by = |consent: &[ConsentText]| {
                app.use_rules(rules_of(&said, consent).unwrap_or_else(|_| rules()));
            };
            app.vault.ring.set(ring);
            app.batches.set(batches);
            app.carried.set(carried);
            app.backups.set(backups);
            sender().read(app).await;
            let (heads, damaged) = match heads {
                Err(StoreError::Locked) => {
                    go_by(&[]);
                    break;
                }
                heads => heads?,
            };
            // A pack that cannot be read takes nothing away that is built in.
            let pack = pack_of(&store, id).await.ok().flatten();
            let (consent, earlier) =
                pack.map_or_else(Default::default, |pack| (pack.consent, pack.earlier));
            go_by(&consent);
            let neighbours = store.neighbours_of(id).await.unwrap_or_default();
            app.roster.set(Roster::of(&heads, damaged.len()));
            app.is_read.set(true);
            if let Some(event) = app.event.get_untracked() {
                let code = &event.tablet.event.code;
                elsewhere(app).set(Elsewhere::of(code, earlier, neighbours));
            }
            let drafts = match store.drafts_of(id).await {
                Err(StoreError::Locked) => break,
                drafts => drafts?,
            };
            if app.event_id() == Some(id) {
                app.drafts.set(drafts);
            }
            invited(app).read().await?;
            read_attending(app).await?;
            break;
        }
        Ok(())
    })
}

/// Holds the canaries against the open event, and against events of which only
/// the canary is left.
pub fn look_for_loss(app: AppState) -> LocalBoxFuture<'static, Result<(), StoreError>> {
    Box::pin(async move {
        let store = app.store();
        if store.trial().await?.is_some() {
            // The tablet was switched off in the middle of a trial.
            store.erase_trials().await?;
            app.events.set(store.events().await?.0);
        }
        let open = app
            .event
            .with_untracked(|event| event.as_ref().map(|event| (event.id(), event.state)));
        let canaries = canaries::all();
        let mut lost = None;
        if let Some((id, state)) = open {
            let canary = canaries.get(&id).copied().unwrap_or_default();
            lost = loss(&store, id, Some(&state), canary).await?;
            if lost.is_none() && !canaries.contains_key(&id) {
                // A new event, or localStorage was cleared.
                canaries::keep(id, Canary::of(&state));
            }
        }
        for (id, canary) in canaries {
            let is_known = app
                .events
                .with_untracked(|events| events.iter().any(|event| event.id() == id));
            if !is_known && lost.is_none() {
                lost = loss(&store, id, None, canary).await?;
            }
        }
        app.loss.set(lost);
        sender().begin(app);
        journal::begin(app);
        Ok(())
    })
}
