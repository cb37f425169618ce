import type { Clock } from "../shared/clock.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import type { Traffic } from "../shared/traffic.js";
import type { CenterState } from "./center-state.js";
import type { Consents } from "./consent.js";
import type { OpenBankingFault, OpenBankingSandbox, SandboxUser } from "./controls.js";
import { OPEN_BANKING_INSTITUTION as OWN } from "./institution.js";
import type { Claim } from "./journal.js";
import { checkOpenAnswer } from "./unknown.js";
import type { User } from "./users.js";
import { Refusal } from "./wire.js";

/** What the controls work on. */
export interface ControlContext {
  fetch: SandboxFetch;
  here(): { center: CenterState; consents: Consents };
  traffic: Traffic<OpenBankingFault>;
  clock: Clock;
  resolve(name: string): string;
  otherNames(on: boolean): void;
}

export function controlsOf(context: ControlContext): OpenBankingSandbox {
  const { here, traffic, clock, resolve } = context;
  const center = () => here().center;
  const contract = () => {
    const found = center().contracts.get(OWN.useCode);
    if (!found) throw new Error(`There is no institution ${OWN.useCode}`);
    return found;
  };
  return {
    options: {
      environment: "test",
      clientId: OWN.clientId,
      clientSecret: OWN.clientSecret,
      useCode: OWN.useCode,
      get institutionScope() {
        return center().institutions.get(OWN.clientId)?.scope ?? "oob";
      },
      redirectUri: OWN.redirectUris[0],
      fetch: context.fetch,
    },
    get requests() {
      return traffic.requests;
    },
    get tokensIssued() {
      return center().tokens.issued;
    },
    get users() {
      return center().users.all.map((user) => shown(center(), user));
    },
    get contractAccounts() {
      const { collecting, paying } = contract();
      return { collecting: collecting.accountNum, paying: paying.accountNum };
    },
    ledger() {
      const { bank, journal } = center();
      return {
        accounts: bank.accounts.map(({ bankCode, accountNum, holder, balance }) => ({
          bankCode,
          accountNum,
          holder,
          balance,
        })),
        transfers: journal.transfers.map(({ kind, bankTranId, date, amount, from, to, outcome }) => ({
          kind,
          bankTranId,
          date,
          amount,
          from: from.accountNum,
          to: to?.accountNum ?? "",
          outcome,
        })),
        total: bank.accounts.reduce((sum, { balance }) => sum + balance, 0),
      };
    },
    addPerson: (person) => shown(center(), center().users.add(person)),
    addRedirectUri(redirectUri) {
      if (!URL.canParse(redirectUri)) throw new Error(`${redirectUri} is no address`);
      center().redirectUris.get(OWN.clientId)?.add(redirectUri);
    },
    async consent(url, choice = {}) {
      try {
        return here().consents.decideFor(new URL(url), choice);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { code, detail, about = "" } = error.answer;
        throw new Error(`The center refuses the address: ${code} ${detail ? `[${detail}] ` : ""}${about}`.trim());
      }
    },
    consentAtOnce(choice) {
      if (choice?.user !== undefined) center().users.named(choice.user);
      here().consents.atOnce = choice;
    },
    setAgreement(fintechUseNum, kind, state) {
      const registration = center().registrations.find(fintechUseNum);
      if (!registration) throw new Error(`No account is registered as ${fintechUseNum}`);
      const { at } = registration[kind];
      Object.assign(registration[kind], { state, at: state === "missing" ? at : (at ?? clock()) });
    },
    setContractAccount(role, registered) {
      if (registered) contract().registered.add(role);
      else contract().registered.delete(role);
    },
    unknownNext(plan) {
      const { answer, times, path } = plan;
      checkOpenAnswer(answer);
      const selection = { ...(times !== undefined && { times }), ...(path !== undefined && { path: resolve(path) }) };
      center().unknown.add(plan, selection);
    },
    answerClaim: (bankTranId, returned) => answerClaim(center(), bankTranId, returned, clock()),
    strictTestData(on) {
      center().testData.strict = on;
    },
    testData: (operation, datum) => center().testData.add(resolve(operation), structuredClone(datum)),
    otherNames: context.otherNames,
    expireTokens: (options) => center().tokens.expireAll(options),
    failNext: (fault) => traffic.failNext(fault),
    delayNext: (milliseconds, selection) => traffic.delayNext(milliseconds, selection),
  };
}

function shown({ registrations }: CenterState, { name, userSeqNo, ci, birth, accounts }: User): SandboxUser {
  return {
    name,
    userSeqNo,
    ci,
    birth,
    accounts: accounts.map((account) => ({
      bankCode: account.bankCode,
      accountNum: account.accountNum,
      balance: account.balance,
      fintechUseNum: registrations.numberOf(OWN.useCode, account),
      registered: registrations.of(OWN.useCode, account) !== undefined,
    })),
  };
}

function answerClaim({ journal, bank }: CenterState, bankTranId: string, returned: boolean, at: number): void {
  const claim = journal.claimCalled(bankTranId);
  if (claim?.state !== "open") throw new Error(`No claim ${bankTranId} waits for an answer`);
  if (returned) giveBack(claim);
  claim.state = returned ? "returned" : "refused";

  function giveBack({ transfer: { to, amount }, returnTo }: Claim): void {
    if (!to || to.balance < amount) throw new Error(`The account does not hold ${amount} won any more`);
    const print = "자금반환";
    bank.move({ from: to, to: returnTo, amount, at, fromPrint: print, toPrint: print, fromType: print, toType: print });
  }
}
