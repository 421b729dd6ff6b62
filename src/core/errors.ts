/** Every error the product raises on purpose: code → message and HTTP status. Codes are never reused; `docs/reference/errors.md` is generated from this table. */
export const ERRORS = {
  SW_USAGE: { message: "{message}", status: 400 },
  SW_INPUT_MISSING: { message: "{path}: no such file. Check the path or the glob.", status: 400 },
  SW_INPUT_UNREADABLE: { message: "{path}: cannot be read ({reason}).", status: 400 },
  SW_INPUT_REJECTED: {
    message: "{rejected} of {lines} lines were rejected and --strict is set. The first: {first}",
    status: 422,
  },
  SW_OUTPUT_UNWRITABLE: { message: "{path}: cannot be written ({reason}).", status: 500 },
  SW_ACCOUNTS_INVALID: { message: "{file}, line {line}: {reason}", status: 422 },
  SW_AGREEMENT_INVALID: { message: "{file}, agreement {line}: {reason}", status: 422 },
  SW_CONFIG_INVALID: { message: "{file}, line {line}: {reason}", status: 422 },
  SW_LABELS_INVALID: { message: "{file}, line {line}: {reason}", status: 422 },
  SW_SCAN_MISSING: {
    message: "{path}: no scan is kept there. Run `stillwatch scan FILES --data {path}` first.",
    status: 404,
  },
  SW_SCAN_UNREADABLE: {
    message: "{path}: not the result of a scan. Give what `stillwatch scan --json` wrote.",
    status: 422,
  },
  SW_NAME_UNKNOWN: {
    message: "{name}: no account or group of that name {where}.{near}",
    status: 404,
  },
  SW_PRICES_INVALID: {
    message: "{file}: {reason}. docs/guide.md shows a price list.",
    status: 422,
  },
  SW_KNOWN_INVALID: {
    message: "{file}: {reason}. Give the --json result of an earlier scan.",
    status: 422,
  },
  SW_DATA_LOCKED: {
    message:
      "{path} is in use by another Stillwatch process. Wait for it to end, or give another --data folder.",
    status: 409,
  },
  SW_DATA_MISSING: {
    message: "{path}: no data folder is there. Give the --data folder of a scan or a server.",
    status: 404,
  },
  SW_BACKUP_EXISTS: {
    message: "{path} is there already. Give a name that nothing has yet.",
    status: 409,
  },
  SW_BACKUP_UNREADABLE: {
    message: "{path}: not a backup that `stillwatch backup` finished ({reason}).",
    status: 422,
  },
  SW_FORGET_INCOMPLETE: {
    message: "{path}: {left}. Nothing was recorded; run the same command again.",
    status: 500,
  },
  SW_RECORD_BROKEN: {
    message:
      "{path}, line {line}: the record was changed after it was written, or the key that signed it is gone from secrets.json.",
    status: 422,
  },
  SW_DATA_UNUSABLE: { message: "{path}: cannot be used as a data folder ({reason}).", status: 500 },
  SW_WAREHOUSE_FAILED: { message: "The warehouse refused {statement}: {reason}", status: 500 },
  SW_PARTS_ASIDE: {
    message:
      "Damaged parts of the warehouse are set aside, and what they hold counts no more: {parts}. The rest is served. Their files stay in folders called `detached` under {path}; send their days again, or restore a backup.",
    status: 500,
  },
  SW_WAREHOUSE_GONE: {
    message: "The warehouse process ended ({reason}). What was acknowledged is safe; run again.",
    status: 503,
  },
  SW_INTERRUPTED: {
    message: "Stopped. No result was written; run the same command to start again.",
    status: 499,
  },
  SW_LISTEN_FAILED: {
    message: "Cannot listen on {address} ({reason}). Give another --listen address.",
    status: 500,
  },
  SW_FORWARD_FAILED: {
    message: "{url} did not take the fingerprints ({reason}). Send the exchanges again.",
    status: 502,
  },
  SW_SEND_FAILED: {
    message: "{url} takes no lines ({reason}). Check the address and the token.",
    status: 502,
  },
  SW_STORE_REFUSED: {
    message:
      "{store} can't be read ({reason}). Check the name; for S3 also the AWS_* variables: keys, AWS_REGION, AWS_ENDPOINT_URL.",
    status: 502,
  },
  SW_STORE_AWAY: { message: "{store} does not answer ({reason}). Try again later.", status: 503 },
  SW_METHOD_UNKNOWN: { message: "{method} is not answered here. Use {allowed}.", status: 405 },
  SW_TYPE_UNKNOWN: {
    message: "The body must be NDJSON and say so: content-type: application/x-ndjson.",
    status: 415,
  },
  SW_ASKED_INVALID: { message: "{where}: {reason}.", status: 422 },
  SW_BODY_NOT_JSON: {
    message: "The body must be JSON and say so: content-type: application/json.",
    status: 415,
  },
  SW_BODY_TOO_LARGE: {
    message: "A body may hold {megabytes} MB, unpacked. Send fewer lines at once.",
    status: 413,
  },
  SW_TOO_MANY_LINES: {
    message: "A body may hold {most} lines. Send fewer at once.",
    status: 413,
  },
  SW_BODY_VALUES: {
    message: "The body holds more than {most} values. Send only who asks for which model.",
    status: 413,
  },
  SW_BUSY: { message: "Too much is waiting to be taken. Send this again in a while.", status: 503 },
  SW_BODY_CUT: { message: "The body ended early. Send it again.", status: 400 },
  SW_GATEWAY_NAMES: {
    message:
      "x-stillwatch-names: `{part}` is not PART=NAME with account, credential, model or person. Write it as `account=x-consumer-id, model=x-model`.",
    status: 400,
  },
  SW_GATEWAY_TWICE: {
    message:
      "The header {name} came twice, and one of them may be the caller's own. Let the gateway replace it, or take it away first.",
    status: 400,
  },
  SW_NOBODY_NAMED: {
    message:
      "The question names no account, credential or person, so nothing can be decided. docs/guide.md, Enforce at your gateway, says where each gateway names them.",
    status: 422,
  },
  SW_BODY_SLOW: {
    message: "The request took longer than {seconds} s to arrive. Send less at once.",
    status: 408,
  },
  SW_LINES_REFUSED: {
    message: "None of the lines can be taken; `refusals` says why. Sending them again won't help.",
    status: 422,
  },
  SW_BACKLOG: {
    message: "Lines arrive faster than they are worked off. Send this again later.",
    status: 429,
  },
  SW_JUDGING: {
    message:
      "Nothing is judged yet: no tick of the traffic has closed, or the judge is still reading what was there before. Ask again later.",
    status: 503,
  },
  SW_STANDBY: {
    message:
      "Another node of this ledger judges, or the ledger can't be asked who may. Ask that node; this one takes over when it ends.",
    status: 503,
  },
  SW_RATE_EXCEEDED: {
    message: "This token has sent more than it may. Send this again in {seconds} s.",
    status: 429,
  },
  SW_DISK_LOW: {
    message: "The disk of the data folder is nearly full. Free some space; send this again later.",
    status: 429,
  },
  SW_JOURNAL_FAILED: {
    message: "The lines could not be made durable ({reason}). Send them again.",
    status: 503,
  },
  SW_SPANS_UNREADABLE: {
    message: "The body is no ExportTraceServiceRequest ({reason}). Sending it again won't help.",
    status: 400,
  },
  SW_NOT_HTTP: { message: "This is no request that HTTP knows.", status: 400 },
  SW_ROUTE_UNKNOWN: { message: "There is nothing at this address.", status: 404 },
  SW_TOKEN_NEEDED: {
    message: "A token is needed: authorization: Bearer TOKEN. `stillwatch token create` makes one.",
    status: 401,
  },
  SW_SCOPE_NEEDED: { message: "This token lacks the scope {scope}.", status: 403 },
  SW_SIGN_IN_NEEDED: {
    message:
      "A person must sign in for this, or the session has ended. GET /v1/sign-in begins one; no token does.",
    status: 401,
  },
  SW_OIDC_INVALID: { message: "{file}: {reason}.", status: 422 },
  SW_CODE_REFUSED: {
    message:
      "This code signs nobody in: it was used, is older than ten minutes, or never was one. `stillwatch user sign-in NAME` makes one.",
    status: 403,
  },
  SW_SIGN_IN_FAILED: {
    message: "The sign-in did not succeed ({reason}). Begin again: GET /v1/sign-in.",
    status: 403,
  },
  SW_SIGN_IN_OFF: {
    message:
      "This server has no identity provider (`serve --oidc`). `stillwatch user sign-in NAME` makes a code for POST /v1/session.",
    status: 404,
  },
  SW_PROVIDER_AWAY: {
    message: "The identity provider {issuer} can't be used now ({reason}). Try again later.",
    status: 503,
  },
  SW_TOO_OFTEN: { message: "Too many tries. Try again in {seconds} s.", status: 429 },
  SW_ROLE_NEEDED: {
    message: "{name} is {role}, and this takes the right to {right}.",
    status: 403,
  },
  SW_PAGE_REFUSED: {
    message: "Only pages of this server are answered, and they send the header x-stillwatch.",
    status: 403,
  },
  SW_TOKEN_FIRST: {
    message:
      "{address} can be reached from other machines. Make a token first: `stillwatch token create NAME --scope intake:write --data {data}`.",
    status: 409,
  },
  SW_TOKEN_UNKNOWN: {
    message: "{id}: no token of that id. `stillwatch token list` names them.",
    status: 404,
  },
  SW_LEDGER_MISSING: {
    message: "{path}: no ledger is kept there. `stillwatch case open --data {path}` begins one.",
    status: 404,
  },
  SW_LEDGER_NEWER: {
    message:
      "The ledger was made by a newer Stillwatch (migration {migration}). Use that version; nothing was changed.",
    status: 409,
  },
  SW_LEDGER_AWAY: {
    message:
      "{place}: no ledger answers there ({reason}). See that the database runs, lets this user in, and is what --ledger or STILLWATCH_LEDGER names.",
    status: 503,
  },
  SW_LEDGER_KEYS: {
    message:
      "{path}: these are not the keys of the ledger that is to be used. Copy that file from a node that uses it already.",
    status: 409,
  },
  SW_LEDGER_FAILED: { message: "The ledger can't do this: {reason}.", status: 500 },
  SW_LEASE_LOST: {
    message: "{name}: {holder} took this over. Stop; what was begun is undone.",
    status: 409,
  },
  SW_CASE_UNKNOWN: {
    message: "{id}: no case of that id. `stillwatch case list` names them.",
    status: 404,
  },
  SW_CASE_STATE: {
    message: "{id} is {state}; from there it can become {can}, not {to}.",
    status: 409,
  },
  SW_CASE_UNREAD: {
    message: "{by} has not opened {id} as it is now. Read it first: `stillwatch case show {id}`.",
    status: 409,
  },
  SW_ACCOUNT_UNREAD: {
    message:
      "{by} has not opened {account} of {id} as it is now. Read it first: `stillwatch case open-account {id} {account}`.",
    status: 409,
  },
  SW_REVIEW_INCOMPLETE: {
    message:
      "{id}: {count} of its accounts are still to be opened before this step: {which}. `stillwatch case open-account {id} --next 5` shows them, `stillwatch case plan {id}` says why.",
    status: 409,
  },
  SW_STEP_UNKNOWN: {
    message: "{id}: no step of that id. `stillwatch case show` names those of a case.",
    status: 404,
  },
  SW_STEP_SECOND: {
    message:
      "This step on {id} takes a second person: {why}. `stillwatch case propose {id}` it, and let somebody else approve it.",
    status: 409,
  },
  SW_STEP_RADIUS: {
    message:
      "This step on {id} would reach too far: {over}. Name fewer accounts, or have another review policy approved (`stillwatch case policy`).",
    status: 409,
  },
  SW_PROPOSAL_UNKNOWN: {
    message:
      "{id}: no such proposal. `stillwatch case show` and `stillwatch case policy` name them.",
    status: 404,
  },
  SW_APPROVAL_REFUSED: { message: "{by} can't approve {id}: {reason}.", status: 403 },
  SW_EVIDENCE_UNKNOWN: {
    message: "{exchange}: {id} preserved no such exchange, or it was erased.",
    status: 404,
  },
  SW_EVIDENCE_ALTERED: {
    message:
      "{exchange}: what {id} preserved can't be opened. It was altered, or ledger-keys.json is another.",
    status: 500,
  },
  SW_ACCOUNT_HELD: {
    message: "{account}: case {id} is held, so nothing of it may be erased. Nothing was done.",
    status: 409,
  },
  SW_STEP_INVALID: { message: "This step can't be taken or lifted: {reason}.", status: 422 },
  SW_DECISIONS_GONE: {
    message:
      "What changed since {since} is not remembered here, or is yet to come. Ask for all (GET /v1/decisions), and go on from its sequence number.",
    status: 410,
  },
  SW_DECISIONS_UNREACHABLE: {
    message:
      "{url}: decisions can't be had ({reason}). What was known before holds for a while; it is tried again.",
    status: 502,
  },
  SW_DECISIONS_UNTRUSTED: {
    message:
      "What came as decisions can't be trusted: {reason}. What was known before still holds.",
    status: 502,
  },
  SW_DIRECTIVES_MISSING: {
    message: "{path}: no directive was ever drafted there. `stillwatch directive add` drafts one.",
    status: 404,
  },
  SW_DIRECTIVE_UNKNOWN: {
    message: "{id}: no directive of that id. `stillwatch directive list` names them.",
    status: 404,
  },
  SW_DIRECTIVE_INVALID: { message: "This directive can't be: {reason}.", status: 422 },
  SW_DIRECTIVE_STATE: { message: "{id} is {state}, and can't be {to}.", status: 409 },
  SW_ATTESTATION_INVALID: {
    message: "{file}, line {line}: {reason}. Nothing of it was taken.",
    status: 422,
  },
  SW_CATALOGUE_INVALID: {
    message:
      "{file}: {reason}. Give a catalogue of models with is_trainable_text or distillationPolicy.",
    status: 422,
  },
  SW_AGREEMENT_KNOWN: {
    message:
      "{id}: the register has it, in version {version}. Say --replace for a new version of it; versions before stay.",
    status: 409,
  },
  SW_AGREEMENT_UNKNOWN: {
    message:
      "{id}: the register has no agreement of that id. `stillwatch agreement list` names them.",
    status: 404,
  },
  SW_AGREEMENT_ENDED: { message: "{id} ended already, on {ended}.", status: 409 },
  SW_USER_REFUSED: { message: "{name} {reason}.", status: 403 },
  SW_AUDIT_UNREADABLE: {
    message:
      "{path}, line {line}: not a line of an exported audit. It was changed, or is something else.",
    status: 422,
  },
  SW_COMMANDS_INVALID: { message: "{file}: {reason}.", status: 422 },
  SW_COMMANDS_UNANSWERED: {
    message: "The account service does not say what became of commands ({reason}).",
    status: 502,
  },
  SW_COMMAND_FAILED: {
    message:
      "The account service did not take {command} of {account} ({reason}). It was given up; `stillwatch outbox status` names it.",
    status: 502,
  },
  SW_REFERRAL_UNWRITTEN: {
    message: "{folder}: a referral can't be written ({reason}).",
    status: 500,
  },
  SW_ALERTS_INVALID: { message: "{file}, webhook {webhook}: {reason}.", status: 422 },
  SW_ALERT_UNDELIVERED: {
    message:
      "Webhook {webhook} did not take {id} ({reason}). It was given up; `stillwatch alert test` tries the webhook.",
    status: 502,
  },
  SW_PLATFORM: { message: "{message}", status: 500 },
} as const;

/** A key of `ERRORS`. */
export type ErrorCode = keyof typeof ERRORS;
/** What fills a message's `{names}`. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** The one error class. Its message is the code's template with `{name}` filled from `details`. */
export class StillwatchError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, cause?: unknown) {
    super(fill(ERRORS[code].message, details), cause === undefined ? undefined : { cause });
    this.name = "StillwatchError";
    this.code = code;
    this.details = details;
  }
}

function fill(template: string, details: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
}
