import type { Alert } from "./alert.ts";
import { alertMessage } from "./alert-message.ts";
import type { AlertSettings } from "./alert-settings.ts";
import { type Attempt, sendWebhook } from "./send-webhook.ts";

/** What a webhook answered to a test. */
export interface TestAnswer extends Attempt {
  readonly webhook: string;
}

/** Sends each webhook one alert of class `test`, at once and once. */
export async function testAlert(
  settings: AlertSettings,
  now: Date,
): Promise<readonly TestAnswer[]> {
  const alert = testAlertAt(now);
  const { signal } = new AbortController();
  return Promise.all(
    settings.webhooks.map(async (webhook) => {
      const message = alertMessage([alert], webhook.format, alert.time);
      return { webhook: webhook.name, ...(await sendWebhook(message, { webhook, now, signal })) };
    }),
  );
}

function testAlertAt(now: Date): Alert {
  return {
    id: "test",
    sequence: now.getTime(),
    class: "test",
    severity: "medium",
    changes: ["test"],
    title: "This is a test of Stillwatch's alerts: nothing was flagged",
    time: now.toISOString(),
    reasons: [],
    link: null,
    group: null,
    field: null,
    glass: null,
  };
}
