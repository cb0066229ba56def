//! Sending, against a server in memory whose network fails as it is told. What real
//! servers do is tested with real ones, in the journeys.

mod server;

use std::cell::Cell;
use std::rc::Rc;

use pollster::block_on;
use proptest::prelude::*;

use super::http::*;
use super::*;
use crate::format::digest::sha256;
use crate::operations::send::tus::PIECE;
use crate::store::StoredEvent;
use crate::store::samples::*;
use server::{BASE, Fault, Server};

/// A tablet with a batch of so many bytes.
struct Tablet {
    store: Store,
    event: StoredEvent,
    batch: StoredBatch,
    bytes: Vec<u8>,
    protocol: UploadProtocol,
    minutes: Cell<u32>,
}

fn tablet(size: usize, protocol: UploadProtocol) -> Tablet {
    let store = Store::in_memory();
    let event = block_on(add_sample(&store, sample_event(1)));
    let bytes: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
    let hash = sha256(&bytes);
    let name = format!("pendapa-KDP1-A-1-{}.pendapa.json.age", hash.short());
    let batch = StoredBatch {
        id: BatchId(sample_uuid(99)),
        event_id: event.id(),
        sequence: 1,
        first: 1,
        last: 0,
        records: 0,
        created_at: 1,
        file_name: name.clone(),
        document_hash: hash,
        file_hash: hash,
        size,
        sealed: true,
        audited: 0,
        attended: 0,
        is_wiped: false,
    };
    let file = crate::format::batch_file::BatchFile {
        name,
        document_hash: hash,
        file_hash: hash,
        bytes: bytes.clone(),
    };
    let event = block_on(store.add_batch(&event, &batch, &file)).expect("a batch");
    store.lock();
    let minutes = Cell::new(60);
    Tablet {
        store,
        event,
        batch,
        bytes,
        protocol,
        minutes,
    }
}

impl Tablet {
    fn target(&self) -> Target {
        Target {
            base: BASE.to_owned(),
            token: Some("create-only".to_owned()),
            protocol: self.protocol,
        }
    }

    fn try_on(&self, server: &Server) -> Outcome {
        self.minutes.set(self.minutes.get() + 10);
        let doer = Doer {
            officer: String::new(),
            now: sample_moment(self.minutes.get()),
        };
        let deed = SendDeed {
            doer: &doer,
            clock: &|| doer.now,
            chance: 0,
            on_sent: Rc::new(|_| ()),
        };
        let target = self.target();
        let sent = send_batch(&self.store, server, &target, &self.batch, &deed);
        block_on(sent).expect("the store works")
    }

    fn state(&self) -> BatchState {
        let log = block_on(self.store.steps_of(self.event.id())).expect("the log");
        Standing::of(self.batch.id, &log).state
    }

    fn track(&self) -> UploadTrack {
        let track = block_on(self.store.track(self.batch.id)).expect("a read");
        track.expect("a track")
    }
}

const BOTH: [UploadProtocol; 2] = [UploadProtocol::Tus, UploadProtocol::Put];

#[test]
fn a_batch_arrives_byte_for_byte_in_pieces_and_is_delivered() {
    for protocol in BOTH {
        let tablet = tablet(2 * PIECE + 1, protocol);
        let server = Server::default();
        assert_eq!(tablet.try_on(&server), Outcome::Delivered);
        assert_eq!(server.arrived(), std::slice::from_ref(&tablet.bytes));
        assert_eq!(tablet.state(), BatchState::Delivered);
        let asked = server.asked.borrow().join(" ");
        let expected = match protocol {
            UploadProtocol::Tus => "POST PATCH PATCH PATCH",
            UploadProtocol::Put => "PUT HEAD",
        };
        assert_eq!(asked, expected);
    }
}

