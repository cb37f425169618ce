/**
 * A program that knows KIS's web socket and nothing of kofin: what it sees is what any client would see.
 */
import type { Sandbox } from "kofin/sandbox";
import { turn } from "./setup.js";

// biome-ignore lint/suspicious/noExplicitAny: tests read messages of unknown shape
export type Message = any;

export async function approvalKey({ fetch, kis }: Sandbox, environment: "real" | "mock" = "real"): Promise<string> {
  const { appKey, appSecret } = environment === "real" ? kis.options : kis.mockOptions;
  const answer = await fetch("http://kis.test/oauth2/Approval", {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ grant_type: "client_credentials", appkey: appKey, secretkey: appSecret }),
  });
  return ((await answer.json()) as { approval_key: string }).approval_key;
}

/** A socket in process, and everything it hears. */
export async function dial({ kis }: Sandbox) {
  const socket = new kis.webSocket("ws://kis.test/tryitout");
  const heard: string[] = [];
  const closed: { code: number; wasClean: boolean }[] = [];
  socket.onmessage = ({ data }) => heard.push(data);
  socket.onclose = ({ code, wasClean }) => closed.push({ code, wasClean });
  await turn();
  const say = async (text: string): Promise<Message> => {
    const before = heard.length;
    socket.send(text);
    await turn();
    const last = heard.slice(before).at(-1);
    return last?.startsWith("{") ? JSON.parse(last) : last;
  };
  return { socket, heard, closed, say };
}

export interface Asked {
  key: string;
  trId?: string;
  trKey?: string;
  type?: string;
  header?: Record<string, unknown>;
}

export function asking({ key, trId = "H0STCNT0", trKey = "005930", type = "1", header = {} }: Asked): string {
  return JSON.stringify({
    header: { approval_key: key, custtype: "P", tr_type: type, "content-type": "utf-8", ...header },
    body: { input: { tr_id: trId, tr_key: trKey } },
  });
}
