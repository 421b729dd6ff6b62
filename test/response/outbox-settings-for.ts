import type { OutboxSettings } from "../../src/response/outbox-settings.ts";
import { SECRET } from "./sample-ticks.ts";

/** Settings for a service, without referrals. */
export function settingsFor(url: string): OutboxSettings {
  return {
    service: { url: new URL(`${url}/commands`), secrets: [SECRET] },
    steps: ["limit", "verify", "deny"],
    reconcileMinutes: 15,
    referrals: undefined,
  };
}
