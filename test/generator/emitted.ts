import { generate, loadTexts, type SpecText } from "kofin/generator";
import { document, type Files, operation, specTexts } from "./fixture.js";

const schemas = `
AccountListRequest:
  title: 보유계좌 조회 요청
  allOf: [{ $ref: blocks.yaml#/Connected }]
  required: [password, loginType, countryCode]
  properties:
    password: { title: 비밀번호, type: string, x-encrypted: rsa, x-sensitive: true }
    loginType: { title: 로그인방식, type: string, maxLength: 1, x-codes: { "0": 인증서, "1": 아이디 } }
    countryCode: { title: 국가코드, type: string, default: KR }
    derFile: { title: 인증서 파일, type: string, contentEncoding: base64, x-sensitive: true, x-certificate: der }
    birthDate: { title: 생년월일, description: 일부 은행, type: string, format: yymmdd, x-sensitive: true, examples: ["900101"] }
    sort: { title: 정렬, type: string, enum: [asc, desc] }
    count: { title: 건수, type: integer }
    accountList: { title: 계좌 목록, type: array, items: { $ref: "#/components/schemas/AccountInput" } }
AccountInput:
  title: 계좌 하나
  type: object
  required: [organization, clientType]
  properties:
    organization: { title: 기관코드, type: string, x-organization: [bank, public/nt] }
    clientType: { title: 고객구분, type: string, default: P }
    cardPassword: { title: 카드비밀번호, type: string, x-encrypted: rsa }
AccountListData:
  title: 보유계좌 조회 결과
  type: object
  properties:
    resFund: { title: 펀드, type: array, x-shape: one-or-many, items: { $ref: "#/components/schemas/Fund" } }
    resOwner: { title: 예금주, $ref: blocks.yaml#/Person }
    resFile: { title: 원문, type: string, contentEncoding: base64 }
    resNote: { title: 비고, type: [string, "null"] }
    resKind: { title: 종류, type: string, x-codes: { "11": 수시입출, "12": 적금/예금, "10": 수시입출 } }
    resExtra: { title: 기타, type: array, items: { type: object, additionalProperties: true } }
    resValue: { title: "주석 */ 끝", type: string, deprecated: true }
Fund:
  title: 펀드 계좌
  type: object
  required: [resName]
  properties:
    resName: { title: 이름, type: string, examples: ["", "채권형"] }
    resKind: { title: 펀드종류, type: string, x-codes: { "1": 채권 } }
RowsRequest: { title: 행 요청, type: object, properties: { from: { title: 시작, type: string } } }
RowsData: { title: 행 결과, type: array, x-shape: one-or-many, items: { $ref: "#/components/schemas/Fund" } }
RegistrationRequest: { title: 등록 요청, type: object, required: [organization], properties: { organization: { title: 기관코드, type: string, default: "0001" } } }
RegistrationData: { title: 등록 결과, type: object, additionalProperties: true }
OldListRequest: { title: 옛 요청, type: object, required: [name], properties: { name: { title: 이름, type: string } } }
OldListData: { title: 옛 결과, type: object, properties: {} }
PingData: { title: 핑 결과, type: object, properties: { ok: { title: 됨, type: boolean } } }
`;

const registration = `x-retry: never
x-success: [CF-04012]
x-two-way:
  secureNo: { $ref: blocks.yaml#/SecureNoAnswer }
  smsAuthNo: { type: object, required: [smsAuthNo], properties: { smsAuthNo: { title: 인증번호, type: string, x-sensitive: true } } }
  again: { $ref: blocks.yaml#/SecureNoAnswer, title: 같은 답 }`;

const old = "deprecated: true\nx-successor: accountList";
const confidence = (level: string, text: string) => text.replace("x-confidence: high", `x-confidence: ${level}`);

/** One document that has everything in it that the generator can emit. */
const bankFiles: Files = {
  "bank.yaml": document(
    [
      operation("accountList"),
      confidence("medium", operation("rows")),
      confidence("low", operation("registration", registration)),
      operation("oldList", old),
      operation("ping", "", ""),
    ].join(""),
    schemas,
    "CODEF 은행",
  ),
  "card.yaml": document(
    operation("cardList", "deprecated: true\nx-successor: bank/accountList"),
    `
CardListRequest: { title: 요청, type: object, required: [bank], properties: { bank: { title: 은행, type: string, x-organization: bank } } }
CardListData: { title: 결과, type: object, properties: {} }
`,
  ),
  "blocks.yaml": `
Envelope: { type: object, properties: { data: { title: 응답 데이터 } } }
Connected: { type: object, required: [connectedId], properties: { connectedId: { title: 커넥티드아이디, type: string } } }
Person: { title: 사람, type: object, properties: { resName: { title: 이름, type: string } } }
SecureNoAnswer: { title: 보안문자 답, type: object, required: [secureNo], properties: { secureNo: { title: 보안문자, type: string } } }
`,
  "organizations.yaml": `
bank: { title: 은행, codes: { "0004": { name: KB국민은행 }, "0031": { name: iM뱅크, note: 옛 대구은행 } } }
public/nt: { title: 국세청, codes: { "0001": { name: 홈택스 }, "0002": { name: 홈택스 } } }
`,
  "result-codes.yaml": `CF-00000: { meaning: 성공, group: success, advice: success }
CF-00401: { meaning: 없음, group: request, advice: fix-request }
`,
};

