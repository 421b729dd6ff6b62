import { randomBytes } from "node:crypto";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { signIn } from "../../src/ledger/sessions.ts";
import { openApi } from "../../src/server/open-api.ts";
import { openPeople } from "../../src/server/open-people.ts";
import { openServer } from "../../src/server/open-server.ts";
import { openTokenBook } from "../../src/server/tokens.ts";
import { SESSION_LIMITS } from "../../src/server/sign-in-settings.ts";

/** What was answered to a person, as JSON; a problem where it was refused. */
export interface Said {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A server's part for people, on a real ledger, whose every answer is checked against its own OpenAPI document. */
export interface PeopleBench {
  readonly url: string;
  /** A call by a user, who is signed in for it. Throws where the answer is not as the document says. */
  ask(user: string, call: string, body?: object): Promise<Said>;
  close(): Promise<void>;
}

/** Opens it. `clock` is in milliseconds and only grows. */
export async function openPeopleBench(
  ledger: Ledger,
  clock: () => number = () => 0,
): Promise<PeopleBench> {
  const onFailure = (error: unknown): void => {
    throw error;
  };
  const tokens = await openTokenBook(ledger, onFailure);
  const onTokens = () => tokens.refresh();
  const people = await openPeople({ ledger, random: randomBytes, clock, onTokens, onFailure });
  const { routes, doors } = people;
  const server = await openServer({
    ...doors,
    host: "127.0.0.1",
    port: 0,
    routes,
    tokens,
    onFailure,
  });
  const shapes = answerShapes(openApi(routes));
  const ids = new Map<string, string>();
  const idOf = async (name: string): Promise<string> => {
    const id = ids.get(name) ?? randomBytes(32).toString("base64url");
    if (!ids.has(name)) {
      await signIn(ledger, { name, id, limits: SESSION_LIMITS });
      await doors.sessions?.refresh();
      ids.set(name, id);
    }
    return id;
  };
  return {
    url: server.url,
    async ask(user, call, body) {
      const [method = "", path = ""] = call.split(" ");
      const headers = {
        cookie: `stillwatch-session=${await idOf(user)}`,
        "x-stillwatch": "1",
        ...(body && { "content-type": "application/json" }),
      };
      const init = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await fetch(server.url + path, { method, headers, ...init });
      const said = (await answer.json()) as Said["body"];
      shapes.assertFits({ method, path, status: answer.status }, said);
      return { status: answer.status, body: said };
    },
    async close() {
      await server.close();
      await people.close();
      await tokens.close();
    },
  };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: { readonly problem: Content } };
}
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}
interface Operation {
  readonly responses: { readonly "200": Content };
}

/** What a document says is answered, by address and method. */
export function answerShapes(document: object) {
  const { paths, components } = document as Document;
  const ajv = new Ajv2020({ strict: true, validateFormats: false });
  const known = new Map<object, ValidateFunction>();
  const validatorOf = (schema: object): ValidateFunction => {
    const found = known.get(schema) ?? ajv.compile(schema);
    known.set(schema, found);
    return found;
  };
  const patterns = Object.entries(paths).map(
    ([path, methods]) => [new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`), methods] as const,
  );
  return {
    assertFits(
      { method, path, status }: { method: string; path: string; status: number },
      said: unknown,
    ): void {
      const own = path.split("?")[0] ?? "";
      const found = paths[own] ?? patterns.find(([pattern]) => pattern.test(own))?.[1];
      const operation = found?.[method.toLowerCase()];
      if (operation === undefined) throw new Error(`${method} ${path} is not described`);
      const { content } = status < 400 ? operation.responses["200"] : components.responses.problem;
      const schema = Object.values(content ?? {})[0]?.schema;
      if (schema === undefined) return;
      const validate = validatorOf(schema);
      if (!validate(said)) throw new Error(`${method} ${path}: ${ajv.errorsText(validate.errors)}`);
    },
  };
}
