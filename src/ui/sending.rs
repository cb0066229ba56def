//! Sends batches by itself: when one was made, when the app starts, when the network
//! comes, and after the pause that follows a try that failed. Batches of every event on
//! the tablet go, also while the vault is locked or the event closed; one tab sends.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::network::Network;
use super::state::AppState;
use super::words::fill;
use crate::browser::http::own_address;
use crate::browser::wake::WakeLock;
use crate::browser::{clock, page, random, tabs};
use crate::domain::*;
use crate::operations::overdue::{Overdue, overdue};
use crate::operations::send::queue::{self, AGAIN_MS, Due, Rank, Waits};
use crate::operations::send::{Fetched, Outcome, SendDeed, Target, fetch_receipt, send_batch};
use crate::store::{StoreError, StoredBatch, StoredReceipt, UploadTrack};

const MINUTE_MS: i32 = 60_000;

/// What is on its way just now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Live {
    pub batch: BatchId,
    /// Bytes.
    pub sent: u64,
    pub size: u64,
    /// Bytes that the server had when this try began.
    began_with: u64,
    /// When it began, in milliseconds since the page was opened.
    began_at: f64,
}

impl Live {
    /// Bytes a second, and seconds that are left, once there is something to reckon from.
    pub fn rate(&self) -> Option<(u64, u64)> {
        let seconds = (clock::ticks() - self.began_at) / 1000.0;
        let bytes = self.sent.saturating_sub(self.began_with);
        if seconds < 0.5 || bytes == 0 {
            return None;
        }
        let rate = (bytes as f64 / seconds).max(1.0);
        let left = self.size.saturating_sub(self.sent) as f64 / rate;
        Some((rate as u64, left.ceil() as u64))
    }
}

/// What pages show of it. One for the app, made at the first use.
#[derive(Clone, Copy)]
pub struct Sender {
    pub live: RwSignal<Option<Live>>,
    /// Of the open event.
    pub tracks: RwSignal<Vec<UploadTrack>>,
    pub receipts: RwSignal<Vec<StoredReceipt>>,
    /// Batches that somebody stopped, until they are asked for again.
    pub stopped: RwSignal<BTreeSet<BatchId>>,
    /// Goes up each minute: what is late is told without anybody touching the screen.
    pub minute: RwSignal<u32>,
    /// Batches that stand in the way of a new event.
    /// `None`: not looked yet.
    pub overdue: RwSignal<Option<Option<Overdue>>>,
    /// Why nothing is sent: the database, not the network.
    pub trouble: RwSignal<Option<StoreError>>,
    work: StoredValue<Work, LocalStorage>,
}

#[derive(Default)]
struct Work {
    is_begun: bool,
    is_running: bool,
    /// Something changed while it ran.
    is_asked: bool,
    /// To be tried now, whatever their pause or their problem.
    urgent: BTreeSet<BatchId>,
    /// When the receipt of a batch was last looked for.
    looked: BTreeMap<BatchId, f64>,
    network: Network,
    timer: Option<i32>,
}

/// The app's sender.
pub fn sender() -> Sender {
    thread_local! {
        static SENDER: OnceCell<Sender> = const { OnceCell::new() };
    }
    SENDER.with(|sender| {
        *sender.get_or_init(|| {
            forever(|| Sender {
                live: RwSignal::new(None),
                tracks: RwSignal::default(),
                receipts: RwSignal::default(),
                stopped: RwSignal::default(),
                minute: RwSignal::new(0),
                overdue: RwSignal::new(None),
                trouble: RwSignal::new(None),
                work: StoredValue::new_local(Work::default()),
            })
        })
    })
}

/// Makes something that lasts as long as the app, whatever page it is made on.
pub(super) fn forever<T>(make: impl FnOnce() -> T) -> T {
    // A new root becomes the owner of what is drawn at present.
    let before = Owner::current();
    let owner = Owner::new_root(None);
    let made = owner.with(make);
    std::mem::forget(owner);
    if let Some(before) = before {
        before.set();
    }
    made
}

impl Sender {
    /// Begins to send by itself; once.
    pub fn begin(self, app: AppState) {
        let is_begun = self
            .work
            .try_update_value(|work| std::mem::replace(&mut work.is_begun, true));
        if is_begun != Some(false) {
            return;
        }
        std::mem::forget(page::on("online", move || self.start_anew(app)));
        page::every(MINUTE_MS, move || self.minute.update(|minute| *minute += 1));
        self.start_anew(app);
    }

    /// The app starts, the network came, or there is another token: what waits for a
    /// person is tried once more, and receipts are looked for.
    pub fn start_anew(self, app: AppState) {
        spawn_local(async move {
            self.read(app).await;
            if let Ok(refused) = refused_batches(app).await {
                self.work.update_value(|work| {
                    work.urgent.extend(refused);
                    work.looked.clear();
                });
            }
            self.wake(app);
        });
    }

