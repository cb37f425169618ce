import { faults } from "../../call/fault.js";

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

/** What `transfer/result` finds a withdrawal or a deposit by. Plain JSON; holds no personal data but the amount. */
export interface TransferReference {
  /** `1` 출금이체, `2` 입금이체. */
  checkType: "1" | "2";
  orgBankTranId: string;
  /** The day in Seoul on which it was sent. */
  orgBankTranDate: string;
  orgTranAmt: string;
  tranDtime: string;
}

/** What is known of a call that is no transfer. */
export interface BareReference {
  bankTranId: string;
  tranDtime?: string;
}

/** Tells `hook` of a request that is about to leave. */
export async function announce(
  hook: BeforeSend,
  operation: { id: string },
  reference: TransferReference | BareReference,
): Promise<void> {
  try {
    await hook(noticeOf(operation.id, reference));
  } catch (cause) {
    const fault = faults("openbanking")(operation, "beforeSend");
    throw fault("STOPPED", "stopped the call; nothing was sent", cause);
  }
}

function noticeOf(operation: string, reference: TransferReference | BareReference): SendNotice {
  const { tranDtime } = reference;
  if ("bankTranId" in reference) {
    return { operation, bankTranId: reference.bankTranId, tranDtime, amount: undefined, reference: undefined };
  }
  return { operation, bankTranId: reference.orgBankTranId, tranDtime, amount: reference.orgTranAmt, reference };
}
