import { z } from "zod";
import type { Agreement } from "./agreement.ts";

/** Whether a model's outputs may train another model, in the words of catalogues of models. */
export type PolicyStatus = "allowed" | "disallowed" | "unknown";

/**
 * A model in both vocabularies that catalogues use: OpenRouter's `is_trainable_text` (true, false, null) and NanoGPT's
 * `distillationPolicy` (`status` allowed, disallowed, unknown). They say the same here.
 */
export interface ModelPolicy {
  readonly id: string;
  readonly is_trainable_text: boolean | null;
  readonly distillationPolicy: {
    readonly status: PolicyStatus;
    readonly label: string;
    /** `agreement`, or empty where the register says nothing. */
    readonly basis: string;
    readonly note?: string;
  };
}

/** An agreement and whether its budget still has room. */
export interface PolicyAgreement {
  readonly agreement: Agreement;
  readonly usedUp: boolean;
}

/**
 * What a register says of models to one party, an organization or an account: allowed by an agreement that names it, holds
 * at the time and has room; disallowed where all that name it and the model don't; unknown of every other model.
 */
export function policiesFor(
  party: string,
  register: readonly PolicyAgreement[],
  { models, at }: { readonly models: readonly string[]; readonly at: string },
): readonly ModelPolicy[] {
  const own = register.filter(
    ({ agreement: { organizations, accounts } }) =>
      organizations.includes(party) || accounts.includes(party),
  );
  const named = own.flatMap(({ agreement }) => agreement.models);
  return [...new Set([...models, ...named])].toSorted().map((id) => {
    const about = own.filter(
      ({ agreement }) => agreement.models.length === 0 || agreement.models.includes(id),
    );
    const holds = about.find(
      ({ agreement: { from, until }, usedUp }) => from <= at && at < until && !usedUp,
    );
    return policyOf(id, holds ?? about[0], holds !== undefined, at);
  });
}

function policyOf(
  id: string,
  found: PolicyAgreement | undefined,
  holds: boolean,
  at: string,
): ModelPolicy {
  if (found === undefined) {
    const policy = { status: "unknown", label: "No agreement names it", basis: "" } as const;
    return { id, is_trainable_text: null, distillationPolicy: policy };
  }
  const { agreement, usedUp } = found;
  const { from, until, purpose } = agreement;
  const why = holds
    ? `until ${until}`
    : at < from
      ? `begins ${from}`
      : at >= until
        ? `ended ${until}`
        : usedUp
          ? "is used up"
          : "";
  const status = holds ? "allowed" : "disallowed";
  const label = `Agreement ${agreement.id} ${why}`;
  const policy = { status, label, basis: "agreement", note: purpose } as const;
  return { id, is_trainable_text: holds, distillationPolicy: policy };
}

const entryShape = z.object({
  id: z.string().min(1).optional(),
  slug: z.string().min(1).optional(),
  is_trainable_text: z.boolean().nullish(),
  distillationPolicy: z.object({ status: z.string() }).nullish(),
});
const list = z.array(entryShape);
/** A catalogue of models as OpenRouter's or NanoGPT's API answers it: a list, or one under `data` or `models`. */
export const catalogueShape = z.union([
  list,
  z.object({ data: list }),
  z.object({ data: z.object({ models: list }) }),
  z.object({ models: list }),
]);

/** What a catalogue says of its models. */
export interface CatalogueModel {
  readonly id: string;
  readonly status: PolicyStatus;
}

/**
 * What a catalogue says of its models. Where an entry has both fields and they differ it is `unknown`: nothing is allowed that
 * one of them refuses.
 */
export function catalogueModels(found: z.infer<typeof catalogueShape>): readonly CatalogueModel[] {
  const within = Array.isArray(found) ? found : "data" in found ? found.data : found.models;
  const entries = Array.isArray(within) ? within : within.models;
  return entries.flatMap(({ id, slug, is_trainable_text: trainable, distillationPolicy }) => {
    const name = id ?? slug;
    if (name === undefined) return [];
    const said = [
      ...(typeof trainable === "boolean" ? [trainable ? "allowed" : "disallowed"] : []),
      ...(distillationPolicy ? [distillationPolicy.status] : []),
    ];
    const [status] = said;
    const agreed = said.every((one) => one === status);
    const known = status === "allowed" || status === "disallowed";
    return [{ id: name, status: agreed && known ? status : "unknown" }];
  });
}
