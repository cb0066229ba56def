// The yardstick of saving: plain JavaScript, the stores and indexes of src/store/migrations/v0_to_v1.rs, one strict
// readwrite transaction, and the rows read back. No checks, no hashes, no form. It also fills databases for measuring.
globalThis.bareIdb = (() => {
  const SCHEMA = {
    events: [],
    registrations: [["by_event", ["event_id", "counter"], true], ["by_fingerprint", ["event_id", "fingerprint"], false]],
    revisions: [["by_sequence", ["event_id", "sequence"], true], ["by_registration", ["registration_id", "revision"], true]],
    drafts: [["by_event", ["event_id", "saved_at"], false]],
    batches: [["by_event", ["event_id", "sequence"], true]],
    transport: [["by_batch", ["batch_id", "at"], false], ["by_event", ["event_id", "at"], false]],
    settings: [],
  };

  const settled = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  const over = (transaction) => new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

  /** Opens a database of this name as it is; one that is not there yet gets the app's first schema. */
  function open(name) {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => {
      for (const [store, indexes] of Object.entries(SCHEMA)) {
        const made = request.result.createObjectStore(store);
        for (const [index, fields, unique] of indexes) made.createIndex(index, fields, { unique });
      }
    };
    return settled(request);
  }

  const encoder = new TextEncoder();

  /** The stored object of a row `{ store, key, value, body }` whose body is text, or bytes as an array of numbers. */
  const objectOf = ({ value, body }) => ({ ...value, body: typeof body === "string" ? encoder.encode(body) : new Uint8Array(body) });

  /** Puts rows and deletes keys in one strict transaction. */
  function write(database, rows, deleted = []) {
    const stores = [...new Set([...rows, ...deleted].map(({ store }) => store))];
    const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
    for (const row of rows) transaction.objectStore(row.store).put(row.object ?? objectOf(row), row.key);
    for (const { store, key } of deleted) transaction.objectStore(store).delete(key);
    return over(transaction);
  }

  /** Writes as `write` and gets every row back, each with its body's bytes. */
  async function putAndGet(database, rows, deleted) {
    await write(database, rows, deleted);
    const transaction = database.transaction([...new Set(rows.map(({ store }) => store))], "readonly");
    const found = await Promise.all(rows.map(({ store, key }) => settled(transaction.objectStore(store).get(key))));
    if (found.some((object, at) => object.body.length !== rows[at].object.body.length)) throw new Error("read back something else");
  }

  /** The rows that the newest registration of a database was saved with, bodies as arrays of numbers: they are sealed. */
  async function newestRows(database) {
    const transaction = database.transaction(["events", "registrations", "revisions"], "readonly");
    const [event] = await settled(transaction.objectStore("events").getAll());
    const registrations = await settled(transaction.objectStore("registrations").getAll());
    const newest = registrations.reduce((last, one) => (one.sequence > last.sequence ? one : last));
    const revision = await settled(transaction.objectStore("revisions").index("by_registration").get([newest.id, newest.revision]));
    const row = (store, { body, ...value }) => ({ store, key: value.id, value, body: [...body] });
    return [row("events", event), row("registrations", newest), row("revisions", revision)];
  }

  return { open, write, putAndGet, newestRows, objectOf };
})();