export const bankTexts = (): SpecText[] => specTexts(bankFiles);

/** Ways to log in, 추가인증 in the same body, pages and files to upload. */
const loginFiles: Files = {
  "login.yaml": document(
    [
      operation(
        "signIn",
        `x-retry: never
x-two-way: { smsAuthNo: { $ref: blocks.yaml#/SmsAnswer }, secureNo: { $ref: blocks.yaml#/SecureNoAnswer } }`,
      ),
      operation("signInAgain"),
      operation("register"),
      operation("entries", "x-paging: { next: nextPageNo, more: hasNext, page: pageNo }"),
      operation("oldEntries", "deprecated: true\nx-successor: entries\nx-paging: { next: n, more: m, page: p }"),
      operation("upload").replace("application/json", "multipart/form-data"),
    ].join(""),
    `
Login:
  title: 로그인
  type: object
  required: [organization]
  properties:
    organization: { title: 기관코드, type: string, default: "0001" }
    userName: { title: 이름, type: string }
  oneOf:
    - { $ref: blocks.yaml#/CertificateLogin }
    - { $ref: blocks.yaml#/PfxLogin }
    - { $ref: "#/components/schemas/AppLogin" }
AppLogin:
  title: 간편인증 로그인
  type: object
  required: [loginType, phoneNo]
  properties:
    loginType: { title: 로그인구분, type: string, x-codes: { "0": 인증서, "5": 간편인증 }, const: "5" }
    phoneNo: { title: 전화번호, type: string, x-sensitive: true }
SignInRequest:
  title: 로그인 요청
  allOf: [{ $ref: "#/components/schemas/Login" }]
  required: [is2Way, year]
  properties:
    year: { title: 연도, type: string }
    is2Way: { title: 추가인증 여부, type: boolean, x-second-request: true }
    smsAuthNo: { title: 인증번호, type: string, x-second-request: true }
SignInData: { title: 로그인 결과, type: object, properties: { name: { title: 이름, type: string } } }
SignInAgainRequest: { title: 다시 로그인 요청, allOf: [{ $ref: "#/components/schemas/Login" }] }
SignInAgainData: { title: 다시 로그인 결과, type: object, properties: {} }
RegisterRequest:
  title: 등록 요청
  type: object
  required: [accountList]
  properties: { accountList: { title: 계정목록, type: array, items: { $ref: "#/components/schemas/Account" } } }
Account:
  title: 등록할 계정
  type: object
  oneOf:
    - { $ref: "#/components/schemas/AppLogin" }
    - { type: object, required: [loginType, id], properties: { loginType: { title: 로그인구분, type: string, const: "1" }, id: { title: 아이디, type: string } } }
RegisterData: { title: 등록 결과, type: object, properties: {} }
EntriesRequest: { title: 목록 요청, type: object, properties: { pageNo: { title: 쪽, type: integer } } }
EntriesData: { title: 목록, type: object, properties: { nextPageNo: { title: 다음 쪽, type: integer }, hasNext: { title: 더 있음, type: boolean } } }
OldEntriesRequest: { title: 옛 요청, type: object, required: [p], properties: { p: { title: 쪽, type: integer } } }
OldEntriesData: { title: 옛 목록, type: object, properties: { n: { title: 다음, type: integer }, m: { title: 더, type: boolean } } }
UploadRequest: { title: 올리기 요청, type: object, required: [file], properties: { file: { title: 파일, type: string, contentMediaType: image/png } } }
UploadData: { title: 올리기 결과, type: object, properties: {} }
`,
  ),
  "blocks.yaml": `
Envelope: { type: object, properties: { data: { title: 응답 데이터 } } }
CertificateLogin:
  title: 인증서 로그인
  type: object
  required: [loginType, certFile, keyFile]
  properties:
    loginType: { title: 로그인구분, type: string, const: "0" }
    certType: { title: 인증서구분, type: string, const: "1", default: "1" }
    certFile: { title: 인증서, type: string, contentEncoding: base64 }
    keyFile: { title: 키, type: string, contentEncoding: base64 }
PfxLogin:
  title: pfx 로그인
  type: object
  required: [loginType, certType, certFile]
  properties:
    loginType: { title: 로그인구분, type: string, const: "0" }
    certType: { title: 인증서구분, type: string, const: pfx }
    certFile: { title: 인증서, type: string, contentEncoding: base64 }
SmsAnswer: { title: SMS 답, type: object, required: [smsAuthNo], properties: { smsAuthNo: { title: 인증번호, type: string } } }
SecureNoAnswer: { title: 보안문자 답, type: object, required: [secureNo], properties: { secureNo: { title: 보안문자, type: string } } }
`,
};

export const loginTexts = (): SpecText[] => specTexts(loginFiles);

export function emitted(texts: SpecText[], runtime?: string): Promise<Map<string, string>> {
  return generate(loadTexts(texts), { runtime });
}
