import type { MappedField } from "./field-map.ts";

/**
 * How logs name what we look for, best first, in snake case. A column fits by its whole path or by its last name.
 * The order of fields is the order in which columns are given away.
 */
export const COLUMN_NAMES: Readonly<Record<MappedField, readonly string[]>> = {
  id: words(
    "id request_id req_id call_id exchange_id event_id log_id correlation_id uuid completion_id message_id span_id call",
  ),
  time: words(
    "time timestamp ts created_at created start_time started_at request_time event_time datetime date_time date received_at tstamp at when",
  ),
  account: words(
    "account account_id customer_id customer tenant_id tenant user_id user subscription_id client_id team_id org_id api_key_id key_id owner",
  ),
  request: words(
    "request request_body body messages prompt input payload question query user_prompt input_text text",
  ),
  response: words(
    "response response_body answer completion output result reply generation output_text",
  ),
  credential: words("credential api_key_id key_id api_key_hash key_hash api_key token_id"),
  organization: words(
    "organization organization_id org_id org workspace_id workspace company_id company team_id",
  ),
  end_user: words("end_user end_user_id enduser user_id user safety_identifier"),
  model: words("model model_name model_id requested_model deployment engine"),
  "usage.input": words(
    "input_tokens prompt_tokens tokens_in input_token_count prompt_token_count tokens_input",
  ),
  "usage.output": words(
    "output_tokens completion_tokens tokens_out output_token_count completion_token_count tokens_output",
  ),
  "usage.cached": words(
    "cached_tokens cache_read_input_tokens cached_input_tokens cache_read_tokens",
  ),
  "usage.reasoning": words("reasoning_tokens thinking_tokens thoughts_tokens"),
  "client.ip": words(
    "ip client_ip remote_addr remote_ip source_ip ip_address caller_ip x_forwarded_for",
  ),
  "client.user_agent": words("user_agent useragent ua http_user_agent agent"),
  "client.ja4": words("ja4 tls_fingerprint ja3"),
  session: words("session session_id conversation_id thread_id chat_id conversation"),
  system: words("system system_prompt instructions system_message"),
  max_tokens: words("max_tokens max_completion_tokens max_output_tokens max_new_tokens"),
  temperature: words("temperature temp"),
  http_status: words("http_status status_code status response_code response_status"),
  endpoint: words("endpoint path route url uri operation api"),
  platform: words("platform channel source provider gateway"),
  region: words("region location datacenter zone"),
  billed: words("billed cost total_cost spend price amount cost_usd"),
};

function words(text: string): readonly string[] {
  return text.split(" ");
}