    /// Looks whether there is something to send.
    pub fn wake(self, app: AppState) {
        let is_running = self.work.try_update_value(|work| {
            work.is_asked = work.is_running;
            std::mem::replace(&mut work.is_running, true)
        });
        if is_running == Some(false) {
            spawn_local(async move {
                let next = self.run(app).await;
                let is_asked = self.work.try_update_value(|work| {
                    work.is_running = false;
                    std::mem::take(&mut work.is_asked)
                });
                if is_asked == Some(true) {
                    self.wake(app);
                } else if let Some(pause) = next {
                    self.wake_after(app, pause);
                }
            });
        }
    }

    fn wake_after(self, app: AppState, pause: i64) {
        let pause = i32::try_from(pause.clamp(1000, AGAIN_MS * 5)).unwrap_or(MINUTE_MS);
        let timer = page::after(pause, move || self.wake(app));
        self.work.update_value(|work| {
            if let Some(before) = work.timer.replace(timer) {
                page::forget_after(before);
            }
        });
    }

    /// Sends a batch now, whatever stood in its way.
    pub fn send_now(self, app: AppState, batch: BatchId) {
        self.stopped.update(|stopped| {
            stopped.remove(&batch);
        });
        self.work.update_value(|work| {
            work.urgent.insert(batch);
        });
        self.wake(app);
    }

    /// Stops sending a batch, until somebody asks for it again or the app is started.
    pub fn stop(self, batch: BatchId) {
        self.stopped.update(|stopped| {
            stopped.insert(batch);
        });
        let is_under_way = self
            .live
            .with_untracked(|live| live.is_some_and(|live| live.batch == batch));
        if is_under_way {
            self.work.with_value(|work| work.network.0.stop());
        }
    }

    /// Reads where sending the batches of the open event stands, and its receipts. What
    /// cannot be read is told on the page of batches, and stops nothing else.
    pub async fn read(self, app: AppState) {
        let read = self.try_read(app).await;
        // What cannot be looked at stands in nobody's way.
        self.overdue.update(|overdue| {
            overdue.get_or_insert(None);
        });
        self.trouble.set(read.err());
    }

    async fn try_read(self, app: AppState) -> Result<(), StoreError> {
        let store = app.store();
        self.overdue.set(Some(overdue(&store, clock::now()).await?));
        let Some(id) = app.event_id() else {
            return Ok(());
        };
        let (tracks, receipts) = (store.tracks_of(id).await?, store.receipts_of(id).await?);
        if app.event_id() == Some(id) {
            self.tracks.set(tracks);
            self.receipts.set(receipts);
        }
        Ok(())
    }

    /// Does all there is to do, one batch after the other. Returns after how many
    /// milliseconds there is more.
    async fn run(self, app: AppState) -> Option<i64> {
        let lock = match tabs::sender_lock().await {
            Ok(Some(lock)) => lock,
            // The other tab may be closed meanwhile.
            Ok(None) => return Some(AGAIN_MS),
            // Without the browser's locks the app gives out no numbers either.
            Err(_) => return None,
        };
        let done = self.work_off(app).await;
        self.live.set(None);
        drop(lock);
        done.unwrap_or_else(|error| {
            self.trouble.set(Some(error));
            Some(AGAIN_MS)
        })
    }

    async fn work_off(self, app: AppState) -> Result<Option<i64>, StoreError> {
        let mut awake = None;
        loop {
            match self.next_job(app).await? {
                Next::Nothing => return Ok(None),
                Next::Later(pause) => return Ok(Some(pause)),
                Next::Look(batch, target) => self.look(app, &batch, &target).await?,
                Next::Send(batch, target) => {
                    if awake.is_none() {
                        awake = Some(WakeLock::ask().await);
                    }
                    self.send(app, &batch, &target).await?;
                }
            }
        }
    }

    /// The network, ready to be asked; what is begun with it is noted.
    fn network(self, note: impl FnOnce(&mut Work)) -> Network {
        self.work.update_value(note);
        let network = self.work.with_value(|work| work.network.clone());
        network.0.begin();
        network
    }

    async fn send(
        self,
        app: AppState,
        batch: &StoredBatch,
        target: &Target,
    ) -> Result<(), StoreError> {
        let network = self.network(|work| {
            work.urgent.remove(&batch.id);
        });
        let had = self.tracks.with_untracked(|tracks| {
            let track = tracks.iter().find(|track| track.batch_id == batch.id);
            track.map_or(0, |track| track.sent)
        });
        let live = Live {
            batch: batch.id,
            sent: had,
            size: batch.size as u64,
            began_with: had,
            began_at: clock::ticks(),
        };
        self.live.set(Some(live));
        let on_sent = Rc::new(move |sent| {
            self.live.set(Some(Live { sent, ..live }));
        });
        let doer = app.doer();
        let mut chance = [0; 4];
        random::fill(&mut chance);
        let deed = SendDeed {
            doer: &doer,
            clock: &clock::now,
            chance: u32::from_le_bytes(chance),
            on_sent,
        };
        let outcome = send_batch(&app.store(), &network, target, batch, &deed).await;
        self.live.set(None);
        if matches!(outcome, Err(StoreError::Damaged { .. })) {
            // The card says so when somebody asks; the others go on.
            self.stop(batch.id);
            return Ok(());
        }
        self.show(app, batch.event_id).await?;
        if outcome? == Outcome::Delivered {
            let l = app.language.get_untracked().later_words();
            app.say(
                fill(l.delivered_toast, &[&batch.sequence.to_string()]),
                None,
            );
        }
        Ok(())
    }