#[test]
fn a_cut_costs_at_most_one_piece_and_goes_on_where_the_server_is() {
    let tablet = tablet(8 * PIECE, UploadProtocol::Tus);
    let faults = [
        Fault::None,
        Fault::None,
        Fault::Cut(1000),
        Fault::None,
        Fault::None,
        Fault::Cut(PIECE - 1),
        Fault::None,
        Fault::LoseAnswer,
    ];
    let server = Server::with(faults);
    let tries = std::iter::repeat_with(|| tablet.try_on(&server));
    let failed = tries
        .take_while(|outcome| *outcome != Outcome::Delivered)
        .count();
    assert_eq!(failed, 3);
    assert_eq!(server.arrived(), std::slice::from_ref(&tablet.bytes));
    assert!(server.sent.get() <= tablet.bytes.len() + 3 * PIECE);
    assert_eq!(server.uploads.borrow().len(), 1);
}

#[test]
fn every_answer_is_named_and_none_of_them_drops_the_batch() {
    use SendProblem::*;
    for protocol in BOTH {
        for (status, problem) in [
            (200, NotTheServer),
            (302, NotTheServer),
            (400, Refused),
            (401, TokenRefused),
            (403, Forbidden),
            (404, NoSuchAddress),
            (408, Busy),
            (409, Busy),
            (410, NoSuchAddress),
            (413, TooLarge),
            (423, Busy),
            (429, Busy),
            (500, ServerFails),
            (502, ServerFails),
            (507, ServerFails),
            (511, NotTheServer),
        ] {
            let tablet = tablet(10, protocol);
            let server = Server::with([Fault::Answer(status)]);
            let outcome = tablet.try_on(&server);
            assert_eq!(outcome, Outcome::from(problem), "{status}");
            let waits = match problem.passes() {
                true => BatchState::Sending,
                false => BatchState::NeedsAttention(problem),
            };
            assert_eq!(tablet.state(), waits, "{status}");
            assert_eq!(tablet.track().failed, 1);
            assert_eq!(tablet.try_on(&server), Outcome::Delivered, "{status}");
            assert_eq!(server.arrived(), std::slice::from_ref(&tablet.bytes));
            assert_eq!(tablet.track().failed, 0);
        }
    }
}

#[test]
fn success_without_the_protocols_own_words_is_somebody_else() {
    let tablet = tablet(10, UploadProtocol::Tus);
    for status in [201, 204] {
        let server = Server::with([Fault::Answer(status)]);
        let outcome = tablet.try_on(&server);
        assert_eq!(outcome, Outcome::from(SendProblem::NotTheServer));
    }
    let put = self::tablet(10, UploadProtocol::Put);
    for status in [200, 204] {
        let server = Server::with([Fault::Answer(status)]);
        let outcome = put.try_on(&server);
        assert_eq!(outcome, Outcome::from(SendProblem::NotTheServer));
    }
}

#[test]
fn a_server_that_forgot_gets_it_once_more() {
    let tablet = tablet(3 * PIECE, UploadProtocol::Tus);
    let server = Server::with([Fault::None, Fault::None, Fault::Cut(0), Fault::Forget]);
    assert_eq!(tablet.try_on(&server), SendProblem::NoConnection.into());
    assert_eq!(tablet.track().sent, PIECE as u64);
    assert_eq!(tablet.try_on(&server), Outcome::Delivered);
    assert_eq!(server.arrived(), std::slice::from_ref(&tablet.bytes));
    // Also after it said that it has all of it.
    server.uploads.borrow_mut().fill(None);
    assert_eq!(tablet.try_on(&server), Outcome::Delivered);
    assert_eq!(server.arrived(), std::slice::from_ref(&tablet.bytes));
}

#[test]
fn what_was_delivered_and_altered_on_the_way_is_sent_anew() {
    for protocol in BOTH {
        let tablet = tablet(10, protocol);
        let server = Server::default();
        assert_eq!(tablet.try_on(&server), Outcome::Delivered);
        match protocol {
            UploadProtocol::Tus => server.uploads.borrow_mut()[0] = Some((10, vec![1; 10])),
            UploadProtocol::Put => server.files.borrow_mut()[0].1[0] ^= 1,
        }
        // Also where the first try of it fails.
        server.fail_next(Fault::Answer(503));
        assert_eq!(tablet.try_on(&server), SendProblem::ServerFails.into());
        assert_eq!(tablet.try_on(&server), Outcome::Delivered);
        assert_eq!(server.arrived()[1], tablet.bytes);
    }
}

