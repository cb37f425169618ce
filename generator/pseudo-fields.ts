/**
 * Fields of callers' input that are not on the wire and stand for something else: the action that decides the tr_id, and the account
 * number that fills its two parts.
 * @module
 */
import type { Operation, Parameter, Schema, TrId, TrIds } from "./model.js";

type PseudoField = Pick<Parameter, "name" | "required" | "schema">;

/** The pseudo-fields of an operation whose request has `fields`. */
export function pseudoFields({ trId }: Pick<Operation, "trId">, fields: readonly Schema[]): PseudoField[] {
  const isForAccount = fields.some((field) => field["x-from"] === "account");
  return [
    ...(trId !== undefined && hasActions({ trId })
      ? [{ name: "action", required: true, schema: actionField(trId) }]
      : []),
    ...(isForAccount ? [{ name: "account", required: false, schema: accountField }] : []),
  ];
}

/** Whether an operation's tr_id depends on what the caller wants done. */
export function hasActions({ trId }: Pick<Operation, "trId">): boolean {
  return typeof trId?.real === "object";
}

const accountField: Schema = {
  title: "계좌번호",
  description: "종합계좌번호-상품코드. 생략하면 클라이언트의 계좌",
  type: "string",
  "x-sensitive": true,
  examples: ["12345678-01"],
};

function actionField(trId: TrId): Schema {
  const actions = actionsIn(trId.real);
  const mock = actionsIn(trId.mock);
  const notes = [
    ...conditionTexts(trId.when ?? {}),
    ...(mock.length === 0 || mock.length === actions.length ? [] : [`모의투자는 ${mock.join(", ")}만`]),
  ];
  return {
    title: "업무 구분",
    ...(notes.length === 0 ? {} : { description: notes.join(". ") }),
    type: "string",
    enum: actions,
  };
}

function actionsIn(ids: TrIds = ""): string[] {
  return typeof ids === "string" ? [] : Object.keys(ids);
}

/** `usBuy·usSell: OVRS_EXCG_CD NASD·NYSE`, actions with the same condition together. */
function conditionTexts(when: NonNullable<TrId["when"]>): string[] {
  const actions = new Map<string, string[]>();
  for (const [action, fields] of Object.entries(when)) {
    const parts = Object.entries(fields).map(([name, values]) => `${name} ${values.join("·")}`);
    const condition = parts.join(", ");
    actions.set(condition, [...(actions.get(condition) ?? []), action]);
  }
  return [...actions].map(([condition, names]) => `${names.join("·")}: ${condition}`);
}