    async fn look(
        self,
        app: AppState,
        batch: &StoredBatch,
        target: &Target,
    ) -> Result<(), StoreError> {
        let network = self.network(|work| {
            work.looked.insert(batch.id, clock::ticks());
        });
        let found = fetch_receipt(&app.store(), &network, target, batch, &app.doer()).await?;
        let l = app.language.get_untracked().later_words();
        let number = batch.sequence.to_string();
        match found {
            Fetched::Taken(taken) => {
                self.show(app, batch.event_id).await?;
                if !taken.is_known {
                    app.say(fill(l.receipt_taken, &[&number]), None);
                }
            }
            Fetched::NotBelieved(_) => app.say(fill(l.receipt_not_believed, &[&number]), None),
            // Nobody asked, so nobody is told; it is looked for again.
            Fetched::NoneYet | Fetched::Failed(_) => {}
        }
        Ok(())
    }

    /// Shows what changed, here and in other tabs.
    async fn show(self, app: AppState, event: EventId) -> Result<(), StoreError> {
        self.read(app).await;
        if app.event_id() == Some(event) {
            app.read_batches().await?;
        }
        Ok(())
    }

    /// The next thing to do, or when there is one.
    async fn next_job(self, app: AppState) -> Result<Next, StoreError> {
        let mut soonest: Option<i64> = None;
        let mut first: Option<(Rank, StoredBatch, Target)> = None;
        for (batches, log, tracks, target) in waiting_batches(app).await? {
            for batch in batches {
                let track = tracks.iter().find(|track| track.batch_id == batch.id);
                match self.due(batch.id, Standing::of(batch.id, &log), track) {
                    Due::Now(rank) if first.as_ref().is_none_or(|known| rank < known.0) => {
                        first = Some((rank, batch, target.clone()));
                    }
                    Due::Now(_) | Due::Never => {}
                    Due::In(pause) => {
                        soonest = Some(soonest.map_or(pause, |before| before.min(pause)));
                    }
                }
            }
        }
        Ok(match first {
            Some((rank, batch, target)) if rank.is_sending() => Next::Send(batch, target),
            Some((_, batch, target)) => Next::Look(batch, target),
            None => soonest.map_or(Next::Nothing, Next::Later),
        })
    }

    /// When there is something to do for a batch.
    fn due(self, batch: BatchId, standing: Standing, track: Option<&UploadTrack>) -> Due {
        let now = clock::now().unix_ms();
        let (is_asked, looked) = self.work.with_value(|work| {
            let looked = work.looked.get(&batch).copied();
            (work.urgent.contains(&batch), looked)
        });
        let waits = Waits {
            is_online: page::is_online(),
            is_asked,
            is_stopped: self.stopped.with_untracked(|all| all.contains(&batch)),
            pause_ms: track.map_or(0, |track| track.next_at.unix_ms() - now),
            looked_ms_ago: looked.map(|looked| (clock::ticks() - looked) as i64),
        };
        queue::due(standing, waits)
    }
}

enum Next {
    Send(StoredBatch, Target),
    Look(StoredBatch, Target),
    /// In so many milliseconds.
    Later(i64),
    Nothing,
}

type Waiting = (
    Vec<StoredBatch>,
    Vec<TransportEntry>,
    Vec<UploadTrack>,
    Target,
);

/// The sealed batches of each event that has somewhere to send them.
async fn waiting_batches(app: AppState) -> Result<Vec<Waiting>, StoreError> {
    let store = app.store();
    let own = own_address().unwrap_or_default();
    let mut all = Vec::new();
    for event in store.events().await?.0 {
        let id = event.id();
        let ring = match store.ring(id).await {
            // Its own page says so; the others are sent.
            Err(StoreError::Damaged { .. }) => continue,
            ring => ring?,
        };
        let Some(upload) = ring.and_then(|(ring, _)| ring.upload) else {
            continue;
        };
        let Some(target) = Target::of(&upload, &own, &Network::default()) else {
            continue;
        };
        let mut batches = store.batches_of(id).await?;
        batches.retain(|batch| batch.sealed && !batch.is_wiped);
        if !batches.is_empty() {
            let log = store.steps_of(id).await?;
            all.push((batches, log, store.tracks_of(id).await?, target));
        }
    }
    Ok(all)
}

/// Batches whose sending waits for a person.
async fn refused_batches(app: AppState) -> Result<Vec<BatchId>, StoreError> {
    let waiting = waiting_batches(app).await?;
    let refused = waiting.iter().flat_map(|(batches, log, ..)| {
        batches
            .iter()
            .map(|batch| batch.id)
            .filter(|id| matches!(Standing::of(*id, log).state, BatchState::NeedsAttention(_)))
    });
    Ok(refused.collect())
}
