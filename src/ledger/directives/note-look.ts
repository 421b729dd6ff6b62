import type { Counsel } from "./counsel.ts";
import type { DirectiveStore } from "./open-directives.ts";
import { directiveId, directiveNumber, directiveToChange } from "./read-directives.ts";

/** Records that somebody looks at what names persons; answers the directive's number. Throws SW_DIRECTIVE_UNKNOWN. */
export function noteLook(
  store: DirectiveStore,
  { id, what, by }: { id: string; what: "refusals" | "dry_run"; by: Counsel },
): Promise<number> {
  return store.change(async (change) => {
    const { number } = await directiveToChange(change, directiveNumber(id));
    const object = `directive:${directiveId(number)}`;
    change.record({ actor: by.actor, action: `${what}.looked_at`, object });
    return number;
  });
}
