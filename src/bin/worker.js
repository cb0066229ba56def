// The worker around each of the heavy parts: a job comes as bytes, an answer goes, and nothing else. The app ends the
// worker then; only the one that is kept (KEPT) answers the next job with the same module. tools/workers.mjs puts it
// together with the glue of the part and the name of its module.
// What goes wrong is told in one word and never shown: it might tell of what was in the job.
import { answer, initSync } from "glue";

let started = false;

addEventListener("message", async ({ data }) => {
  let end = "unavailable";
  try {
    if (!started) {
      const file = await fetch(MODULE);
      if (!file.ok) throw new Error(file.status);
      initSync({ module: new WebAssembly.Module(await file.arrayBuffer()) });
      started = true;
    }
    end = "died";
    const bytes = answer(data);
    postMessage(bytes, [bytes.buffer]);
  } catch {
    postMessage(end);
  }
}, { once: !KEPT });
