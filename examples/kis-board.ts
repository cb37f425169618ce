/** A board of live quotes for the terminal: `node dist/examples/kis-board.js 005930 000660 035420`. Ctrl-C ends it. */
import { KofinError } from "kofin";
import { searchStockInfo } from "kofin/kis/domestic-stock-info";
import {
  type DomesticOrderBook,
  type DomesticTrade,
  domesticOrderBook,
  domesticTrade,
  type IndexTrade,
  indexTrade,
} from "kofin/kis/realtime";
import { board, type Quote } from "./kis-board-view.js";
import { kis } from "./kis-client.js";
import { all, codes, follow, signal } from "./kis-live.js";

const REDRAW_MS = 200;
const INDICES = new Map([
  ["0001", "코스피"],
  ["1001", "코스닥"],
]);

const quotes = new Map<string, Quote>();
const isMock = kis.environment === "mock";
// The host for mock trading has no indices.
if (!isMock) for (const [code, name] of INDICES) quotes.set(code, { name });
for (const code of codes) quotes.set(code, { name: await nameOf(code) });

// A board shows what is: of records that come faster than it is read, the latest will do.
const options = { signal, overflow: "latest" } as const;
const { stdout } = process;
const screen = stdout.isTTY ? terminalScreen() : plainScreen();
const redraw = setInterval(draw, REDRAW_MS);
try {
  await all([...quotes].flatMap(([code, quote]) => (INDICES.has(code) ? index(code, quote) : stock(code, quote))));
} finally {
  clearInterval(redraw);
  draw();
  screen.leave();
}

function index(code: string, quote: Quote): Promise<void>[] {
  const put = (row: IndexTrade) => {
    quote.index = row;
  };
  return [follow(indexTrade(kis, code, options), put)];
}

function stock(code: string, quote: Quote): Promise<void>[] {
  const putTrade = (row: DomesticTrade) => {
    quote.trade = row;
  };
  const putBook = (row: DomesticOrderBook) => {
    quote.book = row;
  };
  return [follow(domesticTrade(kis, code, options), putTrade), follow(domesticOrderBook(kis, code, options), putBook)];
}

function draw(): void {
  screen.show(board([...quotes.values()], screen.coloured));
}

async function nameOf(code: string): Promise<string> {
  try {
    const { data } = await searchStockInfo(kis, { PRDT_TYPE_CD: "300", PDNO: code });
    return data.output?.prdt_abrv_name ?? code;
  } catch (error) {
    // A board can do without names: the host for mock trading, for one, does not have them.
    if (error instanceof KofinError) return code;
    throw error;
  }
}

/** A screen of its own, so that what stood in the terminal before is there again afterwards. */
function terminalScreen() {
  stdout.write("\x1b[?1049h\x1b[?25l");
  return {
    coloured: stdout.hasColors(),
    show: (lines: readonly string[]) => {
      const room = Math.max(1, stdout.rows - 1);
      stdout.write(`\x1b[H${lines.slice(0, room).join("\x1b[K\n")}\x1b[J`);
    },
    leave: () => stdout.write("\x1b[?25h\x1b[?1049l"),
  };
}

/** Into a file or a pipe goes the board as it stood at the end. */
function plainScreen() {
  let last: readonly string[] = [];
  return {
    coloured: false,
    show: (lines: readonly string[]) => {
      last = lines;
    },
    leave: () => console.log(last.join("\n")),
  };
}
