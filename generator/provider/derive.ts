/**
 * What the documents say of a provider where its `provider.yaml` does not: hosts under `servers`, and how it is called by `security`.
 * @module
 */
import type { AuthData } from "../../runtime/provider/data.js";
import { isMap, type JsonMap, listOf, mapOf, textOf } from "../json.js";
import type { Problem } from "../model.js";
import { kebabCase } from "../names.js";
import type { SpecFolder } from "../read/folder.js";
import { followAll, locatedAt } from "../read/ref.js";
import { locate, type Path, type Source } from "../read/source.js";
import type { ProviderSettings } from "./settings.js";

export function deriveSettings(folder: SpecFolder): { settings: ProviderSettings; problems: Problem[] } {
  const { settings } = folder;
  const documents = [...folder.sources.values()].filter(({ kind }) => kind === "document");
  const [first] = documents;
  if (first === undefined) return { settings, problems: [] };
  const isSilent = Object.keys(settings.data.environments).length === 0;
  const environments = isSilent ? environmentsOf(first) : { found: settings.data.environments, problems: [] };
  const auth = settings.data.auth === undefined && settings.rules !== "own" ? authOf(folder, first) : { problems: [] };
  const title = textOf(mapOf(mapOf(first.data).info).title);
  return {
    settings: {
      ...settings,
      title: settings.title === folder.provider && title !== "" ? title : settings.title,
      data: {
        ...settings.data,
        environments: environments.found,
        ...(auth.found === undefined ? {} : { auth: auth.found }),
      },
    },
    problems: settings.rules === "own" ? [] : [...environments.problems, ...auth.problems],
  };
}

/** Named after what they are described as; the first, where nothing says so, is `default`. */
function environmentsOf(source: Source): { found: Record<string, string>; problems: Problem[] } {
  const found: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const [index, entry] of listOf(mapOf(source.data).servers).entries()) {
    const server = mapOf(entry);
    const url = substituted(server).replace(/\/+$/, "");
    if (!/^https?:\/\//.test(url)) {
      const message = `the server ${JSON.stringify(server.url)} has no host: name environments in provider.yaml, or a baseUrl for the client`;
      problems.push(warning(source, ["servers", index], message, "servers"));
      continue;
    }
    const described = kebabCase(textOf(server["x-name"]) || textOf(server.description));
    const short =
      described.length > 0 && described.length <= 30 ? described : index === 0 ? "default" : `server-${index + 1}`;
    found[Object.hasOwn(found, short) ? `${short}-${index + 1}` : short] = url;
  }
  return { found, problems };
}

/** Variables of a server have a default. */
function substituted(server: JsonMap): string {
  return textOf(server.url).replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = mapOf(mapOf(server.variables)[name]).default;
    return value === undefined ? whole : String(value);
  });
}

/** The first way of the document's `security`, or of the first operation that has any. */
function authOf(folder: SpecFolder, source: Source): { found?: AuthData; problems: Problem[] } {
  const { name, path, alternatives } = firstRequirement(source) ?? {};
  if (name === undefined || path === undefined) return { problems: [] };
  const scheme = followAll(folder, locatedAt(source, ["components", "securitySchemes", name]));
  const problems: Problem[] = [];
  if (alternatives) {
    problems.push(
      warning(
        source,
        path,
        `of several ways to be known, ${name} is taken: say another under auth in provider.yaml`,
        "security",
      ),
    );
  }
  if (!isMap(scheme?.value)) {
    problems.push(
      warning(
        source,
        path,
        `there is no security scheme ${name}: say in provider.yaml how a client is known`,
        "security",
      ),
    );
    return { found: { type: "custom" }, problems };
  }
  const found = dataOf(scheme.value);
  if (found === undefined) {
    const message = `the security scheme ${name} is none that kofin carries out by itself: code has to, with auth: custom`;
    problems.push(warning(scheme.source, scheme.path, message, "security"));
  }
  return { found: found ?? { type: "custom" }, problems };
}

function firstRequirement(source: Source): { name: string; path: Path; alternatives: boolean } | undefined {
  const { security, paths } = mapOf(source.data);
  const holders = [
    { path: ["security"], security },
    ...Object.entries(mapOf(paths)).flatMap(([key, item]) =>
      Object.entries(mapOf(item)).map(([method, value]) => ({
        path: ["paths", key, method, "security"],
        security: mapOf(value).security,
      })),
    ),
  ];
  for (const { path, security: requirements } of holders) {
    const list = listOf(requirements);
    const index = list.findIndex((requirement) => Object.keys(mapOf(requirement)).length > 0);
    const names = Object.keys(mapOf(list[index]));
    const [name] = names;
    if (name === undefined) continue;
    const others = list.filter((requirement) => Object.keys(mapOf(requirement)).length > 0).length > 1;
    return { name, path: [...path, index], alternatives: others || names.length > 1 };
  }
  return undefined;
}

function dataOf(scheme: JsonMap): AuthData | undefined {
  const { type, in: where, name, flows } = scheme;
  if (type === "apiKey" && (where === "header" || where === "query"))
    return { type: "apiKey", in: where, name: textOf(name) };
  if (type === "http") {
    const kind = textOf(scheme.scheme).toLowerCase();
    return kind === "bearer" || kind === "basic" ? { type: kind } : undefined;
  }
  if (type !== "oauth2") return undefined;
  const { clientCredentials, authorizationCode } = mapOf(flows);
  if (isMap(clientCredentials)) {
    return { type: "clientCredentials", url: textOf(clientCredentials.tokenUrl), ...scopeOf(clientCredentials) };
  }
  if (!isMap(authorizationCode)) return undefined;
  const { tokenUrl, authorizationUrl } = authorizationCode;
  return { type: "authorizationCode", url: textOf(tokenUrl), authorizeUrl: textOf(authorizationUrl) };
}

/** All scopes: fewer can be said in provider.yaml. */
function scopeOf(flow: JsonMap): { scope?: string } {
  const scopes = Object.keys(mapOf(flow.scopes));
  return scopes.length === 0 ? {} : { scope: scopes.join(" ") };
}

function warning(source: Source, path: Path, message: string, rule: string): Problem {
  return { at: locate(source, path), message, level: "warning", rule };
}
