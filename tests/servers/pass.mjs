// Sends a request on to another server and its answer back, as a host's reverse proxy does: streamed both ways with
// nothing kept, and a connection that breaks on one side breaks on the other.
import { request as ask } from "node:http";

// What is said to the next neighbour only. Node says `transfer-encoding` again when it passes something on in chunks.
const FOR_THE_NEIGHBOUR = new Set(["connection", "expect", "host", "keep-alive", "proxy-connection", "te", "trailer", "upgrade"]);

const passed = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !FOR_THE_NEIGHBOUR.has(name)));

function headersOnward({ headers, socket }) {
  return {
    ...passed(headers),
    // A server that answers before it has read everything then reads the rest, instead of breaking its own answer off.
    connection: "keep-alive",
    "x-forwarded-for": [headers["x-forwarded-for"], socket.remoteAddress].filter(Boolean).join(", "),
    "x-forwarded-host": headers["x-forwarded-host"] ?? headers.host,
    "x-forwarded-proto": headers["x-forwarded-proto"] ?? "http",
  };
}

/** The pieces of a message. Who stops reading them does not end its connection. */
export const piecesOf = (message) => message.iterator({ destroyOnReturn: false });

/** Hands each piece on when the one before is out of our hands. */
async function send(pieces, stream) {
  for await (const piece of pieces) await new Promise((done, failed) => stream.write(piece, (error) => error ? failed(error) : done()));
  stream.end();
}

const asItIs = (pieces) => pieces;

/**
 * Passes a request on to `address`. The pieces of the body go through `toServer`, those of the answer through `toClient`;
 * either breaks both connections by throwing. `answered` hears the answer's status. Every request has a connection of
 * its own, so that none is used that its server is just closing.
 */
export function pass(request, response, address, { toServer = asItIs, toClient = asItIs, answered = () => {} } = {}) {
  let hasAnswer = false;
  const onward = ask(address, { method: request.method, headers: headersOnward(request), agent: false });
  const breakBoth = () => {
    onward.destroy();
    response.destroy();
  };
  onward.on("response", (answer) => {
    hasAnswer = true;
    answered(answer.statusCode);
    response.writeHead(answer.statusCode, passed(answer.headers));
    send(toClient(piecesOf(answer)), response).catch(breakBoth);
  });
  // With an answer on its way, a server that takes no more is no fault; the client's rest is read and dropped.
  const stopped = () => hasAnswer ? request.resume() : breakBoth();
  onward.on("error", stopped);
  response.on("error", breakBoth);
  response.on("close", () => onward.destroy());
  send(toServer(piecesOf(request)), onward).catch(stopped);
}
