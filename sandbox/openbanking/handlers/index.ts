import { bankHead, type Call, type Handler } from "../call.js";
import { accountHandlers } from "./accounts.js";
import { assetHandlers } from "./assets.js";
import { inquiryHandlers } from "./inquiries.js";
import { manageHandlers } from "./manage.js";
import { returnHandlers } from "./returns.js";
import { transferHandlers } from "./transfers.js";
import { userHandlers } from "./users.js";

const HANDLERS: Readonly<Record<string, Handler>> = {
  ...accountHandlers,
  ...assetHandlers,
  ...inquiryHandlers,
  ...manageHandlers,
  ...returnHandlers,
  ...transferHandlers,
  ...userHandlers,
};

/** What an operation does. Of some only the path is known: they answer with a head and nothing else. */
export function handlerOf(path: string): Handler {
  return HANDLERS[path] ?? headOnly;
}

function headOnly(call: Call) {
  return { data: call.input.bank_tran_id === undefined ? {} : bankHead(call) };
}
