import type { Caller } from "./conversation.ts";
import { DISPOSABLE, drawDevice, drawLine, drawServer, type Home } from "./identity.ts";
import type { OperationPlan } from "./operation-plan.ts";
import { makePool, type Line, type PoolAccount } from "./pool.ts";
import type { Random } from "./random.ts";

/** What an operator puts between itself and the provider. */
export interface Equipment {
  readonly device: (random: Random) => PoolAccount["device"];
  readonly lines: (random: Random, home: Home) => readonly Line[];
  /** What the operator's software fixes of what an account's own would send. */
  readonly caller: (index: number, own: Caller) => Partial<Caller>;
}

/** Draws an operator's software and lines, shared by its `size` accounts as far as the dials leave it. */
export function equip(
  random: Random,
  { dials, software }: Pick<OperationPlan, "dials" | "software">,
  size: number,
): Equipment {
  const build = drawDevice(random, true);
  const rented = Array.from({ length: Math.ceil(size / 10) + 2 }, () => drawServer(random));
  return {
    device: (source) => (dials.laundered ? drawDevice(source, true) : build),
    lines: (source, home): Line[] =>
      dials.ownHomes
        ? Array.from({ length: source.pick([1, 1, 1, 2, 2, 3]) }, () =>
            drawLine(source, home.country),
          )
        : source.sample(rented, source.pick([1, 2, 3])),
    caller: (index, own) => ({
      model: software.model,
      platform: software.doors?.[index % software.doors.length] ?? own.platform,
      settings: dials.laundered ? own.settings : software.settings,
      sessions: dials.laundered ? own.sessions : software.sessions,
    }),
  };
}

/** Signs `size` accounts up before `signedBefore`, with as much in common as the dials leave. */
export function enlist(
  random: Random,
  plan: OperationPlan,
  size: number,
  signedBefore: number,
): PoolAccount[] {
  const { dials, software } = plan;
  const several = (each: number, draw: () => string): string[] =>
    Array.from({ length: Math.ceil(size / each) }, draw);
  const cards = several(6, () => `pay_${random.hex(16)}`);
  const phones = several(5, () => `tel_${random.hex(16)}`);
  const devices = several(8, () => `dev_${random.hex(16)}`);
  const mails = random.sample(DISPOSABLE, 3);
  const equipment = equip(random, plan, size);
  const burst = dials.agedDays < 30;
  return makePool(random, {
    size,
    span: plan.span,
    dialects: software.dialects,
    campaign: plan.id,
    bursts: burst ? Math.max(1, Math.ceil(dials.agedDays / 3)) : size,
    burstDays: burst ? Math.min(2, dials.agedDays) : 1,
    ageDays: [1, 1 + dials.agedDays],
    signedBefore,
    enrolment: (source) => ({
      ...(source.chance(plan.disposable ?? 0) ? { mail: source.pick(mails) } : {}),
      ...(dials.ownCards
        ? {}
        : {
            payment: source.pick(cards),
            plan: source.pick(["payg", "pro"]),
            ...(source.chance(0.5) ? { phone: source.pick(phones) } : {}),
            ...(source.chance(0.6) ? { device: source.pick(devices) } : {}),
          }),
    }),
    caller: (_source, index, own) => equipment.caller(index, own),
    device: equipment.device,
    lines: equipment.lines,
  });
}
