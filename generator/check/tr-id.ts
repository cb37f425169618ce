import { isMap, listOf, mapOf } from "../json.js";
import type { Problem } from "../model.js";
import { didYouMean } from "../nearest.js";
import { dataPlace } from "../provider/settings.js";
import { hasEnvelope } from "../read/callers.js";
import type { SpecFolder } from "../read/folder.js";
import { saidBy } from "../read/shape.js";
import type { OperationSite } from "../read/site.js";
import type { Survey } from "../read/survey.js";
import { inputFields } from "./input-names.js";
import { keyProblem, problem, unknownKeys } from "./rule.js";
import { isText, isTextMap, texts } from "./values.js";

const key = "x-tr-id";
const tables = ["real", "mock", "legacy"] as const;

interface TrIdSite {
  operation: OperationSite;
  trId: Record<string, unknown>;
  /** Undefined when there is one tr_id for all that the operation does. */
  actions: string[] | undefined;
}

function sitesOf({ operations }: Survey): TrIdSite[] {
  return operations.flatMap((operation) => {
    const trId = operation.value[key];
    if (!isMap(trId)) return [];
    return [{ operation, trId, actions: isMap(trId.real) ? Object.keys(trId.real) : undefined }];
  });
}

/** `x-tr-id` has one tr_id for each host, or one for each host and action, and says it where it means something. */
export function trIdShape(survey: Survey): Problem[] {
  const hasTrIds = survey.folder.settings.features.includes("tr-id");
  return sitesOf(survey).flatMap((site) => {
    const { operation, trId } = site;
    if (!hasTrIds) {
      const message = `x-tr-id does not belong here: the operations of ${survey.folder.provider} have none`;
      return [keyProblem(operation, message, key)];
    }
    return [
      ...unknownKeys(operation, Object.keys(trId), [...tables, "when"], key),
      ...(trId.real === undefined ? [keyProblem(operation, "x-tr-id has no real: say the tr_id", key)] : []),
      ...tables.filter((table) => trId[table] !== undefined).flatMap((table) => tableFindings(site, table)),
      ...(trId.when === undefined ? [] : whenShape(site)),
      ...(hasEnvelope(survey.folder, operation) ? [] : [withoutEnvelope(survey.folder, operation)]),
    ];
  });
}

function tableFindings({ operation, trId, actions }: TrIdSite, table: (typeof tables)[number]): Problem[] {
  const ids = trId[table];
  const isPlain = isText(ids);
  if (!isPlain && !(isTextMap(ids) && Object.keys(ids).length > 0)) {
    return [problem(operation, `x-tr-id: ${table} must be a tr_id, or a map action → tr_id`, key, table)];
  }
  if (table === "real") return [];
  if (isPlain !== (actions === undefined)) {
    const mend = isPlain ? "say for which of them" : "give it one tr_id, or real several";
    return [problem(operation, `x-tr-id: ${table} and real do not have the same actions: ${mend}`, key, table)];
  }
  return isPlain ? [] : unknownKeys(operation, Object.keys(ids), actions ?? [], key, table);
}

/** `when: { usBuy: { OVRS_EXCG_CD: [NASD] } }` */
function whenShape({ operation, trId: { when }, actions }: TrIdSite): Problem[] {
  if (!isMap(when) || actions === undefined) {
    const message = "x-tr-id: when must be a map action → fields, beside a real with actions";
    return [problem(operation, message, key, "when")];
  }
  const wrong = Object.entries(when).flatMap(([action, fields]) => {
    if (!isMap(fields)) return [problem(operation, "x-tr-id: when must be a map action → fields", key, "when", action)];
    return Object.entries(fields)
      .filter(([, values]) => texts(values) !== undefined)
      .map(([field]) => {
        const message = `x-tr-id: the values of ${field} must be a list of texts with at least one in it`;
        return problem(operation, message, key, "when", action, field);
      });
  });
  return [...unknownKeys(operation, Object.keys(when), actions, key, "when"), ...wrong];
}

function withoutEnvelope({ settings }: SpecFolder, operation: OperationSite): Problem {
  const data = dataPlace(settings) ?? { inside: "" };
  const block = "beside" in data ? data.beside : data.inside;
  const message = `${operation.id} has a tr_id, so its answer has the envelope around it: allOf the block ${block} and the data`;
  return keyProblem(operation, message, key);
}

/** What `x-tr-id` says under `when` is about fields of the request, and about values that they can have. */
export function trIdConditions(survey: Survey): Problem[] {
  const { folder } = survey;
  return sitesOf(survey).flatMap(({ operation, trId }) =>
    Object.entries(mapOf(trId.when)).flatMap(([action, conditions]) =>
      Object.entries(mapOf(conditions)).flatMap(([field, values]) => {
        const fields = inputFields(folder, operation);
        if (fields === undefined) return [];
        const places = fields.get(field);
        const at = [key, "when", action, field];
        if (places === undefined) {
          const message = `x-tr-id names ${JSON.stringify(field)}, which is no field of the input`;
          return [keyProblem(operation, message + didYouMean(field, fields.keys()), ...at)];
        }
        const codes = saidBy(folder, places, "x-codes");
        const known = isMap(codes) ? Object.keys(codes) : listOf(saidBy(folder, places, "enum")).map(String);
        return listOf(values).flatMap((value, index) => {
          if (known.length === 0 || known.includes(String(value))) return [];
          const message = `${field} has no code ${JSON.stringify(value)}${didYouMean(String(value), known)}`;
          return [problem(operation, `x-tr-id: ${message}`, ...at, index)];
        });
      }),
    ),
  );
}