#[test]
fn a_server_that_loses_what_it_took_is_not_sent_to_without_end() {
    let tablet = tablet(3 * PIECE, UploadProtocol::Tus);
    let faults = [
        Fault::None,
        Fault::None,
        Fault::Forget,
        Fault::None,
        Fault::None,
    ];
    let server = Server::with(faults.into_iter().cycle().take(200));
    assert_eq!(tablet.try_on(&server), SendProblem::Busy.into());
    assert!(server.asked.borrow().len() < 30);
}

#[test]
fn an_address_of_another_origin_or_that_is_no_more_is_given_up() {
    let tablet = tablet(2 * PIECE, UploadProtocol::Tus);
    let server = Server::with([Fault::None, Fault::None, Fault::Cut(0)]);
    assert_eq!(tablet.try_on(&server), SendProblem::NoConnection.into());
    let mut track = tablet.track();
    track.address = Some("https://elsewhere.example/u/0".to_owned());
    block_on(tablet.store.keep_track(tablet.event.id(), &track)).expect("a track");
    assert_eq!(tablet.try_on(&server), Outcome::Delivered);

    let moved = self::tablet(2 * PIECE, UploadProtocol::Tus);
    let server = Server::with([Fault::None, Fault::Cut(0), Fault::Answer(404)]);
    assert_eq!(moved.try_on(&server), SendProblem::NoConnection.into());
    assert_eq!(moved.try_on(&server), SendProblem::NoSuchAddress.into());
    assert_eq!(moved.track().address, None);
    assert_eq!(moved.try_on(&server), Outcome::Delivered);
}

#[test]
fn half_a_put_that_stays_is_not_taken_for_the_whole() {
    let tablet = tablet(1000, UploadProtocol::Put);
    let server = Server::with([Fault::Cut(400)]);
    assert_eq!(tablet.try_on(&server), SendProblem::NoConnection.into());
    assert_eq!(tablet.try_on(&server), Outcome::Delivered);
    assert_eq!(server.arrived()[1], tablet.bytes);
    let names: Vec<String> = server
        .files
        .borrow()
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    assert!(names[1].contains(".2.pendapa.json.age"));
    // A lost answer is found out by asking, and nothing is sent twice.
    let other = self::tablet(1000, UploadProtocol::Put);
    let server = Server::with([Fault::LoseAnswer]);
    assert_eq!(other.try_on(&server), SendProblem::TimedOut.into());
    assert_eq!(other.try_on(&server), Outcome::Delivered);
    assert_eq!(server.arrived().len(), 1);
    // Where every name is taken by something else, somebody has to look.
    let full = Server::default();
    for number in 1..=5 {
        let ending = match number {
            1 => String::new(),
            _ => format!(".{number}"),
        };
        let name = other
            .batch
            .file_name
            .replace(".pendapa", &format!("{ending}.pendapa"));
        full.files.borrow_mut().push((name, vec![1]));
    }
    assert_eq!(other.try_on(&full), SendProblem::OtherBytes.into());
}

#[test]
fn a_clock_that_was_put_back_changes_no_order() {
    let tablet = tablet(10, UploadProtocol::Tus);
    let server = Server::with([Fault::Answer(503)]);
    assert_eq!(tablet.try_on(&server), SendProblem::ServerFails.into());
    tablet.minutes.set(0);
    assert_eq!(tablet.try_on(&server), Outcome::Delivered);
    assert_eq!(tablet.state(), BatchState::Delivered);
}

