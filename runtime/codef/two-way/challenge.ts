import { isRecord, type Json } from "../../paths.js";
import type { Envelope } from "../envelope.js";
import type { CodefEnvironment, CodefOperation, Reply } from "../operation.js";

/** What identifies the waiting job. The indexes are often 0. */
export interface TwoWayInfo {
  jobIndex: number;
  threadIndex: number;
  jti: string;
  twoWayTimestamp: number;
}

/** What comes with a question, as far as it is known; the keys that arrive depend on `method`. */
export interface ChallengeInfo {
  /** 보안문자: the image as a data URL; `captchaImage` reads it. */
  reqSecureNo?: string;
  reqSecureNoRefresh?: string;
  reqSMSAuthNo?: string;
  commSimpleAuth?: string;
  /** 주소 선택: answer with one of these as `reqAddress`. */
  reqAddrList?: { reqAddress: string; [key: string]: unknown }[];
  /** 동 선택: show `reqDong`, answer with `commDongNum` as `dongNum`. */
  reqDongNumList?: { reqDong: string; commDongNum: string; [key: string]: unknown }[];
  /** 호 선택: show `reqHo`, answer with `commHoNum` as `hoNum`. */
  reqHoNumList?: { reqHo: string; commHoNum: string; [key: string]: unknown }[];
  [key: string]: unknown;
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
  /** What is asked for: `secureNo`, `smsAuthNo`, `simpleAuth`, `emailAuthNo`, `dongNum` … */
  readonly method: string;
  /** What comes with the question, such as a captcha image or a list to choose from. */
  readonly extraInfo: ChallengeInfo;
  readonly twoWayInfo: TwoWayInfo;
  /** The body of the request that is being continued. */
  readonly body: Json;
  /** 1 for the first question of a call, 2 for the next … */
  readonly round: number;
  /**
   * How often 간편인증 was answered before the user had confirmed in the app; 0 unless that is why the question came back.
   * A refusal is an error instead. The third premature answer ends the job (CF-12872).
   */
  readonly premature: number;
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

/** What a call knows besides its input: the challenge that it answers. */
export interface Continuation {
  answered?: Challenge;
  /** What goes around the input of a second request: the first body, and the job that it continues. */
  continued?: Json;
}

/** What a challenge has to know of the request it continues. */
export interface Question extends Pick<Challenge, "environment" | "operation" | "body" | "round"> {
  /** The challenge that this request answered, if any. */
  answered?: Pick<Challenge, "method" | "premature"> | undefined;
}

/** Seconds to answer when CODEF does not say: simple authentication ends after 270, everything else was seen from 120 on. */
const ANSWER_SECONDS = { simpleAuth: 270, other: 120 } as const;

/** The challenge in an answer that asks for 추가인증; undefined when the answer does not say how to go on. */
export function readChallenge(
  envelope: Envelope,
  { answered, ...question }: Question,
  now: number,
): Challenge | undefined {
  const { data, raw, result } = envelope;
  if (!isRecord(data) || typeof data.jti !== "string") return undefined;
  const method = typeof data.method === "string" ? data.method : "";
  const told = isRecord(raw.twoWayInfo) ? number(raw.twoWayInfo.twoWayTimeout) : 0;
  const seconds = told || (method === "simpleAuth" ? ANSWER_SECONDS.simpleAuth : ANSWER_SECONDS.other);
  const again = method === "simpleAuth" && answered?.method === method;
  return {
    provider: "codef",
    ...question,
    method,
    extraInfo: readInfo(data),
    twoWayInfo: {
      jobIndex: number(data.jobIndex),
      threadIndex: number(data.threadIndex),
      jti: data.jti,
      twoWayTimestamp: number(data.twoWayTimestamp),
    },
    premature: again ? answered.premature + 1 : 0,
    expiresAt: now + seconds * 1000,
    ...(result.transactionId && { transactionId: result.transactionId }),
  };
}

/** A number that may arrive as text; 0 for anything else. */
function number(value: unknown): number {
  return typeof value === "number" || typeof value === "string" ? Number(value) || 0 : 0;
}

/** What came with the question, beside `extraInfo` too. Lists to choose from are lists, even with a single choice. */
function readInfo({ extraInfo, continue2Way, method, jobIndex, threadIndex, jti, twoWayTimestamp, ...beside }: Json) {
  const info = { ...beside, ...(isRecord(extraInfo) && extraInfo) };
  const entries = Object.entries(info).map(([key, value]) => [
    key,
    /List$/.test(key) && isRecord(value) ? [value] : value,
  ]);
  return Object.fromEntries(entries) as ChallengeInfo;
}
