import type { Wire } from "../call/door.js";
import { faultAt } from "./fault.js";
import type { OpenBankingOperation } from "./operation.js";
import type { TransferReference } from "./transfer.js";

/** What there is to write down before a request leaves that must not be repeated. */
export interface SendNotice {
  /** `module.operationId`. */
  operation: string;
  bankTranId: string;
  /** 요청일시 as it is sent, `yyyymmddhhmmss` of Seoul; undefined where the operation takes none. */
  tranDtime: string | undefined;
  /** Digits, in won; undefined where no amount is sent. */
  amount: string | undefined;
  /** Of a withdrawal or a deposit: what `settleTransfer` needs, should this process be gone when the answer comes. Plain JSON. */
  reference: TransferReference | undefined;
}

/**
 * Told of every request that must not be repeated and has a bank_tran_id, right before it leaves. It is waited for. When it throws,
 * nothing is sent and the call ends with an InvalidInputError `STOPPED`, whose `cause` is what was thrown.
 */
export type BeforeSend = (notice: SendNotice) => unknown;

export async function announce(
  hook: BeforeSend | undefined,
  operation: OpenBankingOperation,
  { reference }: Wire,
): Promise<void> {
  if (!hook || !reference) return;
  try {
    await hook(noticeOf(operation, reference as unknown as TransferReference | BareReference));
  } catch (cause) {
    throw faultAt(operation, "beforeSend")("STOPPED", "stopped the call; nothing was sent", cause);
  }
}

/** What is known of a call that is no transfer. */
export interface BareReference {
  bankTranId: string;
  tranDtime?: string;
}

function noticeOf({ id: operation }: OpenBankingOperation, reference: TransferReference | BareReference): SendNotice {
  const { tranDtime } = reference;
  if ("bankTranId" in reference) {
    return { operation, bankTranId: reference.bankTranId, tranDtime, amount: undefined, reference: undefined };
  }
  return { operation, bankTranId: reference.orgBankTranId, tranDtime, amount: reference.orgTranAmt, reference };
}
