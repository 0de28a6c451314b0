import { parseAccessLog } from '../parse/access-log.ts'
import { type Parsed, parsed, type Unreadable, unreadable } from '../parse/parsed.ts'
import { looksLikeSquid, parseSquid, type SquidFields } from '../parse/squid.ts'
import { httpActivity } from './access-log.ts'
import { accountOf, type Draft, present, type Read } from './draft.ts'
import { endpointOf } from './endpoint.ts'

// The combined form ends with what Squid did and how it fetched the answer: `TCP_MISS:HIER_DIRECT`.
const combinedEnd =
  /[" ](?<result>(?:TCP|UDP|NONE|TAG)_?[A-Z_]{0,60}):(?<how>[A-Z][A-Z_]{1,63})\s*$/

/** True of a line of Squid, in its native form or in its combined one. */
export function looksLikeSquidLine(text: string): boolean {
  if (looksLikeSquid(text)) return true
  return text.slice(0, 1024).includes('] "') && combinedEnd.test(text.slice(-160))
}

/** One request a client made through Squid: HTTP Activity (OCSF 4002). Reason: `squid.no-request`. */
export function normaliseSquid(text: string): Read | Unreadable {
  const line = looksLikeSquid(text) ? parseSquid(text) : parseCombined(text)
  if (!line.ok) return line
  return { draft: draftOf(line.value), record: sigmaRecord(line.value) }
}

type SquidLine = SquidFields & {
  readonly agent?: string | undefined
  readonly referrer?: string | undefined
}

function parseCombined(text: string): Parsed<SquidLine> {
  const line = parseAccessLog(text)
  const end = combinedEnd.exec(text.slice(-160))?.groups
  if (!line.ok || !end)
    return unreadable('squid.no-request', 'neither the native nor the combined form')
  const { client, status, method = '', target = '', time, user, length = 0 } = line.value
  return parsed({
    time,
    client,
    status,
    length,
    method,
    url: target,
    user,
    duration: undefined,
    result: end['result'] ?? '',
    hierarchy: end['how'],
    peer: undefined,
    contentType: undefined,
    agent: line.value.userAgent,
    referrer: line.value.referrer,
  })
}

function draftOf(line: SquidLine): Draft {
  const { method, url, status, result } = line
  const isDenied = result.includes('DENIED')
  const target =
    /^(?:[a-z][a-z0-9+.-]{0,15}:\/\/)?(?:[^/@]{0,255}@)?\[?(?<host>[^/:?#\]]{1,255})\]?(?::(?<port>\d{1,5}))?/i.exec(
      url,
    )?.groups
  return {
    class: 'http_activity',
    activity: httpActivity(method),
    severity: isDenied ? 2 : 1,
    message: `${line.client} ${method} ${url} → ${result}/${status}`,
    product: 'Squid',
    log_name: 'access',
    event_code: result,
    logsource: { product: 'squid', category: 'proxy' },
    time: line.time.at,
    original_time: line.time.original,
    status: !isDenied && status > 0 && status < 400 ? 'success' : 'failure',
    status_detail: `${result}/${status}`,
    src_endpoint: endpointOf(line.client),
    dst_endpoint: endpointOf(target?.['host'], target?.['port']),
    user: accountOf(line.user),
    http_request: present({
      http_method: method,
      url,
      user_agent: line.agent,
      referrer: line.referrer,
    }),
    http_response: { code: status, length: line.length },
    traffic: { bytes_in: line.length },
    duration_ms: line.duration,
    unmapped: present({ hierarchy: line.hierarchy, peer: line.peer, type: line.contentType }) ?? {},
  }
}

/** Field names of Sigma's category proxy; the parts of the URL are read from the event. */
function sigmaRecord(line: SquidLine): Record<string, unknown> {
  const names = {
    'c-ip': line.client,
    'cs-username': line.user,
    'cs-method': line.method,
    'sc-status': line.status,
    'sc-bytes': line.length,
    'cs-user-agent': line.agent,
    'cs-referer': line.referrer,
    's-action': line.result,
    's-hierarchy': line.hierarchy,
    'rs-content-type': line.contentType,
  }
  return present(names) ?? {}
}
