import type { Transport, TransportInit } from "kofin";
import type { Sandbox } from "kofin/sandbox";
import { untilAborted } from "../../support/wait.js";
import type { Clock } from "./clock.js";
import { type Condition, nameOf, type Payment } from "./payments.js";

type Fields = Record<string, unknown>;

/** The client's way to the center, with what was planned for each attempt. */
export class FlakyNetwork {
  /** How often each condition was met. */
  readonly met = new Map<string, number>();
  /** bank_tran_ids of transfers in the order in which they left, each as often as it did. */
  readonly sent: string[] = [];
  /** Looks at `transfer/result` that were spoilt. */
  spoilt = 0;
  readonly #conditions = new Map<string, Condition[]>();
  readonly #blind = new Map<string, number>();
  readonly #late = new Map<string, () => Promise<unknown>>();
  /** Which payment a bank_tran_id is about. */
  readonly #memos = new Map<string, string>();

  constructor(
    readonly sandbox: Sandbox,
    readonly clock: Clock,
  ) {}

  /** What the requests of the next attempt at a payment will meet, one after the other. */
  plan({ memo, blindLooks }: Payment, conditions: readonly Condition[]): void {
    this.#conditions.set(memo, [...conditions]);
    this.#blind.set(memo, blindLooks);
  }

  meet(condition: Condition): void {
    count(this.met, nameOf(condition));
  }

  readonly fetch: Transport = async (url, init) => {
    const { pathname: path } = new URL(url);
    const fields: Fields = typeof init.body === "string" && path.startsWith("/v2.0/") ? JSON.parse(init.body) : {};
    const [item = fields] = (fields.req_list ?? []) as Fields[];
    if (path === "/v2.0/transfer/result") return this.#look(String(item.org_bank_tran_id), () => this.#go(url, init));
    if (!path.startsWith("/v2.0/transfer/")) return this.#go(url, init);
    const id = String(item.bank_tran_id);
    const memo = String(item.print_content ?? item.dps_print_content);
    this.sent.push(id);
    this.#memos.set(id, memo);
    return this.#transfer({ id, memo, path, init }, () => this.#go(url, init));
  };

  #go(url: string, { method, headers, body, signal }: TransportInit): Promise<Response> {
    return this.sandbox.fetch(url, { method, headers, body: body ?? null, signal: signal ?? null });
  }

  async #transfer(
    { id, memo, path, init }: { id: string; memo: string; path: string; init: TransportInit },
    go: () => Promise<Response>,
  ): Promise<Response> {
    const condition = this.#conditions.get(memo)?.shift() ?? "fair";
    this.meet(condition);
    const { openBanking } = this.sandbox;
    switch (condition) {
      case "fair":
      case "crash before sending":
        return go();
      case "unreachable":
        throw broken("ECONNREFUSED");
      case "lost":
      case "crash after sending, lost":
        throw broken("ECONNRESET");
      case "late":
        // Time stands still meanwhile: a minute later nobody would wait for it any more.
        this.clock.hold();
        this.#late.set(id, go);
        throw broken("ECONNRESET");
      case "crash after sending":
        void go().catch(() => {});
        throw broken("ECONNRESET");
      case "silent, arrived":
        void go().catch(() => {});
        return untilAborted(init.signal);
      case "silent, lost":
        return untilAborted(init.signal);
      case "closed":
        openBanking.failNext({ code: "A0020", path });
        return go();
      case "token refused":
        openBanking.failNext({ code: "O0002", path });
        return go();
      default:
        openBanking.unknownNext({ ...condition, path });
        return go();
    }
  }

  async #look(id: string, go: () => Promise<Response>): Promise<Response> {
    const memo = this.#memos.get(id) ?? "";
    const blind = this.#blind.get(memo) ?? 0;
    if (blind > 0) {
      this.#blind.set(memo, blind - 1);
      this.spoilt += 1;
      if (blind === 1) throw broken("ECONNRESET");
      return new Response("bad gateway", { status: 502 });
    }
    const answer = await go();
    const arrive = this.#late.get(id);
    if (arrive) {
      this.#late.delete(id);
      await arrive().catch(() => {});
      this.clock.release();
    }
    return answer;
  }
}

export function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function broken(code: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}
