import { mapOf } from "../json.js";
import type { Problem } from "../model.js";
import { isIdentifier, pascalCase } from "../names.js";
import { requestOf } from "../read/body.js";
import { isJsonFeed, mediaOfFeeds, recordOf } from "../read/feeds.js";
import type { SpecFolder } from "../read/folder.js";
import type { Located } from "../read/ref.js";
import { fieldsOf, saidBy } from "../read/shape.js";
import type { Survey } from "../read/survey.js";
import { keyProblem, problem } from "./rule.js";

/** What arrives on a feed is a named record: of texts in the order of its fields, or an object of JSON. */
export function feedRecords({ folder, feeds }: Survey): Problem[] {
  const problems = feeds.flatMap((feed) => {
    const record = recordOf(folder, feed);
    const siblings = Object.keys(mapOf(requestOf(folder, feed)?.schema.value)).length - 1;
    if (record === undefined || siblings > 0) {
      const mend = `${mediaOfFeeds(folder).join(" or ")} with a $ref to its record and nothing beside it: #/components/schemas/${pascalCase(feed.id)}`;
      return [problem(feed, `the body of a feed must be ${mend}`, "requestBody")];
    }
    const columns = fieldsOf(folder, record) ?? new Map<string, Located[]>();
    const isJson = isJsonFeed(folder, feed);
    const keyed = isJson && [...columns.values()].some((places) => saidBy(folder, places, "x-key") !== undefined);
    if (isJson && !keyed) return [];
    return [
      ...(columns.size === 0 ? [keyProblem(record, "a record has columns: describe them in their order")] : []),
      ...[...columns].flatMap(([name, places]) => columnProblems(folder, name, places)),
      ...wireKeyProblems(folder, columns, keyed),
    ];
  });
  // Feeds that share a record say the same of it.
  return [...new Map(problems.map((found) => [JSON.stringify(found), found])).values()];
}

/** Columns of an object have a key of their own there; those of a text have none. */
function wireKeyProblems(folder: SpecFolder, columns: ReadonlyMap<string, Located[]>, keyed: boolean): Problem[] {
  const owners = new Map<unknown, string>();
  return [...columns].flatMap(([name, places]) => {
    const [place] = places;
    const key = saidBy(folder, places, "x-key");
    const owner = owners.get(key);
    owners.set(key, owner ?? name);
    if (place === undefined || (key === undefined && !keyed)) return [];
    if (key === undefined) return [keyProblem(place, `the column ${name} has no x-key: say its key in the record`)];
    if (!keyed)
      return [keyProblem(place, `x-key of ${name} means nothing: columns of text/plain arrive in their order`)];
    if (owner === undefined) return [];
    return [keyProblem(place, `the columns ${owner} and ${name} have the same x-key, ${JSON.stringify(key)}`)];
  });
}

function columnProblems(folder: SpecFolder, name: string, places: readonly Located[]): Problem[] {
  const [place] = places;
  if (place === undefined) return [];
  const isClosed = ["enum", "const"].some((key) => saidBy(folder, places, key) !== undefined);
  const isOpenText = saidBy(folder, places, "type") === "string" && !isClosed;
  return [
    // An object has names that read as numbers first: such a column would leave its place.
    ...(isIdentifier(name) ? [] : [keyProblem(place, `the column ${name} must have a name that begins with a letter`)]),
    ...(isOpenText ? [] : [keyProblem(place, `the column ${name} must be a string, its known values x-codes`)]),
  ];
}
