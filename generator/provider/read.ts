import type { ProviderData } from "../../runtime/provider/data.js";
import { isMap, mapOf, stringsOf, textOf } from "../json.js";
import type { Problem } from "../model.js";
import { locate, type Source } from "../read/source.js";
import { providerShape } from "./keys.js";
import { defaultSettings, type Feature, type FurtherConstant, type ProviderSettings } from "./settings.js";
import type { Fault } from "./shape.js";

/** What `provider.yaml` says. With problems the settings are those of a folder without one. */
export function readSettings(
  name: string,
  source: Source | undefined,
): { settings: ProviderSettings; problems: Problem[] } {
  if (source === undefined) return { settings: defaultSettings(name), problems: [] };
  const faults = [...providerShape(source.data, []), ...contradictions(source.data)];
  const problems = faults.map(({ path, isKey, message }) => ({
    at: locate(source, path, isKey ? "key" : "value"),
    message,
  }));
  return { settings: problems.length > 0 ? defaultSettings(name) : settingsOf(name, mapOf(source.data)), problems };
}

/** What does not go together, though each part of it is well formed. */
function contradictions(data: unknown): Fault[] {
  const { generator, answer, auth, environments } = mapOf(data);
  const { runtime, features, envelope, input, besideFeeds } = mapOf(generator);
  // Feeds are listened to by code for the provider, whoever carries its calls.
  const needsOwn = stringsOf(features)
    .map((feature, index) => ({ feature, index }))
    .filter(({ feature }) => feature !== "feeds");
  const hasData = mapOf(answer).data !== undefined;
  const place = mapOf(auth).url;
  const isOwn = runtime === "own";
  return [
    ...(isOwn ? [] : needsOwn).map(({ feature, index }): Fault => {
      const message = `generator.features: ${feature} needs a runtime written for the provider: say runtime: own, or take it out`;
      return { path: ["generator", "features", index], message };
    }),
    ...(hasData && envelope !== undefined
      ? [
          {
            path: ["generator", "envelope"],
            message: "generator.envelope cannot stand beside answer.data: take one of them out",
          },
        ]
      : []),
    ...(besideFeeds !== undefined && !stringsOf(features).includes("feeds")
      ? [
          {
            path: ["generator", "besideFeeds"],
            message: "generator.besideFeeds stands beside feeds, and there are none: say features: [feeds]",
          },
        ]
      : []),
    ...(input !== undefined && !isOwn
      ? [
          {
            path: ["generator", "input"],
            message: "generator.input needs a runtime written for the provider: say runtime: own",
          },
        ]
      : []),
    ...(textOf(place).startsWith("/") && isMap(environments) && Object.keys(environments).length === 0
      ? [
          {
            path: ["auth", "url"],
            message: "auth.url is a path, and there is no environment whose base URL it stands at",
          },
        ]
      : []),
  ];
}

function settingsOf(name: string, data: Record<string, unknown>): ProviderSettings {
  const fallback = defaultSettings(name);
  const { title, client, rules, generator, environments, auth, answer, limits, defaults, paging, limitHeader } = data;
  const { runtime, features, constants, input, envelope, fills, tokens, pageOptions, besideFeeds } = mapOf(generator);
  const given = { auth, answer, limits, limitHeader, defaults, paging };
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const settings: ProviderSettings = {
    title: textOf(title),
    client: textOf(client) || fallback.client,
    rules: rules === "own" ? "own" : "openapi",
    runtime: runtime === "own" ? "own" : "general",
    data: { name, environments: mapOf(environments) as ProviderData["environments"], ...said },
    features: stringsOf(features) as Feature[],
    constants: [
      ...(runtime === "own" ? (stringsOf(constants) as FurtherConstant[]) : fallback.constants),
      ...(rules === "own" ? (["lists"] as const) : []),
    ],
    pageOptions: runtime === "own" ? pageOptions === true : true,
  };
  return {
    ...settings,
    ...(typeof input === "string" ? { input } : {}),
    ...(typeof envelope === "string" ? { envelope } : {}),
    ...(Array.isArray(besideFeeds) ? { besideFeeds: stringsOf(besideFeeds) } : {}),
    ...(Array.isArray(fills) ? { fills: stringsOf(fills) } : {}),
    ...(isMap(tokens) ? { tokens: { user: stringsOf(tokens.user), institution: stringsOf(tokens.institution) } } : {}),
  };
}
