import type { AccessLogFields } from '../parse/access-log.ts'
import { addressOf, present, type Read } from './draft.ts'

/** OCSF activities of HTTP methods (class 4002). */
const activities: Readonly<Record<string, number>> = {
  CONNECT: 1,
  DELETE: 2,
  GET: 3,
  HEAD: 4,
  OPTIONS: 5,
  POST: 6,
  PUT: 7,
  TRACE: 8,
  PATCH: 9,
}

/** OCSF activity of an HTTP method. */
export function httpActivity(method: string | undefined): number {
  return method === undefined ? 0 : (activities[method.toUpperCase()] ?? 99)
}

/** One request served by Apache, nginx or what writes like them: HTTP Activity (OCSF 4002). */
export function normaliseAccessLog(line: AccessLogFields): Read {
  const { client, user, host, status, method, target, userAgent, referrer } = line
  const address = addressOf(client)
  return {
    draft: {
      class: 'http_activity',
      activity: httpActivity(method),
      severity: 1,
      message: `${client} ${line.request} → ${status}`,
      product: 'webserver',
      logsource: { category: 'webserver' },
      time: line.time.at,
      original_time: line.time.original,
      status: status > 0 && status < 400 ? 'success' : 'failure',
      status_detail: String(status),
      src_endpoint: address ? { ip: address } : { hostname: client },
      dst_endpoint: present({ hostname: host, port: line.hostPort }),
      user: user === undefined ? undefined : { name: user },
      http_request: present({
        http_method: method,
        url: target,
        user_agent: userAgent,
        referrer,
        version: line.version,
      }),
      http_response: { code: status, ...(line.length !== undefined && { length: line.length }) },
      unmapped: line.rest.length > 0 ? { rest: line.rest } : {},
    },
    record: sigmaRecord(line),
  }
}

/** Field names of Sigma's category webserver (W3C extended log format); the parts of the URL are read from the event. */
function sigmaRecord(line: AccessLogFields): Record<string, unknown> {
  const fields = {
    'c-ip': line.client,
    'cs-username': line.user,
    'cs-host': line.host,
    'cs-method': line.method,
    'cs-version': line.version,
    'sc-status': line.status,
    'sc-bytes': line.length,
    'cs-referer': line.referrer,
    'cs-user-agent': line.userAgent,
    'cs-request': line.request,
  }
  return present(fields) ?? {}
}
