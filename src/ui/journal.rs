//! Keeps the journal (`store/journal.rs`) in files beside the database, and brings a
//! database back that the browser threw away. Another tab's files stay beside this one's;
//! one tab keeps all of them in order.

use std::cell::Cell;
use std::rc::Rc;

use futures_channel::mpsc;
use futures_util::StreamExt;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::AppState;
use crate::browser::clock;
use crate::browser::error::JsError;
use crate::browser::folder::Folder;
use crate::browser::{page, random, tabs};
use crate::format::journal::{JournalEntry, read_entry, write_entry};
use crate::store::{BroughtBack, StoreError};

/// Name of the folder.
const FOLDER: &str = "journal";
/// Files after which the journal is begun anew.
const MOST_FILES: usize = 500;

/// Whether everything lies on the tablet twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondCopy {
    /// Not looked yet.
    Unknown,
    Kept,
    /// What was written last is not in it; it is tried again with the next.
    Behind,
    /// This browser has no files of the app's own.
    Unsupported,
}

/// What keeps the journal from being kept.
enum Problem {
    Files(JsError),
    Store,
}

impl Problem {
    fn state(&self) -> SecondCopy {
        // A browser that lacks it says so in one of these ways.
        const LACKS: [&str; 3] = ["NotSupported", "NotSupportedError", "TypeError"];
        match self {
            Problem::Files(error) if LACKS.contains(&error.name.as_str()) => {
                SecondCopy::Unsupported
            }
            Problem::Files(_) | Problem::Store => SecondCopy::Behind,
        }
    }
}

impl From<JsError> for Problem {
    fn from(error: JsError) -> Self {
        Problem::Files(error)
    }
}

impl From<StoreError> for Problem {
    fn from(_: StoreError) -> Self {
        Problem::Store
    }
}

/// Begins, and goes on as long as the app is open.
pub fn begin(app: AppState) {
    thread_local! {
        static IS_BEGUN: Cell<bool> = const { Cell::new(false) };
    }
    if !IS_BEGUN.replace(true) {
        spawn_local(async move {
            if let Err(problem) = keep(app).await {
                app.second_copy.set(problem.state());
            }
        });
    }
}

/// The files, and the number of the next.
struct Files {
    folder: Folder,
    /// Of this tab: two of them may write at the same time.
    tab: String,
    last: u64,
    count: usize,
}

impl Files {
    async fn open() -> Result<Self, Problem> {
        let folder = Folder::private(FOLDER).await?;
        let names = folder.names("").await?;
        let mut tab = [0; 4];
        random::fill(&mut tab);
        Ok(Files {
            folder,
            tab: format!("{:08x}", u32::from_le_bytes(tab)),
            last: names.iter().map(|name| number_of(name)).max().unwrap_or(0),
            count: names.len(),
        })
    }

    /// A name after all that are there. Numbers are milliseconds where the clock allows
    /// it, so that those of two tabs stand in their order.
    fn next(&mut self) -> String {
        let now = u64::try_from(clock::now().unix_ms()).unwrap_or(0);
        self.last = now.max(self.last + 1);
        self.count += 1;
        format!("{:015}-{}", self.last, self.tab)
    }

    async fn add(&mut self, entry: &JournalEntry) -> Result<(), Problem> {
        let name = self.next();
        Ok(self.folder.write(&name, &write_entry(entry)).await?)
    }

    /// Every entry, oldest first. What is not whole was being written when the tablet
    /// stopped.
    async fn read(&self) -> Result<Vec<JournalEntry>, Problem> {
        let mut entries = Vec::new();
        for name in self.folder.names("").await? {
            entries.extend(read_entry(&self.folder.read(&name).await?));
        }
        Ok(entries)
    }

    /// Writes what stands in the database, and takes older files away.
    async fn renew(&mut self, app: AppState) -> Result<(), Problem> {
        let before = self.folder.names("").await?;
        let store = app.store();
        for part in &store.whole_journal().await? {
            self.add(part).await?;
        }
        if store.events().await?.0.is_empty() {
            // A database without an event takes the place of nothing.
            return Ok(());
        }
        for name in &before {
            self.folder.remove(name).await?;
        }
        self.count = self.count.saturating_sub(before.len());
        Ok(())
    }
}

fn number_of(name: &str) -> u64 {
    let digits = name.split('-').next().unwrap_or_default();
    digits.parse().unwrap_or(0)
}

async fn keep(app: AppState) -> Result<(), Problem> {
    let mut files = Files::open().await?;
    // Held as long as this tab is open.
    let order = tabs::journal_lock().await?;
    if order.is_some() && bring_back(app, &files).await? {
        page::reload();
        return Ok(());
    }
    let (work, mut asked) = mpsc::unbounded();
    let again = work.clone();
    app.store().begin_journal(Rc::new(move || {
        // The other end lives as long as the app.
        let _ = work.unbounded_send(());
    }));
    let mut is_old = order.is_some();
    // What was written before stands in the database.
    let _ = again.unbounded_send(());
    while let Some(()) = asked.next().await {
        is_old |= files.count > MOST_FILES && order.is_some();
        // What was destroyed here may not wait for another tab.
        is_old |= app.store().take_journal_renewal();
        let done = catch_up(app, &mut files, is_old).await;
        is_old = done.is_err();
        app.second_copy
            .set(done.map_or_else(|problem| problem.state(), |()| SecondCopy::Kept));
    }
    Ok(())
}

/// Writes what waits. After an error all of it is written again at the next time.
async fn catch_up(app: AppState, files: &mut Files, is_old: bool) -> Result<(), Problem> {
    let store = app.store();
    // On a full tablet the room that is left belongs to the next registration. Once the
    // reserve is there again, which is a write as well, the journal goes on.
    if !store.has_ballast().await? {
        return Err(Problem::Store);
    }
    if is_old {
        files.renew(app).await?;
    }
    for entry in store.take_journal() {
        files.add(&entry).await?;
    }
    Ok(())
}

/// Brings back what the database lost, if it lost all of it.
async fn bring_back(app: AppState, files: &Files) -> Result<bool, Problem> {
    let store = app.store();
    let (events, damaged) = store.events().await?;
    if files.count == 0 || !events.is_empty() || damaged > 0 {
        return Ok(false);
    }
    let entries = files.read().await?;
    let back = store.bring_back(entries).await?;
    let Some(BroughtBack { registrations, .. }) = back else {
        return Ok(false);
    };
    store.note_brought_back(registrations).await?;
    Ok(true)
}
