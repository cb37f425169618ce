import { pascalCase } from "../../generator/names.js";
import { dataPlace, type ProviderSettings } from "../../generator/provider/settings.js";

/** Text of a spec that describes one operation of a provider that is there already, in its way. */
export function productText(module: string, settings: ProviderSettings, hasEnvelope: boolean): string {
  const [host = "https://api.example.com"] = Object.values(settings.data.environments);
  const name = pascalCase(module);
  return `openapi: 3.1.0
info: { title: ${settings.title} ${module}, version: "1", description: Say in a sentence what this document is about. }
servers: [{ url: "${host}" }]
# Money movement, orders, registrations and cancellations are \`never\`; say \`safe\` when all of it only reads. An operation may say it itself.
x-retry: never
paths:
  # The path, as it is sent.
  /v1/${module}:
    post:
      operationId: get${name} # the name of the function, predictable from the path
      summary: 상품 이름 # what the provider calls it
      description: Returns something.
      x-confidence: low # high: official, or three sources; medium: two; low: one
      x-source: [where the facts come from]
      requestBody:
        required: true
        content: { application/json: { schema: ${requestSchema(name, settings)} } }
      responses:
        "200":
          description: 결과
          content: { application/json: { schema: ${answerSchema(name, settings, hasEnvelope)} } }
components:
  schemas:
    Get${name}Request:
      title: 요청
      type: object
      required: [id]
      properties:
        # Recurring fields live in fields.yaml: { $ref: fields.yaml#/name }. Titles are the provider's own Korean labels.
        id: { title: 아이디, type: string, maxLength: 20, examples: ["1"] }
    Get${name}Data:
      title: 결과
      type: object
      properties:
        name: { title: 이름, type: string, examples: [예시] }
`;
}

function requestSchema(name: string, { input }: ProviderSettings): string {
  const ref = `{ $ref: "#/components/schemas/Get${name}Request" }`;
  return input === undefined ? ref : `{ type: object, required: [${input}], properties: { ${input}: ${ref} } }`;
}

function answerSchema(name: string, settings: ProviderSettings, hasEnvelope: boolean): string {
  const ref = `{ $ref: "#/components/schemas/Get${name}Data" }`;
  const place = dataPlace(settings);
  if (place === undefined) return ref;
  if ("beside" in place) return `{ allOf: [{ $ref: blocks.yaml#/${place.beside} }, ${ref}] }`;
  return `{ ${hasEnvelope ? "$ref: blocks.yaml#/Envelope" : "type: object"}, properties: { ${place.inside}: ${ref} } }`;
}
