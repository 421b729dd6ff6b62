import { type Group, type Member, ROLES, type Role } from "../core/assessment.ts";
import { type Markup, html } from "./markup.ts";
import { ROLE_MEANING, counted, grouped, percent } from "./wording.ts";

const SHOWN = 8;

/** The group's accounts: how many in each role, and the first few of those to be looked at one by one and of the rest. */
export function groupMembers({ members }: Group): Markup {
  const roles = ROLES.map((role) => ({
    role,
    count: members.filter((member) => member.role === role).length,
  })).filter(({ count }) => count > 0);
  const operated = members.filter((member) => member.role === "operated");
  const others = members.filter((member) => member.role !== "operated");
  return html`<h4>Accounts</h4>
    <ul class="roles">
      ${roles.map(({ role, count }) => html`<li><b>${grouped(count)}</b> ${roleName(role)}: ${ROLE_MEANING[role]}</li>`)}
    </ul>
    <div class="columns">
      ${
        others.length === 0
          ? undefined
          : memberTable("To be looked at one by one before any step", others)
      }${operated.length === 0 ? undefined : memberTable("Operated", operated)}
    </div>`;
}

function memberTable(title: string, members: readonly Member[]): Markup {
  const shown = members
    .toSorted((a, b) => b.share - a.share || (a.account < b.account ? -1 : 1))
    .slice(0, SHOWN);
  const hidden = members.length - shown.length;
  return html`<table class="members">
    <caption>
      ${title}
    </caption>
    <thead>
      <tr>
        <th scope="col">Account</th>
        <th scope="col">Role</th>
        <th scope="col" class="number">Share of its traffic</th>
      </tr>
    </thead>
    <tbody>
      ${shown.map(
        ({ account, role, share }) =>
          html`<tr>
            <td><bdi>${account}</bdi></td>
            <td>${roleName(role)}</td>
            <td class="number">${percent(share)}</td>
          </tr>`,
      )}
    </tbody>
    ${
      hidden > 0
        ? html`<tfoot>
            <tr>
              <td colspan="3">and ${counted(hidden, "more account")}, all in the JSON</td>
            </tr>
          </tfoot>`
        : undefined
    }
  </table>`;
}

/** A role as people read it. */
export function roleName(role: Role): string {
  return role === "end_user" ? "end user" : role;
}
