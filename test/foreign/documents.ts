/** OpenAPI documents that nobody here wrote, by the npm package that ships them. Versions are pinned: a document is a fixture. */
export interface ForeignPackage {
  name: string;
  version: string;
  /** Documents in it. */
  files: readonly string[];
  /** It is large, and only taken when all are asked for. */
  isLarge?: true;
}

/** One document a line is about one thing that OpenAPI can say: see their names. */
const examples = [
  ...[
    "callbacks",
    "circular-paths",
    "circular-request-bodies",
    "complex-nesting",
    "discriminators",
    "http-status-codes",
  ],
  ...["link-example", "parameters-common", "parameters-style", "petstore-expanded", "petstore", "polymorphism"],
  ...["request-examples", "response-multiple-mediatypes", "response-schemas", "schema-additional-properties"],
  ...["schema-circular", "schema-enums", "schema-types", "schema-validation", "security-multiple", "security"],
  ...["server-path-level", "server-variables", "star-trek", "uspto"],
];

export const packages: readonly ForeignPackage[] = [
  {
    name: "@readme/oas-examples",
    version: "8.2.2",
    files: [
      ...examples.map((name) => `3.0/json/${name}.json`),
      "3.0/yaml/star-trek.yaml",
      ...["petstore", "readme", "schema-types", "security", "train-travel", "webhooks"].map(
        (name) => `3.1/json/${name}.json`,
      ),
      "3.1/yaml/train-travel.yaml",
      "2.0/json/petstore.json",
    ],
  },
  { name: "@scalar/galaxy", version: "0.6.12", files: ["dist/3.1.yaml"] },
  { name: "@blockfrost/openapi", version: "0.1.93", files: ["openapi.yaml"] },
  { name: "@directus/specs", version: "15.2.0", files: ["dist/openapi.json"] },
  { name: "@figma/rest-api-spec", version: "0.43.0", files: ["openapi/openapi.yaml"] },
  { name: "@octokit/openapi", version: "23.0.2", files: ["generated/api.github.com.json"], isLarge: true },
];
