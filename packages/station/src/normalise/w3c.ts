import { readIsoTime } from '../parse/instant.ts'
import { httpActivity } from './access-log.ts'
import { accountOf, addressOf, type Draft, present, type Read } from './draft.ts'
import { Fields } from './fields.ts'

/** Names Sigma's categories use for columns that W3C writes with a header's name. */
const sigmaNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'cs(User-Agent)': 'cs-user-agent',
    'cs(Referer)': 'cs-referer',
    'cs(Host)': 'cs-host',
    'cs(Cookie)': 'cs-cookie',
  }),
)

/** A request served by IIS or what writes W3C extended log files: HTTP Activity (OCSF 4002); times are UTC. */
export function normaliseW3c(line: Readonly<Record<string, string>>, text: string): Read {
  const record = withSigmaNames(line)
  const isHead = Object.keys(line).length === 0
  return { draft: isHead ? headDraft(text) : requestDraft(new Fields(record)), record }
}

/** Under the names rules use; of the agent with the spaces that are written as plus signs. */
function withSigmaNames(line: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(line).map(([name, value]) => {
      const known = sigmaNames.get(name) ?? name
      return [known, known === 'cs-user-agent' ? value.replaceAll('+', ' ') : value]
    }),
  )
}

function requestDraft(fields: Fields): Draft {
  const written = `${fields.text('date') ?? ''} ${fields.text('time') ?? ''}`
  const time = readIsoTime(written, 'UTC')
  const http = requestOf(fields)
  const code = fields.word16('sc-status')
  const client = fields.text('c-ip')
  const [bytesOut, bytesIn] = [fields.number('cs-bytes'), fields.number('sc-bytes')]
  return {
    ...common,
    class: 'http_activity',
    activity: httpActivity(http?.http_method),
    severity: 1,
    message: `${client ?? '?'} ${http?.http_method ?? '?'} ${http?.url ?? '?'} → ${code ?? '?'}`,
    time: time?.at,
    original_time: time?.original,
    ...outcomeOf(code),
    src_endpoint: present({ ip: addressOf(client), port: fields.word16('c-port') }),
    dst_endpoint: present({
      ip: addressOf(fields.text('s-ip')),
      port: fields.word16('s-port'),
      hostname: fields.text('cs-host'),
    }),
    device: present({ hostname: fields.text('s-computername') }),
    user: accountOf(fields.text('cs-username')),
    http_request: http,
    http_response: present({ code, length: bytesIn }),
    traffic: present({ bytes_out: bytesOut, bytes_in: bytesIn }),
    duration_ms: fields.number('time-taken'),
    unmapped: fields.rest(),
  }
}

function requestOf(fields: Fields): Draft['http_request'] {
  const [stem, query] = [fields.text('cs-uri-stem'), fields.text('cs-uri-query')]
  return present({
    http_method: fields.text('cs-method'),
    url: stem === undefined || query === undefined ? stem : `${stem}?${query}`,
    user_agent: fields.text('cs-user-agent'),
    referrer: fields.text('cs-referer'),
    version: fields.text('cs-version'),
  })
}

function outcomeOf(code: number | undefined): Pick<Draft, 'status' | 'status_detail'> {
  if (code === undefined) return {}
  return { status: code < 400 ? 'success' : 'failure', status_detail: String(code) }
}

const common = {
  product: 'IIS',
  vendor: 'Microsoft',
  logsource: { category: 'webserver', service: 'iis' },
} as const

/** A line of the head: the log was begun, or its columns were changed. */
function headDraft(text: string) {
  return {
    ...common,
    class: 'base_event' as const,
    activity: 99,
    severity: 1,
    message: text.split('\n', 1)[0] ?? '',
    time: undefined,
    unmapped: {},
  }
}
