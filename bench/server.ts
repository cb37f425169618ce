/**
 * The other side of the benchmarks: a plain HTTP server in a process of its own, answering every product call of CODEF with the same
 * URL-encoded envelope, and every one of KIS with the same quote. Tells its parent the origin it listens on; ends when its parent does.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerText, quoteText } from "./payload.js";

const answer = Buffer.from(answerText());
const quote = Buffer.from(quoteText());
const token = Buffer.from(
  JSON.stringify({ access_token: "bench-token", token_type: "bearer", expires_in: 604_799, scope: "read" }),
);

function answerTo(url = ""): Buffer {
  if (url.startsWith("/oauth")) return token;
  return url.startsWith("/uapi") ? quote : answer;
}

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    const body = answerTo(request.url);
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.byteLength });
    response.end(body);
  });
});

server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
process.on("disconnect", () => process.exit());
