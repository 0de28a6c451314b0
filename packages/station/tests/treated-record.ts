import type { Alert } from '@haidang/contracts/alert'
import type { Event } from '@haidang/contracts/event'
import fc from 'fast-check'

const id = (kind: string) => `${kind}_019a0000-0000-8000-8000-000000000001`
/** One value of each field a policy may strike or hash. */
export interface Values {
  readonly ip: string
  readonly own_ip: string
  readonly mac: string
  readonly user: string
  readonly email: string
  readonly host: string
  readonly domain: string
  readonly url: string
  readonly file: string
  readonly process: string
  readonly command_line: string
  readonly message: string
}

/** An event that holds each value at its place, in the record as it came, and copied into other texts. */
export function eventOf(v: Values): Event {
  const everything = Object.values(v).join(' | ')
  return {
    id: id('evt'),
    organisation_id: id('org'),
    tlp: 'amber',
    node_id: id('nod'),
    source_id: id('src'),
    time: '2026-03-01T00:00:00.000Z',
    received_time: '2026-03-01T00:00:01.000Z',
    class_uid: 1007,
    activity_id: 1,
    severity_id: 1,
    message: `${v.message} ${everything}`,
    status_detail: v.message,
    src_endpoint: { ip: v.ip, mac: v.mac, hostname: v.host, port: 80 },
    dst_endpoint: {
      ip: v.own_ip,
      domain: v.domain,
      owner: { name: v.user },
      location: { country: 'VN' },
      zone: 'private',
      lease: { kind: 'vpn', since: '2026-03-01T00:00:00.000Z', filled: ['owner'] },
    },
    actor: { user: { name: `CORP\\${v.user}` } },
    user: { name: v.user, uid: v.user },
    process: { name: v.process, cmd_line: v.command_line, file: { path: v.file } },
    http_request: { url: v.url, user_agent: everything },
    query: { hostname: v.domain },
    answers: [v.ip],
    metadata: {
      version: '1.6.0',
      product: everything,
      parser: 'json',
      simulated: false,
    },
    logsource: {},
    observables: [
      { type: 'ip', value: v.ip, name: 'src_endpoint.ip' },
      { type: 'ip', value: v.own_ip, name: 'dst_endpoint.ip' },
      { type: 'email', value: v.email, name: 'unmapped' },
      { type: 'user', value: v.user, name: 'user.name' },
      { type: 'url', value: v.url, name: 'http_request.url' },
      { type: 'hostname', value: v.host, name: 'device.hostname' },
    ],
    unmapped: { copy: everything, [v.user]: v },
    raw_data: everything,
  }
}

/** An alert on it, whose title, entity and matches quote the values. */
export function alertOf(event: Event, v: Values): Alert {
  const quote = (field: string, value: string) => ({ field, value, pattern: value, selection: 's' })
  return {
    id: id('alt'),
    organisation_id: event.organisation_id,
    tlp: 'amber',
    node_id: event.node_id,
    source_id: event.source_id,
    event_id: event.id,
    time: event.time,
    detected_time: event.time,
    detector: 'correlation',
    rule: {
      id: 'r',
      title: `Đăng nhập của ${v.user}`,
      description: '',
      version: '1',
      tags: [],
      false_positives: [],
      references: [],
    },
    severity: 'high',
    title: `${v.user} từ ${v.ip} tới ${v.own_ip} chạy ${v.command_line}`,
    entity: v.ip,
    matches: [
      quote('TargetUserName', v.user),
      quote('CommandLine', v.command_line),
      quote('group-by', `user=${v.user}, IP=${v.own_ip}, host=${v.host}`),
      quote('Message', v.message),
      quote('MailFrom', v.email),
      quote('src_ip', v.ip),
      quote('DestinationIp', v.own_ip),
      quote('TargetDomain', v.domain),
      quote('ProcessName', v.process),
      quote('TargetFilename', v.file),
      quote('uri', v.url),
      quote('Computer', v.host),
      quote('mac', v.mac),
    ],
    observables: event.observables,
    raw_data: event.raw_data,
    simulated: false,
  }
}

const octet = fc.integer({ min: 1, max: 254 })
const word = fc.stringMatching(/^[b-df-hj-np-tv-z]{7,12}$/)
// Marked by q and digits, so that no word of the schema contains them.
export const values: fc.Arbitrary<Values> = fc
  .record({
    a: octet,
    b: octet,
    c: octet,
    w: word,
    x: word,
    accent: fc.constantFrom('ệ', 'Đ', 'ß', '.', '_', ' '),
  })
  .map(({ a, b, c, w, x, accent }) => ({
    ip: `203.${a}.${b}.${c}`,
    own_ip: `10.${c}.${a}.${b}`,
    mac: `02:aa:bb:cc:dd:${(a + 16).toString(16).slice(-2)}`,
    user: `q1${w}${accent}${x}`,
    email: `q2${w}@q2${x}.example`,
    host: `q3${w}.q3${x}.example`,
    domain: `q4${w}.example`,
    url: `https://q5${w}.example/${x}?a=${accent}`,
    file: `C:\\q6${w}\\q6${x}.docx`,
    process: `q7${w}.exe`,
    command_line: `q8${w} /run "${x}"`,
    message: `q9${w} ${accent} ${x}`,
  }))
