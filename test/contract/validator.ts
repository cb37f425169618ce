import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Schema } from "kofin/generator";

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true, logger: false });

/** The forms of specs/README.md. A provider sends an empty text where it has nothing to say. */
const FORMATS: Record<string, RegExp> = {
  yyyymmdd: /^(\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))?$/,
  yymmdd: /^(\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))?$/,
  yyyymm: /^(\d{4}(0[1-9]|1[0-2]))?$/,
  yyyy: /^(\d{4})?$/,
  hhmmss: /^(([01]\d|2[0-3])[0-5]\d[0-5]\d)?$/,
  amount: /^(-?\d+(\.\d+)?)?$/,
  base64: /^[A-Za-z0-9+/]*={0,2}$/,
};
for (const [name, format] of Object.entries(FORMATS)) ajv.addFormat(name, format);

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
