/**
 * The other side of the benchmarks: a plain HTTP server in a process of its own, giving every product call of a provider the same
 * answer, and a token to whoever asks for one. Tells its parent the origin it listens on; ends when its parent does.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { TOKEN } from "./calls/call.js";
import { answerText, balanceText, quoteText, stockInfoText, transactionsText } from "./payload.js";

const token = JSON.stringify({
  ...{ access_token: TOKEN, token_type: "bearer", expires_in: 604_799, scope: "read" },
  // Kiwoom's names for the same.
  ...{ token: TOKEN, expires_dt: "20991231235959", return_code: 0 },
});

/** By the beginning of the path. CODEF's products have many, so that its answer is for whatever is left. */
const answers = [
  ["/oauth", token],
  ["/uapi", quoteText()],
  ["/api/dostk", stockInfoText()],
  ["/v2.0", balanceText()],
  ["/oai", transactionsText()],
  ["/", answerText()],
].map(([start = "", text = ""]) => ({ start, body: Buffer.from(text) }));

function answerTo(url = ""): Buffer {
  return answers.find(({ start }) => url.startsWith(start))?.body ?? Buffer.alloc(0);
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
