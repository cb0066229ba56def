// The worker around each of the heavy parts: one job comes as bytes, one answer goes, and nothing else. The app ends
// the worker then. tools/workers.mjs puts it together with the glue of the part and the name of its module.
// What goes wrong is told in one word and never shown: it might tell of what was in the job.
import { answer, initSync } from "glue";

addEventListener("message", async ({ data }) => {
  let end = "unavailable";
  try {
    const file = await fetch(MODULE);
    if (!file.ok) throw new Error(file.status);
    initSync({ module: new WebAssembly.Module(await file.arrayBuffer()) });
    end = "died";
    const bytes = answer(data);
    postMessage(bytes, [bytes.buffer]);
  } catch {
    postMessage(end);
  }
}, { once: true });
