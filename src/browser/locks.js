// Web Locks for `tabs.rs`; web-sys keeps its bindings behind an unstable flag.

/**
 * Asks for a lock and holds it. Resolves with the function that releases it,
 * or with null when `mode` is "free" and another tab has it. Calls `lost` when
 * another tab steals it.
 */
export function hold(name, mode, lost) {
  return new Promise((resolve, reject) => {
    const options = { free: { ifAvailable: true }, wait: {}, steal: { steal: true } }[mode];
    let held = false;
    navigator.locks
      .request(name, options, (lock) => {
        if (!lock) return resolve(null);
        held = true;
        return new Promise((release) => resolve(release));
      })
      .catch((error) => (held && error.name === "AbortError" ? lost() : reject(error)));
  });
}
