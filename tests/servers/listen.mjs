// A server of the tests on this machine, on a free port.

/** Starts it. Resolves to its address, with a slash at the end, and what ends it and every connection to it. */
export async function listen(server) {
  await new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", listening);
  });
  const stop = () => new Promise((closed) => {
    server.close(closed);
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${server.address().port}/`, stop };
}
