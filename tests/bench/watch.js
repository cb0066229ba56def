// Put into a page before anything else of it runs, the app's and the peers' alike: takes times inside the page.
globalThis.bench = (() => {
  const NUMBER = /[A-Z0-9]{2,6}-[A-Z]-\d{3,}-[A-Z0-9]/;
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };

  /** Milliseconds from the next click to a registration number in a status that was not there before. */
  function save() {
    const numberShown = () => [...document.querySelectorAll("[role=status]")].map((status) => status.textContent.match(NUMBER)?.[0]).find(Boolean);
    const before = numberShown();
    return new Promise((resolve) => {
      addEventListener("click", () => {
        const clicked = performance.now();
        const observer = new MutationObserver(() => {
          const number = numberShown();
          if (!number || number === before) return;
          observer.disconnect();
          resolve(performance.now() - clicked);
        });
        observer.observe(document.body, everything);
      }, { capture: true, once: true });
    });
  }

  /** Milliseconds from the next keystroke in a field to the last change of the page that it caused; undefined for none. */
  function key() {
    return new Promise((resolve) => {
      addEventListener("input", () => {
        const typed = performance.now();
        let changed;
        const observer = new MutationObserver(() => { changed = performance.now(); });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        // What a keystroke changes is there before the second frame after it, or it is not an answer to a keystroke.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
          observer.disconnect();
          resolve(changed === undefined ? undefined : changed - typed);
        })));
      }, { capture: true, once: true });
    });
  }

  /** Milliseconds from the start of the navigation until `found` finds something in the page. */
  function until(found) {
    return new Promise((resolve) => {
      const observer = new MutationObserver(look);
      function look() {
        if (!found()) return;
        observer.disconnect();
        resolve(performance.now());
      }
      observer.observe(document, everything);
      look();
    });
  }

  /**
   * Milliseconds from the moment at which the app asks who is at work to the first line of a list with `number`; the
   * button of `officer` is pressed as soon as it is there.
   */
  async function unlocked(officer, number) {
    const button = () => [...document.querySelectorAll("main button")].find((one) => one.textContent.trim() === officer);
    const asked = await until(button);
    button().click();
    return (await until(() => [...document.querySelectorAll("main li")].some((one) => number.test(one.textContent)))) - asked;
  }

  /** The field with this label, if it can take the focus. */
  function focusable(label) {
    const found = [...document.querySelectorAll("label")].find((one) => one.textContent.trim().startsWith(label));
    const field = found?.control;
    return field && !field.disabled && field.getClientRects().length > 0 ? field : undefined;
  }

  /** Milliseconds that a fixed piece of work takes: tells whether the processor is slowed down. */
  function work() {
    const started = performance.now();
    let sum = 0;
    for (let at = 0; at < 2e7; at += 1) sum = (sum * 31 + at) | 0;
    return performance.now() - started + (sum === 42 ? 1 : 0);
  }

  return { save, key, until, unlocked, focusable, work };
})();
