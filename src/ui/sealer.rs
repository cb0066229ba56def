//! Seals and opens in the age format, in a worker.

use zeroize::Zeroizing;

use crate::browser::worker;
use crate::operations::sealer::Sealer;

/// The app's sealer.
pub struct WorkerSealer;

impl Sealer for WorkerSealer {
    async fn identity(&self) -> Result<(Zeroizing<String>, String), String> {
        worker::new_identity()
            .await
            .map_err(|error| error.to_string())
    }

    async fn seal(&self, recipients: &[String], plain: &[u8]) -> Result<Vec<u8>, String> {
        let recipients: Vec<&str> = recipients.iter().map(String::as_str).collect();
        worker::seal_to(&recipients, plain)
            .await
            .map_err(|error| error.to_string())
    }

    async fn open(&self, identity: &str, sealed: &[u8]) -> Result<Vec<u8>, String> {
        worker::open_with(&[identity], sealed)
            .await
            .map(|opened| opened.to_vec())
            .map_err(|error| error.to_string())
    }
}
