import { isRecord, type Json } from "../paths.js";
import type { Envelope } from "./envelope.js";
import type { CodefEnvironment } from "./environments.js";
import type { CodefOperation } from "./operation.js";
import type { Reply } from "./reply.js";

/** The code of an answer that asks for 추가인증. */
export const TWO_WAY_CODE = "CF-03002";

/** What identifies the waiting job. The indexes are often 0. */
export interface TwoWayInfo {
  jobIndex: number;
  threadIndex: number;
  jti: string;
  twoWayTimestamp: number;
}

declare const dataType: unique symbol;
declare const answerType: unique symbol;

/**
 * A question of the institution (추가인증), as plain JSON: store it, send it to another process, and hand it to `answerChallenge`.
 * It holds the first request (passwords already encrypted), so treat it as personal data.
 */
export interface Challenge<Data = unknown, Answer extends object = object> {
  readonly provider: "codef";
  readonly environment: CodefEnvironment;
  readonly operation: CodefOperation;
  /** What is asked for: `secureNo`, `smsAuthNo`, `simpleAuth`, `emailAuthNo` … */
  readonly method: string;
  /** What comes with the question, such as a captcha image or a list to choose from. */
  readonly extraInfo: Json;
  readonly twoWayInfo: TwoWayInfo;
  /** The body of the request that is being continued. */
  readonly body: Json;
  /** 1 for the first question of a call, 2 for the next … */
  readonly round: number;
  /** Milliseconds since 1970: an answer that arrives later finds the job gone. */
  readonly expiresAt: number;
  readonly transactionId?: string;
  /** Types only: what `answerChallenge` takes and returns. */
  readonly [dataType]?: Data;
  readonly [answerType]?: Answer;
}

/** What a product with 추가인증 returns: its data, or a question to answer first. */
export type TwoWayReply<Data, Answer extends object = object> = Reply<Data> | ChallengeReply<Data, Answer>;

export interface ChallengeReply<Data, Answer extends object = object> {
  status: "challenge";
  challenge: Challenge<Data, Answer>;
}

/** Seconds to answer when CODEF does not say: simple authentication ends after 270, everything else was seen from 120 on. */
const ANSWER_SECONDS = { simpleAuth: 270, other: 120 } as const;

/** The challenge in an answer of code CF-03002; undefined when the answer does not say how to go on. */
export function readChallenge(
  { data, raw, result }: Envelope,
  context: Pick<Challenge, "environment" | "operation" | "body" | "round">,
  now: number,
): Challenge | undefined {
  if (!isRecord(data) || typeof data.jti !== "string") return undefined;
  const method = typeof data.method === "string" ? data.method : "";
  const told = isRecord(raw.twoWayInfo) ? Number(raw.twoWayInfo.twoWayTimeout) : 0;
  const seconds = told || (method === "simpleAuth" ? ANSWER_SECONDS.simpleAuth : ANSWER_SECONDS.other);
  return {
    provider: "codef",
    ...context,
    method,
    extraInfo: isRecord(data.extraInfo) ? data.extraInfo : {},
    twoWayInfo: {
      jobIndex: Number(data.jobIndex ?? 0),
      threadIndex: Number(data.threadIndex ?? 0),
      jti: data.jti,
      twoWayTimestamp: Number(data.twoWayTimestamp ?? 0),
    },
    expiresAt: now + seconds * 1000,
    ...(result.transactionId && { transactionId: result.transactionId }),
  };
}
