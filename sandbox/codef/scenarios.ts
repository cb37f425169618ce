/** What happens to an account whose login is one of the agreed names. */
export interface Scenario {
  /** `registration`: it cannot be registered. `product`: it can, and products refuse it later. */
  at: "registration" | "product";
  code: string;
  extraMessage?: string;
}

/**
 * Logins that tests use to meet a failure: as `id`, or as the password inside the encrypted `password` where there is no id.
 * The table of README.md.
 */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "wrong-id": { at: "registration", code: "CF-12800" },
  "wrong-password": { at: "registration", code: "CF-12801" },
  "too-many-errors": { at: "registration", code: "CF-12802" },
  "wrong-certificate-password": { at: "registration", code: "CF-12302" },
  "unknown-certificate": { at: "registration", code: "CF-12805" },
  "expired-certificate": { at: "registration", code: "CF-12806" },
  "no-internet-banking": { at: "registration", code: "CF-12812" },
  "additional-authentication": { at: "registration", code: "CF-04035" },
  "closed-hours": { at: "registration", code: "CF-12041", extraMessage: "NOT(23:30~00:30)" },
  "site-changed": { at: "registration", code: "CF-12701" },
  "password-changed": { at: "product", code: "CF-12801" },
  "no-result": { at: "product", code: "CF-03999" },
  "institution-closed": { at: "product", code: "CF-12041", extraMessage: "NOT(23:30~00:30)" },
  "institution-message": { at: "product", code: "CF-12100", extraMessage: "고객센터로 문의하시기 바랍니다." },
};

export function scenarioOf(id: unknown, password: string | undefined): Scenario | undefined {
  const named = (name: unknown) =>
    typeof name === "string" && Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
  return named(id) ?? named(password);
}
