import type { Transport } from "kofin";
import { createWoori, type Woori, type WooriOptions } from "kofin/woori";

/** A request as it left the client. */
export interface Sent {
  url: string;
  method: string;
  /** Names as they were set; `Headers` knows them in lower case. */
  headers: Record<string, string>;
  body: { dataHeader: Record<string, string>; dataBody: Record<string, unknown> };
}

export type Script = (sent: Sent, count: number) => Response | Promise<Response>;

/** A transport that needs no network. */
export function scripted(answer: Script): { fetch: Transport; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: Transport = async (url, { method, headers, body }) => {
    const text = body === undefined ? "null" : await new Response(body).text();
    const count = sent.push({ url, method, headers: Object.fromEntries(headers), body: JSON.parse(text) });
    return answer(sent[count - 1] as Sent, count);
  };
  return { fetch: Object.assign(fetch, { getBody: true } as const), sent };
}

/** A client whose every request is answered by `answer`; pauses between attempts are too short to notice. */
export function clientOf(answer: Script, options: Partial<WooriOptions> = {}): { woori: Woori; sent: Sent[] } {
  const { fetch, sent } = scripted(answer);
  return { woori: createWoori({ appKey: "app-key", fetch, retryDelayMs: 1, ...options }), sent };
}

export function success(dataBody: unknown = {}, dataHeader: unknown = {}): Response {
  return Response.json({ dataHeader, dataBody });
}

export interface Refused {
  status?: number;
  message?: string;
  list?: { MSG_CD?: string; MAIN_MSG_TXT?: string }[];
}

/** A refusal as the bank was seen to answer it. */
export function refusal(code: string, { status = 400, message = "거절", list = [] }: Refused = {}): Response {
  const dataBody = {
    MAIN_MSG_INF_REPT_CN: String(list.length),
    ERRORLIST: list,
    ERRORCODE: code,
    ERRUSRMSG: message,
  };
  return Response.json({ dataHeader: {}, dataBody }, { status });
}
