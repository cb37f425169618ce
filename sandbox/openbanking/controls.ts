import type { NetworkFault } from "../shared/faults.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import type { TrafficControls } from "../shared/traffic.js";
import type { ContractRole } from "./center-state.js";
import type { ConsentChoice } from "./consent.js";
import type { TransferKind } from "./journal.js";
import type { SandboxPerson } from "./people.js";
import type { AgreementKind, AgreementState } from "./registrations.js";
import type { InstitutionScope } from "./scopes.js";
import type { TestDatum } from "./test-data.js";
import type { OpenOutcomePlan } from "./unknown.js";

/** How the next matching request is answered. Say at least one of status, code, bankCode, body, drop and silent. */
export interface OpenBankingFault extends NetworkFault {
  /** HTTP status; default 200. */
  status?: number;
  /** An rsp_code with its head, such as `A0020` or `O0009`. */
  code?: string;
  /** bank_rsp_code; the rsp_code is then A0002 unless `code` says otherwise. */
  bankCode?: string;
}

/** A person of the sandbox, and what the default institution knows. */
export interface SandboxUser {
  readonly name: string;
  readonly userSeqNo: string;
  readonly ci: string;
  readonly birth: string;
  readonly accounts: readonly SandboxUserAccount[];
}

export interface SandboxUserAccount {
  readonly bankCode: string;
  readonly accountNum: string;
  readonly balance: number;
  /** 핀테크이용번호 with the default institution, as soon as the account is registered. */
  readonly fintechUseNum: string;
  /** Whether it is registered. */
  readonly registered: boolean;
}

/** Everything that money has done. */
export interface OpenBankingLedger {
  readonly accounts: readonly LedgerAccount[];
  /** Transfers that banks have dealt with, oldest first; those that a bank refused among them. */
  readonly transfers: readonly LedgerTransfer[];
  /** What all accounts hold together: only `addPerson` changes it. */
  readonly total: number;
}

export interface LedgerAccount {
  readonly bankCode: string;
  readonly accountNum: string;
  readonly holder: string;
  readonly balance: number;
}

export interface LedgerTransfer {
  readonly kind: TransferKind;
  readonly bankTranId: string;
  /** `yyyymmdd` */
  readonly date: string;
  readonly amount: number;
  readonly from: string;
  readonly to: string;
  /** bank_rsp_code: the money moved when it is `000`. */
  readonly outcome: string;
}

/** Controls of the center's mock. On a port: `POST /__sandbox/openbanking/…`. */
export interface OpenBankingSandbox extends TrafficControls<OpenBankingFault> {
  /** Makes a client talk to this sandbox: `createOpenBanking({ ...sandbox.openBanking.options })`. */
  readonly options: {
    readonly environment: "test";
    readonly clientId: string;
    readonly clientSecret: string;
    readonly useCode: string;
    readonly institutionScope: InstitutionScope;
    readonly redirectUri: string;
    readonly fetch: SandboxFetch;
  };
  /** Times that somebody was given a token; a pair counts once. */
  readonly tokensIssued: number;
  readonly users: readonly SandboxUser[];
  readonly contractAccounts: Readonly<Record<ContractRole, string>>;
  ledger(): OpenBankingLedger;
  /** Somebody more, with accounts. @throws Error for an account number that is taken */
  addPerson(person: SandboxPerson): SandboxUser;
  /** One more callback URL of the default institution. @throws Error when it is no address */
  addRedirectUri(redirectUri: string): void;
  /**
   * The consent without a browser: what the user would do on the page that the address opens.
   * @returns the address that the browser would come back to
   * @throws Error for an address that the center refuses, named by its code, and for a choice that does not exist
   */
  consent(url: string | URL, choice?: ConsentChoice): Promise<string>;
  /**
   * From now on authorization requests are answered by the callback at once, without a page: for programs that follow redirects.
   * Undefined brings the page back. @throws Error for a user that nobody is
   */
  consentAtOnce(choice: ConsentChoice | undefined): void;
  /**
   * What a user allows the institution that knows the account by this number: `missing` and `expired` are A0305 and A0316 of inquiries, A0306 and A0319
   * of withdrawals.
   * @throws Error for a 핀테크이용번호 that is not registered
   */
  setAgreement(fintechUseNum: string, kind: AgreementKind, state: AgreementState): void;
  /** Whether a 약정계좌 is registered with the center; without it A0322. */
  setContractAccount(role: ContractRole, registered: boolean): void;
  /**
   * The next transfers happen or not, and their answers do not tell.
   * @throws Error for an answer that leaves nothing open, and for an unknown path
   */
  unknownNext(plan: OpenOutcomePlan): void;
  /** Whoever got the money of a claimed deposit gives it back, or does not. @throws Error when there is no such claim, or no money left */
  answerClaim(bankTranId: string, returned: boolean): void;
  /** Whether bank calls need registered data (A0002 with bank 818). */
  strictTestData(on: boolean): void;
  /** Registers data of the test environment. @throws Error when the operation is unknown */
  testData(operation: string, datum: TestDatum): void;
  /** Whether fields arrive under the other names that the documents have for them (`x-also` in the specs). */
  otherNames(on: boolean): void;
  /** From now on every access token is O0003; with `refresh` every refresh token O0015 as well. */
  expireTokens(options?: { refresh?: boolean }): void;
}
