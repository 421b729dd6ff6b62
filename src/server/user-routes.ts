import { z } from "zod";
import type { Ledger } from "../ledger/open-ledger.ts";
import { USER_ROLES } from "../ledger/tables.ts";
import { disableUser, readUsers, setUser } from "../ledger/users.ts";
import { personOf, type Route, route } from "./route.ts";

const DONE = { status: 200, body: {} } as const;

/** The routes by which admins say who may do what, and counsels who is one. */
export function userRoutes(ledger: Ledger): readonly Route[] {
  const caller = { right: "administer" } as const;
  return [
    {
      method: "GET",
      path: "/v1/users",
      caller,
      summary: "The users: name, role, and since when they are disabled",
      answers: z.object({
        users: z.array(
          z.object({
            name: z.string(),
            role: z.enum(USER_ROLES),
            created: z.string(),
            disabled: z.string().nullable(),
          }),
        ),
      }),
      answer: async () => ({ status: 200, body: { users: await readUsers(ledger) } }),
    },
    route({
      method: "PUT",
      path: "/v1/users/:name",
      caller,
      summary: "Make a user, or change what one may",
      body: z.strictObject({ role: z.enum(USER_ROLES) }),
      async answer(_, call) {
        const { name = "" } = call.params;
        await setUser(ledger, { name, role: call.body.role, by: personOf(call) });
        return DONE;
      },
    }),
    {
      method: "PUT",
      path: "/v1/counsels/:name",
      caller: { right: "direct" },
      summary: "Make another counsel, once there is one",
      async answer(_, call) {
        const { name = "" } = call.params;
        await setUser(ledger, { name, role: "counsel", by: personOf(call) });
        return DONE;
      },
    },
    {
      method: "DELETE",
      path: "/v1/users/:name",
      caller,
      summary: "Disable a user, and end their sessions",
      async answer(_, call) {
        await disableUser(ledger, { name: call.params["name"] ?? "", by: personOf(call) });
        return DONE;
      },
    },
  ];
}
