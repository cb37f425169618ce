import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Schema } from "kofin/generator";

/** It would only warn of a format that it does not know, and check nothing by it. */
function refuse(warning: string): never {
  throw new Error(warning);
}

const logger = { log: refuse, warn: refuse, error: refuse };
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true, logger });

const DAY = String.raw`\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`([01]\d|2[0-3])[0-5]\d[0-5]\d`;

/** The forms of specs/README.md. A provider sends an empty text where it has nothing to say. */
const FORMATS: Record<string, string> = {
  yyyymmdd: DAY,
  "yyyymmdd or yyyy-mm-dd": String.raw`${DAY}|\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`,
  yymmdd: DAY.replace("4", "2"),
  yyyymm: String.raw`\d{4}(0[1-9]|1[0-2])`,
  yyyy: String.raw`\d{4}`,
  hhmm: String.raw`([01]\d|2[0-3])[0-5]\d`,
  hhmmss: TIME,
  "hh:mm": String.raw`([01]\d|2[0-3]):[0-5]\d`,
  "hh:mm:ss": String.raw`([01]\d|2[0-3]):[0-5]\d:[0-5]\d`,
  yyyymmddhhmmss: DAY + TIME,
  yyyymmddhhmmssSSS: String.raw`${DAY}${TIME}\d{3}`,
  "yyyy-mm-dd hh:mm:ss": String.raw`\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d`,
  amount: String.raw`-?\d+(\.\d+)?`,
  decimal: String.raw`-?\d+(\.\d+)?`,
  base64: "[A-Za-z0-9+/]*={0,2}",
  date: String.raw`\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`,
  "date-time": String.raw`\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)`,
  password: String.raw`[\s\S]*`,
};
for (const [name, form] of Object.entries(FORMATS)) ajv.addFormat(name, new RegExp(`^(${form})?$`));

ajv.addFormat("int64", { type: "number", validate: Number.isSafeInteger });

const compiled = new WeakMap<Schema, ValidateFunction>();

/** What an independent JSON Schema validator has against a value; nothing when it is valid. */
export function complaints(schema: Schema, value: unknown): string[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(" "),
  );
}
