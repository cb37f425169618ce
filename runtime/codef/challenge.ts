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

/** What a challenge has to know of the request it continues. */
export interface Question extends Pick<Challenge, "environment" | "operation" | "body" | "round"> {
  /** The challenge that this request answered, if any. */
  answered?: Pick<Challenge, "method" | "premature"> | undefined;
}

/** Seconds to answer when CODEF does not say: simple authentication ends after 270, everything else was seen from 120 on. */
const ANSWER_SECONDS = { simpleAuth: 270, other: 120 } as const;

/** Whether an answer asks for 추가인증: by its code, or by a flag beside CF-00000 as answers of 2019 did. */
export function asksTwoWay({ data, result }: Envelope): boolean {
  return result.code === TWO_WAY_CODE || (isRecord(data) && data.continue2Way === true);
}

/** The challenge in an answer that asks for 추가인증; undefined when the answer does not say how to go on. */
export function readChallenge(
  envelope: Envelope,
  { answered, ...question }: Question,
  now: number,
): Challenge | undefined {
  const { data, raw, result } = envelope;
  if (!isRecord(data) || typeof data.jti !== "string") return undefined;
  const method = typeof data.method === "string" ? data.method : "";
  const told = isRecord(raw.twoWayInfo) ? Number(raw.twoWayInfo.twoWayTimeout) : 0;
  const seconds = told || (method === "simpleAuth" ? ANSWER_SECONDS.simpleAuth : ANSWER_SECONDS.other);
  const again = method === "simpleAuth" && answered?.method === method;
  return {
    provider: "codef",
    ...question,
    method,
    extraInfo: readInfo(data.extraInfo),
    twoWayInfo: {
      jobIndex: Number(data.jobIndex ?? 0),
      threadIndex: Number(data.threadIndex ?? 0),
      jti: data.jti,
      twoWayTimestamp: Number(data.twoWayTimestamp ?? 0),
    },
    premature: again ? answered.premature + 1 : 0,
    expiresAt: now + seconds * 1000,
    ...(result.transactionId && { transactionId: result.transactionId }),
  };
}

/** Lists to choose from are lists, even with a single choice. */
function readInfo(extraInfo: unknown): ChallengeInfo {
  if (!isRecord(extraInfo)) return {};
  const entries = Object.entries(extraInfo).map(([key, value]) => [
    key,
    /List$/.test(key) && isRecord(value) ? [value] : value,
  ]);
  return Object.fromEntries(entries);
}
