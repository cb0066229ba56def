// The yardstick of starting: a form and nothing else, kept offline by the very worker that keeps the app
// (public/sw.js; tests/bench/run.mjs puts it beside this file with the list of these files).
navigator.serviceWorker.register("./sw.js", { scope: "./", updateViaCache: "none" });
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
