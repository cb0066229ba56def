//! Workers that answer, refuse, die or are not there; and what the carrier does,
//! with the browser's own chance. The real workers are tried in `tests/e2e`.

use pendapa::browser::worker::{WorkError, derive, open_pack};
use pendapa::vault::carry::{self, CarryError};
use pendapa::vault::errand::{Carry, carry as carried_out, carry_job};
use pendapa::vault::wrap::{Asked, KdfCost, Passphrase, WrapError};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(inline_js = r#"
/** Has the page name a worker of this source, or of an address; null: none. */
export function install(name, source) {
  document.querySelector(`meta[name=${name}]`)?.remove();
  if (source === undefined) return;
  const meta = document.createElement("meta");
  meta.name = name;
  meta.content = source.startsWith("/") ? source : URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  document.head.append(meta);
}

/** A worker that answers every job with these bytes. */
export const answering = (bytes) => `onmessage = () => postMessage(new Uint8Array([${bytes}]))`;
"#)]
extern "C" {
    fn install(name: &str, source: Option<&str>);
    fn answering(bytes: &[u8]) -> String;
}

const PLAIN: &[u8] = br#"{"name":"Ngatiyem"}"#;
const ASKED: Asked = Asked {
    salt: [5; 16],
    cost: KdfCost::SMALL,
};

/// What the app hears when its worker for passphrases is of this source.
async fn heard_from(source: Option<&str>) -> Result<[u8; 32], WorkError<WrapError>> {
    install("worker-kdf", source);
    let passphrase = Passphrase::typed("mangga jangkar pendapa");
    let key = derive(&passphrase, &ASKED).await;
    key.map(|key| *key.bytes())
}

#[wasm_bindgen_test]
async fn the_app_hears_how_a_worker_ended() {
    let key = [&[0, 0, 0, 1, 0, 0, 0, 0, 32][..], &[7; 32]].concat();
    assert_eq!(heard_from(Some(&answering(&key))).await, Ok([7; 32]));
    let no_memory = WorkError::Failed(WrapError::OutOfMemory);
    let answer = answering(&[0, 0, 0, 1, 2]);
    assert_eq!(heard_from(Some(&answer)).await, Err(no_memory));
    for nonsense in [
        &answering(&[1, 2, 3]),
        "onmessage = () => postMessage('died')",
        "onmessage = () => postMessage(null)",
    ] {
        assert_eq!(heard_from(Some(nonsense)).await, Err(WorkError::Died));
    }
    let unavailable = Err(WorkError::Unavailable);
    let told = "onmessage = () => postMessage('unavailable')";
    for source in [None, Some("/nowhere.js"), Some("not a script"), Some(told)] {
        assert_eq!(heard_from(source).await, unavailable, "{source:?}");
    }
}

#[wasm_bindgen_test]
async fn the_faults_of_the_carrier_come_back_as_they_are() {
    install(
        "worker-carrier",
        Some(&answering(&[0, 0, 0, 1, 5, 0, 0, 0, 4, 0, 0, 0, 0])),
    );
    let opened = open_pack("mangga", PLAIN).await;
    assert_eq!(
        opened.map(|_| ()),
        Err(WorkError::Failed(CarryError::NotForUs))
    );
    install("worker-carrier", None);
}

#[wasm_bindgen_test]
fn the_carrier_seals_and_opens_with_the_browsers_chance() {
    let (secret, recipient) = carry::new_identity();
    let sealed = carry::seal_to(&[&recipient], PLAIN).expect("sealed");
    assert_eq!(carry::open_with(&[&secret], &sealed).as_deref(), Ok(PLAIN));
    assert_ne!(carry::new_identity().1, recipient);
    let closed = carry::close_pack("mangga jangkar", PLAIN).expect("closed");
    let job = carry_job(Carry::OpenPack("mangga jangkar", &closed));
    let answer = carried_out(&job).expect("an answer");
    assert!(answer.ends_with(PLAIN));
}
