import { addressOf, type Draft, present } from './draft.ts'
import type { Fields } from './fields.ts'

type About = Partial<Draft>
type Reader = (fields: Fields) => About

/** A protocol without a class of its own in OCSF: Network Activity (4001), 6 traffic, and what was said. */
function traffic(type: string, ...names: string[]): Reader {
  return (fields) => {
    const inner = fields.inner(type)
    return {
      class: 'network_activity',
      activity: 6,
      message: [type, ...names.map((name) => inner.text(name))].filter(Boolean).join(' '),
    }
  }
}

/** Questions to PostgreSQL and who asked. */
function pgsql(fields: Fields): About {
  const inner = fields.inner('pgsql')
  const request = inner.inner('request')
  const response = inner.inner('response')
  const user = request.inner('startup_parameters').text('user')
  const query = request.text('simple_query')
  const failed = response.text('severity_localizable') ?? response.text('code')
  return {
    class: user === undefined ? 'datastore_activity' : 'authentication',
    activity: user === undefined ? 4 : 1,
    message: `PostgreSQL ${query ?? request.text('message') ?? user ?? ''}`.trim(),
    status: failed === undefined ? undefined : 'failure',
    user: present({ name: user }),
  }
}

function rdp(fields: Fields): About {
  const rdp = fields.inner('rdp')
  const kinds: ReadonlyMap<string, number> = new Map([
    ['initial_request', 1],
    ['initial_response', 2],
    ['connect_request', 3],
    ['connect_response', 4],
    ['tls_handshake', 5],
  ])
  const kind = rdp.text('event_type') ?? ''
  const user = rdp.text('cookie')
  return {
    class: 'rdp_activity',
    activity: kinds.get(kind) ?? 6,
    message: `RDP ${kind} ${user ?? ''}`.trim(),
    user: present({ name: user }),
    src_endpoint: withName(fields, rdp.inner('client').text('client_name')),
  }
}

/** The source with a name that the payload gives it. */
function withName(fields: Fields, hostname: string | undefined): Draft['src_endpoint'] {
  return present({
    ip: addressOf(fields.text('src_ip')),
    port: fields.word16('src_port'),
    hostname,
  })
}

function quic(fields: Fields): About {
  const quic = fields.inner('quic')
  const sni = quic.text('sni')
  return {
    class: 'network_activity',
    activity: 1,
    message: `QUIC ${sni ?? quic.text('version') ?? ''}`.trim(),
    tls: present({
      sni,
      version: quic.text('version'),
      ja3: quic.inner('ja3').text('hash'),
    }),
  }
}

function sip(fields: Fields): About {
  const link = fields.inner('sip').inner('sdp').text('uri')
  return {
    ...traffic('sip', 'method', 'uri', 'code')(fields),
    sightings: link === undefined ? [] : [{ type: 'url', value: link, name: 'sip.sdp.uri' }],
  }
}

function ike(fields: Fields): About {
  const ike = fields.inner('ike')
  return {
    class: 'tunnel_activity',
    activity: 99,
    message: `IKE ${ike.text('version_major') ?? ''} exchange ${ike.text('exchange_type') ?? '?'}`,
  }
}

function tftp(fields: Fields): About {
  const tftp = fields.inner('tftp')
  const path = tftp.text('file')
  return {
    class: 'network_file_activity',
    activity: tftp.text('packet') === 'write' ? 1 : 2,
    message: `TFTP ${tftp.text('packet') ?? ''} ${path ?? ''}`.trim(),
    file: present({ name: path, path }),
  }
}

/** Mailboxes that are fetched; who signs in stands in the arguments of USER. */
function mailbox(type: 'pop3' | 'imap'): Reader {
  return (fields) => {
    const request = fields.inner(type).inner('request')
    const command = request.text('command') ?? ''
    const [user] = command === 'USER' ? request.texts('args') : []
    return {
      class: 'email_activity',
      activity: 99,
      message: `${type.toUpperCase()} ${command}`.trim(),
      user: present({ name: user }),
    }
  }
}

/** What Suricata's stream engine found odd. */
function streamEvent(fields: Fields): About {
  const names = fields.inner('stream_tcp').texts('events')
  return {
    class: 'network_activity',
    activity: 6,
    message: `stream ${names.join(', ')}`.trim(),
  }
}

/** Messages of the engine itself. */
function engine(fields: Fields): About {
  const engine = fields.inner('engine')
  const level = fields.text('log_level') ?? ''
  const failed = /^(?:Error|Critical|Alert|Emergency)$/i.test(level)
  return {
    class: failed ? 'application_error' : 'application_lifecycle',
    activity: failed ? 1 : 99,
    severity: failed ? 3 : 1,
    message: `Suricata ${engine.text('message') ?? engine.text('module') ?? ''}`.trim(),
  }
}

/**
 * Event types of Suricata 6 to 8 beyond the commonest.
 * https://docs.suricata.io/en/latest/output/eve/eve-json-format.html
 */
export const eveProtocolDrafts: readonly (readonly [type: string, reader: Reader])[] = [
  ['bittorrent_dht', traffic('bittorrent_dht', 'request_type')],
  ['dcerpc', traffic('dcerpc', 'request', 'response')],
  ['dnp3', traffic('dnp3', 'type')],
  ['doh2', traffic('doh2')],
  ['enip', traffic('enip')],
  ['frame', traffic('frame', 'type')],
  ['ldap', traffic('ldap')],
  ['modbus', traffic('modbus')],
  ['mqtt', traffic('mqtt')],
  ['rfb', traffic('rfb')],
  ['snmp', traffic('snmp', 'version', 'pdu_type')],
  ['template', traffic('template')],
  ['telnet', traffic('telnet')],
  ['websocket', traffic('websocket', 'opcode')],
  ['sip', sip],
  ['ike', ike],
  ['imap', mailbox('imap')],
  ['pgsql', pgsql],
  ['pop3', mailbox('pop3')],
  ['quic', quic],
  ['rdp', rdp],
  ['stream_tcp', streamEvent],
  ['tftp', tftp],
  ['engine', engine],
]
