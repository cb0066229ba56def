//! Tests on the host that see the crate as others do.

mod contract;
mod desk;
mod people;
mod receipts;
mod tidy;
