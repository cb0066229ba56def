//! What every back end promises, stated once and run on each: on memory by the
//! host's tests, on IndexedDB by the browser's.
