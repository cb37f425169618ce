/**
 * 다건요청: several products of one institution under one authentication of the user.
 * @module
 */
import { performerOf } from "../call/clients.js";
import { toKofinError } from "../call/network.js";
import { sleep } from "../call/sleep.js";
import { type Settled, settle } from "../settle.js";
import type { Codef, CodefPerformer } from "./client.js";
import type { CallOptions } from "./operation.js";
import { loadLazy } from "./request.js";
import { answerChallenge } from "./two-way/answer.js";
import type { Challenge, ChallengeReply, TwoWayReply } from "./two-way/challenge.js";

/** CODEF opens a session of its own for each request that comes too soon after the one before; 0.5 to 1 s are advised. */
const GAP_MS = 700;

/** One product of a 다건요청: give it the shared `id`. */
export type SharedCall<R = TwoWayReply<unknown>> = (shared: { id: string }) => Promise<R>;

export interface TogetherOptions {
  /** The id that the requests share. Default a random UUID; unique per run and user. */
  id?: string;
  /** Milliseconds between two requests. Default 700. */
  gapMs?: number;
  /** Keeps calls that have not begun from being sent; hand it to the calls too to end those under way. */
  signal?: AbortSignal;
}

/** What became of each call, in the order they were given. Nothing fails fast: a refused product does not hide the others. */
export type Outcomes<Calls extends readonly SharedCall<unknown>[]> = {
  [K in keyof Calls]: Settled<Awaited<ReturnType<Calls[K]>>>;
};

/** All done, or one of the calls asks for the user: answer it, and the others go on by themselves. */
export type Together<Calls extends readonly SharedCall<unknown>[]> =
  | { status: "done"; outcomes: Outcomes<Calls> }
  | {
      status: "challenge";
      /** Plain JSON; may be answered in another process too. */
      challenge: Challenge;
      /** Which of the calls asks. */
      index: number;
      /** Answers the challenge and waits for the next question or the end. */
      answer(answer: object, options?: CallOptions): Promise<Together<Calls>>;
      /** Waits for the others when the challenge is answered elsewhere; the outcome of the one that asks stays its challenge. */
      others(): Promise<Outcomes<Calls>>;
    };

/**
 * Sends several products of one institution under one shared id, one after the other with the gap that CODEF requires. One of them
 * may ask for 추가인증; the rest wait at CODEF until it is answered. loginType 5 supports this, 6 (비회원) does not.
 * @example
 * let all = await together(codef, [
 *   ({ id }) => proofIncome(codef, { id, ...login, startYear, endYear }),
 *   ({ id }) => taxStandard(codef, { id, ...login, startDate, endDate }),
 * ]);
 * while (all.status === "challenge") all = await all.answer(await ask(all.challenge));
 * for (const { data, error } of all.outcomes) …
 */
export async function together<const Calls extends readonly SharedCall<unknown>[]>(
  codef: Codef,
  calls: Calls,
  options: TogetherOptions = {},
): Promise<Together<Calls>> {
  const { id = crypto.randomUUID(), gapMs = GAP_MS, signal = new AbortController().signal } = options;
  // The gap is one between requests: whatever the first call would still have to wait for would shorten it.
  const { tokens } = performerOf<CodefPerformer>(codef, "codef", "createCodef");
  const ready = Promise.all([tokens.get(), loadLazy()]).catch(() => {});
  let turn: Promise<unknown> = ready;
  const pending = calls.map((start, index) => {
    const mine = index === 0 ? turn : turn.then(() => sleep(gapMs, signal));
    turn = mine;
    const begin = async () => {
      await mine;
      return start({ id });
    };
    const aborted = { provider: "codef", operation: "together", mayHaveArrived: false, signal, clean: String };
    return settle(
      begin().catch((error) => {
        throw signal.aborted ? toKofinError(error, aborted) : error;
      }),
    );
  });
  return next(codef, pending) as Promise<Together<Calls>>;
}

type Pending = Promise<Settled<unknown>>;
type Any = Together<readonly SharedCall<unknown>[]>;

/** Waits for the first challenge among the calls, or for all of them to end. */
async function next(codef: Codef, pending: Pending[]): Promise<Any> {
  const asking = pending.map(async (call, index) => {
    const { data } = await call;
    // Those that are done never win the race; the end of all of them does.
    return isChallenge(data) ? { challenge: data.challenge, index } : new Promise<never>(() => {});
  });
  const asked = await Promise.race([...asking, Promise.all(pending).then(() => undefined)]);
  const first = asked ?? (await firstChallenge(pending));
  if (!first) return { status: "done", outcomes: await Promise.all(pending) } as Any;

  const { challenge, index } = first;
  return {
    status: "challenge",
    challenge,
    index,
    answer: (answer, options) => {
      const answered = settle(answerChallenge(codef, challenge, answer, options));
      return next(codef, pending.with(index, answered));
    },
    others: () => Promise.all(pending) as Promise<Outcomes<readonly SharedCall<unknown>[]>>,
  };
}

async function firstChallenge(pending: Pending[]) {
  for (const [index, { data }] of (await Promise.all(pending)).entries()) {
    if (isChallenge(data)) return { challenge: data.challenge, index };
  }
  return undefined;
}

function isChallenge(reply: unknown): reply is ChallengeReply<unknown> {
  return (reply as { status?: string } | undefined)?.status === "challenge";
}
