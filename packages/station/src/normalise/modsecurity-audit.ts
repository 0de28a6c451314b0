import { isObject, type JsonObject } from '../parse/json.ts'
import { readWrittenTime } from '../parse/written-time.ts'
import { httpActivity } from './access-log.ts'
import { type Draft, present, type Read, type Surroundings } from './draft.ts'
import { endpointOf } from './endpoint.ts'
import { Fields } from './fields.ts'
import { statusOf } from './firewall.ts'
import { findingOf, severityOfRule } from './modsecurity.ts'

/** True of a transaction of ModSecurity's audit log in JSON, of version 2 or 3. */
export function looksLikeModSecurityAudit(object: JsonObject): boolean {
  const transaction = object['transaction']
  if (!isObject(transaction)) return false
  if (isObject(object['audit_data'])) return 'transaction_id' in transaction
  return 'unique_id' in transaction && ('messages' in transaction || 'producer' in transaction)
}

interface Message {
  readonly title: string
  readonly uid: string | undefined
  readonly severity: string | undefined
  readonly labels: readonly string[]
}

/** What both versions say of a transaction. */
interface Transaction {
  readonly time: string | undefined
  readonly uid: string | undefined
  readonly source: Draft['src_endpoint']
  readonly target: Draft['dst_endpoint']
  readonly method: string | undefined
  readonly uri: string | undefined
  readonly headers: ReadonlyMap<string, string>
  readonly code: number | undefined
  readonly messages: readonly Message[]
  readonly isBlocked: boolean
}

/**
 * One transaction of the audit log (https://github.com/owasp-modsecurity/ModSecurity/wiki/ModSecurity-2-Data-Formats):
 * Detection Finding (OCSF 2004) of the first rule that matched; without one HTTP Activity (4002).
 */
export function normaliseModSecurityAudit(object: JsonObject, around: Surroundings): Read {
  const fields = new Fields(object)
  const transaction = fields.has('audit_data') ? version2(fields) : version3(fields)
  const { method, uri, code, messages, headers } = transaction
  const host = headers.get('host')?.replace(/:\d{1,5}$/, '')
  const time = readWrittenTime(transaction.time, around.zone)
  const worst = worstOf(messages)
  const verdict = transaction.isBlocked ? 'blocked' : 'allowed'
  return {
    draft: {
      ...(worst
        ? { class: 'detection_finding', activity: 1 }
        : { class: 'http_activity', activity: httpActivity(method) }),
      severity: worst ? severityOfRule(worst.severity) : 1,
      status: statusOf(verdict),
      status_detail: code === undefined ? undefined : String(code),
      message: worst?.title ?? `${method ?? '?'} ${uri ?? '?'} → ${code ?? '?'}`,
      product: 'ModSecurity',
      vendor: 'OWASP',
      log_name: 'audit',
      event_code: worst?.uid,
      logsource: { product: 'modsecurity' },
      time: time?.at,
      original_time: time?.original,
      src_endpoint: transaction.source,
      dst_endpoint: present({ ...transaction.target, hostname: host }),
      http_request: present({
        http_method: method,
        url: host !== undefined && uri?.startsWith('/') ? `http://${host}${uri}` : uri,
        user_agent: headers.get('user-agent'),
        referrer: headers.get('referer'),
      }),
      http_response: present({ code }),
      connection_info: present({ uid: transaction.uid }),
      finding: worst && findingOf(worst.title, worst.uid, worst.labels),
      unmapped: fields.rest(),
    },
    record: object,
  }
}

function version3(fields: Fields): Transaction {
  const all = fields.inner('transaction')
  const request = all.inner('request')
  const time = all.text('time_stamp')
  const code = all.inner('response').word16('http_code')
  return {
    time,
    uid: all.text('unique_id'),
    source: endpointOf(all.text('client_ip'), all.text('client_port')),
    target: endpointOf(all.text('host_ip'), all.text('host_port')),
    method: request.text('method'),
    uri: request.text('uri'),
    headers: headersOf(request),
    code,
    messages: all.objects('messages').map((message) => {
      const details = message.inner('details')
      return {
        title: message.text('message') ?? details.text('match') ?? 'ModSecurity',
        uid: details.text('ruleId'),
        severity: details.text('severity'),
        labels: details.texts('tags'),
      }
    }),
    isBlocked:
      all.boolean('is_interrupted') ?? (code === 403 && all.objects('messages').length > 0),
  }
}

const requestLine = /^(?<method>[A-Za-z]{1,32}) (?<uri>.{1,32768}?)(?: HTTP\/[\d.]{1,4})?$/
const tagPattern = /\[(id|msg|severity|tag) "((?:[^"\\]|\\.){0,4096})"\]/g

function version2(fields: Fields): Transaction {
  const all = fields.inner('transaction')
  const request = fields.inner('request')
  const audit = fields.inner('audit_data')
  const line = requestLine.exec(request.text('request_line') ?? '')?.groups
  return {
    time: all.text('time'),
    uid: all.text('transaction_id'),
    source: endpointOf(all.text('remote_address'), all.text('remote_port')),
    target: endpointOf(all.text('local_address'), all.text('local_port')),
    method: line?.['method'],
    uri: line?.['uri'],
    headers: headersOf(request),
    code: fields.inner('response').word16('status'),
    messages: audit.texts('messages').map(readMessage),
    isBlocked: audit.inner('action').boolean('intercepted') ?? false,
  }
}

/** Messages of version 2 are those of the error log. */
function readMessage(text: string): Message {
  const tags = [...text.slice(0, 16_384).matchAll(tagPattern)]
  const first = (name: string) => tags.find(([, each]) => each === name)?.[2]
  return {
    title: first('msg') ?? text.slice(0, 300),
    uid: first('id'),
    severity: first('severity'),
    labels: tags.flatMap(([, name, value = '']) => (name === 'tag' ? [value] : [])),
  }
}

function headersOf(request: Fields): ReadonlyMap<string, string> {
  const headers = request.inner('headers').rest()
  return new Map(
    Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  )
}

/** Rules that only add up what others found. */
const sums = /^(?:949\d{3}|959\d{3}|980\d{3})$/

function worstOf(messages: readonly Message[]): Message | undefined {
  const own = messages.filter(({ uid }) => !sums.test(uid ?? ''))
  return (
    own.toSorted((a, b) => severityOfRule(b.severity) - severityOfRule(a.severity))[0] ??
    messages[0]
  )
}
