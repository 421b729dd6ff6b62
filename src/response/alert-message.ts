import { createHash } from "node:crypto";
import { counted, grouped } from "../core/counted.ts";
import type { Alert } from "./alert.ts";
import type { Webhook } from "./alert-settings.ts";

/** What goes out at once: one alert, or several as a digest. */
export interface AlertMessage {
  /** `webhook-id`: the alert's id and sequence; of a digest the hash of all of them. The same content, the same id. */
  readonly id: string;
  readonly body: string;
}

/** The most alerts of one message. */
export const MOST_IN_MESSAGE = 20;

const CLOSING = "The software flags; a person confirms or explains.";

/** Alerts as one message in a format. `time` is when it was made, ISO 8601. */
export function alertMessage(
  alerts: readonly Alert[],
  format: Webhook["format"],
  time: string,
): AlertMessage {
  const ids = alerts.map(({ id, sequence }) => `${id}.${sequence}`);
  const [first = ""] = ids;
  const digest = createHash("sha256").update(ids.join("\n")).digest("hex").slice(0, 24);
  const content = format === "slack" ? slackContent(alerts) : standardContent(alerts, time);
  return { id: ids.length === 1 ? first : `digest_${digest}`, body: JSON.stringify(content) };
}

function standardContent(alerts: readonly Alert[], timestamp: string): object {
  return { type: "stillwatch.alerts", timestamp, data: { version: 1, alerts, note: CLOSING } };
}

function slackContent(alerts: readonly Alert[]): object {
  const [only] = alerts;
  const head =
    alerts.length === 1 && only !== undefined
      ? only.title
      : `Stillwatch: ${counted(alerts.length, "alert")}`;
  const sections = alerts.map((alert) => section(slackText(alert)));
  const closing = { type: "context", elements: [{ type: "mrkdwn", text: CLOSING }] };
  return { text: escaped(head), blocks: [...sections, closing] };
}

function slackText({ title, severity, reasons, group, time, link }: Alert): string {
  const facts =
    group === null
      ? []
      : [
          `${group.assessment}: ${counted(group.accounts, "account")}, ${counted(group.exchanges, "exchange")} so far (${grouped(group.exchanges_before_alert)} before the flag)`,
          `since ${group.first_seen}, flagged at ${group.detected_at ?? "no time"}`,
        ];
  const lines = [
    `*${escaped(title)}* (${severity}, ${time})`,
    ...facts.map(escaped),
    ...reasons.map((reason) => `• ${escaped(reason)}`),
    ...(link === null ? [] : [`<${escaped(link)}|Read it>`]),
  ];
  return lines.join("\n");
}

/** Slack takes 3,000 characters a section. */
function section(text: string): object {
  return { type: "section", text: { type: "mrkdwn", text: text.slice(0, 2_900) } };
}

/** What Slack asks to be escaped, so that no name becomes a link or calls a channel. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
