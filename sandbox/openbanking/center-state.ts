/**
 * Everything that the center and the banks know, from the beginning on.
 * @module
 */
import type { Clock } from "../shared/clock.js";
import { Plans } from "../shared/faults.js";
import { type Identifiers, identifiers } from "../shared/random.js";
import { Bank, type BankAccount } from "./bank.js";
import { OPEN_BANKING_INSTITUTION, type SandboxInstitution } from "./institution.js";
import { Journal } from "./journal.js";
import { DEFAULT_LIMITS, type Limits, Quotas } from "./limits.js";
import { PEOPLE, type SandboxPerson, TEST_BANK } from "./people.js";
import { Registrations } from "./registrations.js";
import type { InstitutionScope } from "./scopes.js";
import type { Beginning } from "./statement.js";
import { TestData } from "./test-data.js";
import { Tokens } from "./tokens.js";
import { TranIds } from "./tran-ids.js";
import type { OpenOutcome } from "./unknown.js";
import { Users } from "./users.js";

export interface CenterOptions {
  /** Institutions besides `OPEN_BANKING_INSTITUTION`. */
  institutions?: readonly SandboxInstitution[];
  /** The contract of `OPEN_BANKING_INSTITUTION`: 센터인증 (`oob`) or 자체인증 (`sa`). Default `oob`. */
  scope?: InstitutionScope;
  /** Callback URLs of `OPEN_BANKING_INSTITUTION` besides its own; `sandbox.openBanking.addRedirectUri` adds more. */
  redirectUris?: readonly string[];
  /** Who can consent. Default: `PEOPLE`. */
  people?: readonly SandboxPerson[];
  /** Default: `DEFAULT_LIMITS`. */
  limits?: Partial<Limits>;
  /** In won, what every 지급계좌 holds at the beginning. Default 10,000,000,000. */
  payingBalance?: number;
  /** How a bank_tran_id that was used today is answered: by the center, or as the bank does. Default `A0326`. */
  duplicates?: "A0326" | "822";
  /** 입금이체용 암호문구. Default `NONE`, as in the center's test environment. */
  passPhrase?: string;
  /** Whether a refresh brings a new refresh token, which ends the old one. Default true. */
  rotateRefreshTokens?: boolean;
  /**
   * Whether bank calls need data that was registered for them, as in the center's test environment: A0002 with bank 818 otherwise.
   * Default false. `sandbox.openBanking.testData` registers.
   */
  strictTestData?: boolean;
  /** What 이체결과조회 says of transfers that never happened. Default `A0000`: the item alone has bank 701. */
  missingTransfer?: "A0000" | "A0009" | "A0310";
}

/** What institutions do their contracts with: 약정계좌. */
export type ContractRole = "collecting" | "paying";

export interface ContractAccounts {
  collecting: BankAccount;
  paying: BankAccount;
  /** Those that are registered with the center. */
  registered: Set<ContractRole>;
}

export interface CenterState {
  readonly settings: Pick<
    Required<CenterOptions>,
    "duplicates" | "passPhrase" | "rotateRefreshTokens" | "missingTransfer"
  >;
  readonly ids: Identifiers;
  readonly beginning: Beginning;
  readonly bank: Bank;
  readonly users: Users;
  /** By client id. */
  readonly institutions: ReadonlyMap<string, SandboxInstitution>;
  /** Callback URLs, by client id. */
  readonly redirectUris: ReadonlyMap<string, Set<string>>;
  /** By 이용기관코드. */
  readonly contracts: ReadonlyMap<string, ContractAccounts>;
  readonly registrations: Registrations;
  readonly tokens: Tokens;
  readonly tranIds: TranIds;
  readonly quotas: Quotas;
  readonly journal: Journal;
  /** Transfers to come whose outcome stays open. */
  readonly unknown: Plans<OpenOutcome>;
  readonly testData: TestData;
}

export function createCenterState(options: CenterOptions, seed: string | number, clock: Clock): CenterState {
  const { institutions = [], people = PEOPLE, scope = "oob", redirectUris = [], limits } = options;
  const { payingBalance = 10_000_000_000, strictTestData = false, duplicates = "A0326" } = options;
  const { passPhrase = "NONE", rotateRefreshTokens = true, missingTransfer = "A0000" } = options;
  const ids = identifiers(seed);
  const began = clock();
  const bank = new Bank();
  const first = {
    ...OPEN_BANKING_INSTITUTION,
    scope,
    redirectUris: [...OPEN_BANKING_INSTITUTION.redirectUris, ...redirectUris],
  };
  const all: SandboxInstitution[] = [first, ...institutions];
  const contracts = all.map(
    (institution, index) => [institution.useCode, openContract(bank, institution, index, payingBalance)] as const,
  );
  return {
    settings: { duplicates, passPhrase, rotateRefreshTokens, missingTransfer },
    ids,
    beginning: { seed, began },
    bank,
    users: new Users(people, bank, began),
    institutions: new Map(all.map((institution) => [institution.clientId, institution])),
    redirectUris: new Map(all.map((institution) => [institution.clientId, new Set(institution.redirectUris)])),
    contracts: new Map(contracts),
    registrations: new Registrations(seed),
    tokens: new Tokens(clock, ids),
    tranIds: new TranIds(),
    quotas: new Quotas({ ...DEFAULT_LIMITS, ...limits }),
    journal: new Journal(),
    unknown: new Plans(),
    testData: new TestData(strictTestData),
  };
}

function openContract(
  bank: Bank,
  institution: SandboxInstitution,
  index: number,
  payingBalance: number,
): ContractAccounts {
  const { name, collectingAccount, payingAccount } = institution;
  const open = (accountNum: string, product: string, opening: number) =>
    bank.open({
      bankCode: TEST_BANK,
      accountNum,
      holder: name,
      holderInfo: "0000000000",
      type: "1",
      product,
      issued: "20200102",
      maturity: "",
      opening,
    });
  const number = (role: number) => String(9_990_000_000_000 + index * 10 + role);
  return {
    collecting: open(collectingAccount ?? number(1), "수납계좌", 0),
    paying: open(payingAccount ?? number(2), "지급계좌", payingBalance),
    registered: new Set<ContractRole>(["collecting", "paying"]),
  };
}
