import type { Book } from "../exchange/book/book.js";
import type { BookEvent, Order } from "../exchange/book/order.js";
import { Market } from "../exchange/market/market.js";
import { Refused } from "../provider/behaviour.js";
import type { Inbound } from "../provider/request.js";
import type { MockSettings } from "../shared/mock-provider.js";
import { instrumentOf, openBooks } from "./accounts.js";
import { ConditionalOrders } from "./conditional-orders.js";

export const ACCOUNT_HEADER = "X-Tossinvest-Account";

/** Accounts, their orders and the market that fills them. */
export class Brokerage {
  readonly market: Market;
  readonly rejected = new Set<Order>();
  readonly conditional: ConditionalOrders;
  #books: Map<string, Book>;
  #number = 0;
  #processingMs = 0;
  readonly #tell: (event: BookEvent) => void;

  /** @param tell of what becomes of orders */
  constructor({ seed, clock }: MockSettings, tell: (event: BookEvent, book: Book) => void) {
    this.market = new Market(seed, clock);
    this.#tell = (event) => {
      if (event.type === "rejected") this.rejected.add(event.order);
      const book = this.#books.get(event.account);
      if (book) tell(event, book);
    };
    this.#books = this.#open();
    this.conditional = new ConditionalOrders(this);
  }

  get books(): Book[] {
    return [...this.#books.values()];
  }

  book(accountSeq: string): Book | undefined {
    return this.#books.get(accountSeq);
  }

  /** The account that a request names, up to date. @throws Refused */
  bookOf({ headers }: Pick<Inbound, "headers">): Book {
    const named = headers.get(ACCOUNT_HEADER);
    if (!named) throw new Refused(400, "account-header-required");
    const book = this.book(named);
    if (!book) throw new Refused(404, "account-not-found");
    this.settle();
    return book;
  }

  /** Catches up with the market. */
  settle(): void {
    for (const book of this.books) book.settle();
    this.conditional.settle();
  }

  /** A price is traded now, and stays. @throws Error when there is no such stock */
  setPrice(symbol: string, price: number): void {
    const instrument = instrumentOf(symbol);
    if (!instrument) throw new Error(`There is no stock ${symbol}`);
    this.market.pin(instrument, price);
    for (const book of this.books) book.traded(instrument, price);
    this.conditional.settle();
  }

  /** @throws Error when there is no such order */
  orderCalled(orderId: string): { book: Book; order: Order } {
    for (const book of this.books) {
      const order = book.find(orderId);
      if (order) return { book, order };
    }
    throw new Error(`There is no order ${orderId}`);
  }

  /** The next order is being processed for so long. */
  processNext(milliseconds: number): void {
    this.#processingMs = milliseconds;
  }

  async processing(): Promise<void> {
    const ms = this.#processingMs;
    this.#processingMs = 0;
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  }

  reset(): void {
    this.market.reset();
    this.rejected.clear();
    this.#number = 0;
    this.#processingMs = 0;
    this.#books = this.#open();
    this.conditional.clear();
  }

  #open(): Map<string, Book> {
    return openBooks(
      this.market,
      () => ++this.#number,
      (event) => this.#tell(event),
    );
  }
}