#[test]
fn the_token_goes_to_no_other_origin() {
    struct Elsewhere(Server);
    impl Http for Elsewhere {
        async fn ask(&self, request: Request<'_>) -> Result<Answer, NoAnswer> {
            assert!(request.address.starts_with(BASE));
            self.0.ask(request).await.map(|mut answer| {
                if let Some(place) = answer.headers.get_mut("location") {
                    *place = "https://elsewhere.example/u/0".to_owned();
                }
                answer
            })
        }
        fn resolve(&self, base: &str, address: &str) -> Option<String> {
            self.0.resolve(base, address)
        }
    }
    let tablet = tablet(10, UploadProtocol::Tus);
    let http = Elsewhere(Server::default());
    let doer = Doer {
        officer: String::new(),
        now: sample_moment(70),
    };
    let deed = SendDeed {
        doer: &doer,
        clock: &|| doer.now,
        chance: 0,
        on_sent: Rc::new(|_| ()),
    };
    let target = tablet.target();
    let sent = send_batch(&tablet.store, &http, &target, &tablet.batch, &deed);
    assert_eq!(block_on(sent), Ok(SendProblem::NotTheServer.into()));
}

#[test]
fn a_receipt_is_looked_for_and_only_a_receipt_is_taken() {
    let tablet = tablet(10, UploadProtocol::Tus);
    let server = Server::default();
    let doer = Doer {
        officer: String::new(),
        now: sample_moment(70),
    };
    let target = tablet.target();
    let look = || {
        block_on(fetch_receipt(
            &tablet.store,
            &server,
            &target,
            &tablet.batch,
            &doer,
        ))
    };
    assert_eq!(look(), Ok(Fetched::NoneYet));
    server.receipt.replace(Some(b"<!doctype html>".to_vec()));
    let nobody = Fetched::Failed(SendProblem::NotTheServer);
    assert_eq!(look(), Ok(nobody));
    let receipt = Receipt {
        batch: tablet.batch.id,
        file_hash: tablet.batch.file_hash,
        answers: Vec::new(),
        others_accepted: true,
        at: sample_moment(65),
    };
    let bytes = crate::format::receipt_file::write_receipt(&receipt);
    server.receipt.replace(Some(bytes));
    // The sample event has no office.
    let error = TakeReceiptError::NoOffice;
    assert_eq!(look(), Ok(Fetched::NotBelieved(error)));
    assert_eq!(tablet.state(), BatchState::Made);
}

#[test]
fn addresses_of_packs_are_meant_at_the_apps_own() {
    let server = Server::default();
    let upload = |address: &str| Upload {
        address: address.to_owned(),
        token: None,
        protocol: crate::format::code::Code(UploadProtocol::Tus),
    };
    let base =
        |address: &str| Target::of(&upload(address), BASE, &server).map(|target| target.base);
    assert_eq!(
        base("in/").as_deref(),
        Some("https://kantor.example/upload/in/")
    );
    assert_eq!(
        base("in").as_deref(),
        Some("https://kantor.example/upload/in/")
    );
    assert_eq!(
        base("https://b.example/x").as_deref(),
        Some("https://b.example/x/")
    );
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        4 => Just(Fault::None),
        2 => (0..PIECE + 10).prop_map(Fault::Cut),
        2 => Just(Fault::LoseAnswer),
        1 => proptest::sample::select(vec![200_u16, 302, 401, 403, 404, 409, 412, 413, 423, 429, 500, 503]).prop_map(Fault::Answer),
        1 => Just(Fault::Forget),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_the_network_does_a_delivered_batch_is_there_whole(
        faults in proptest::collection::vec(fault(), 0..24),
        pieces in 1_usize..4,
        is_tus: bool,
    ) {
        let protocol = if is_tus { UploadProtocol::Tus } else { UploadProtocol::Put };
        let tablet = tablet(pieces * PIECE - 7, protocol);
        let server = Server::with(faults);
        let mut tries = 0;
        while tablet.try_on(&server) != Outcome::Delivered {
            tries += 1;
            prop_assert!(tries < 60, "stuck");
            // Whatever happened, the bytes are still here.
            let kept = block_on(tablet.store.batch_bytes(tablet.batch.id)).expect("a read");
            prop_assert_eq!(&kept.expect("a batch").1, &tablet.bytes);
        }
        prop_assert_eq!(tablet.state(), BatchState::Delivered);
        prop_assert!(server.arrived().contains(&tablet.bytes));
    }
}
