import { httpActivity } from './access-log.ts'
import { addressOf, baseName, type Draft, present } from './draft.ts'
import type { Fields } from './fields.ts'
import { zeekOtherDrafts } from './zeek-other-logs.ts'

/** What one of Zeek's logs says beyond the connection. */
type About = Partial<
  Omit<Draft, 'unmapped' | 'logsource' | 'time' | 'product' | 'device' | 'original_time'>
>

/** OCSF activity of a connection by Zeek's conn_state (Network Activity: 2 close, 3 reset, 4 fail, 5 refuse, 6 traffic). */
const connActivity: ReadonlyMap<string, number> = new Map([
  ['S0', 4],
  ['REJ', 5],
  ['SF', 2],
  ['S2', 2],
  ['S3', 2],
  ['RSTO', 3],
  ['RSTR', 3],
  ['RSTOS0', 3],
  ['RSTRH', 3],
])

function conn(fields: Fields): About {
  const state = fields.text('conn_state')
  return {
    class: 'network_activity',
    activity: connActivity.get(state ?? '') ?? 6,
    status: state === 'REJ' || state === 'S0' ? 'failure' : 'success',
    status_detail: state,
    traffic: present({
      bytes_out: fields.number('orig_bytes'),
      bytes_in: fields.number('resp_bytes'),
      packets_out: fields.number('orig_pkts'),
      packets_in: fields.number('resp_pkts'),
    }),
  }
}

function dns(fields: Fields): About {
  const hostname = fields.text('query')
  const rcode = fields.text('rcode_name')
  return {
    class: 'dns_activity',
    activity: rcode === undefined ? 1 : 6,
    message: `DNS ${fields.text('qtype_name') ?? ''} ${hostname ?? '?'}${rcode ? ` ${rcode}` : ''}`,
    status: rcode === undefined ? undefined : rcode === 'NOERROR' ? 'success' : 'failure',
    query: present({ hostname, type: fields.text('qtype_name') }),
    answers: listed(fields.texts('answers')),
    rcode,
  }
}

function http(fields: Fields): About {
  const method = fields.text('method')
  const host = fields.text('host')
  const uri = fields.text('uri')
  const code = fields.word16('status_code')
  const user = fields.text('username')
  return {
    class: 'http_activity',
    activity: httpActivity(method),
    message: `HTTP ${method ?? '?'} ${host ?? ''}${uri ?? ''}${code === undefined ? '' : ` ${code}`}`,
    status: code === undefined ? undefined : code < 400 ? 'success' : 'failure',
    user: user === undefined ? undefined : { name: user },
    http_request: present({
      http_method: method,
      url: host && uri?.startsWith('/') ? `http://${host}${uri}` : uri,
      user_agent: fields.text('user_agent'),
      referrer: fields.text('referrer'),
      version: fields.text('version'),
    }),
    http_response: present({ code, length: fields.number('response_body_len') }),
    sightings: hostSighting(host),
  }
}

function hostSighting(host: string | undefined): Draft['sightings'] {
  if (!host) return undefined
  const name = host.replace(/:\d{1,5}$/, '')
  return [{ type: addressOf(name) ? 'ip' : 'domain', value: name, name: 'http_request.host' }]
}

function ssl(fields: Fields): About {
  const sni = fields.text('server_name')
  const version = fields.text('version')
  return {
    class: 'network_activity',
    activity: fields.boolean('established') === false ? 4 : 1,
    message: `TLS ${version ?? ''} ${sni ?? ''}`.trim(),
    tls: present({
      sni,
      version,
      certificate_subject: fields.text('subject'),
      certificate_issuer: fields.text('issuer'),
      ja3: fields.text('ja3'),
    }),
  }
}

function x509(fields: Fields): About {
  const subject = fields.text('certificate.subject')
  return {
    class: 'network_activity',
    activity: 99,
    message: `certificate ${subject ?? '?'}`,
    tls: present({
      certificate_subject: subject,
      certificate_issuer: fields.text('certificate.issuer'),
    }),
    sightings: [
      ...fields
        .texts('san.dns')
        .map((value) => ({ type: 'domain' as const, value, name: 'san.dns' })),
    ],
  }
}

function files(fields: Fields): About {
  const name = fields.text('filename')
  const source = addressOf(fields.texts('tx_hosts')[0])
  const target = addressOf(fields.texts('rx_hosts')[0])
  return {
    class: 'network_file_activity',
    activity: 99,
    message: `file ${name ?? fields.text('fuid') ?? ''} ${fields.text('mime_type') ?? ''}`.trim(),
    ...(source && { src_endpoint: { ip: source } }),
    ...(target && { dst_endpoint: { ip: target } }),
    file: present({
      name: baseName(name),
      path: name,
      size: fields.number('total_bytes') ?? fields.number('seen_bytes'),
      mime_type: fields.text('mime_type'),
      hashes: hashesOf(fields),
    }),
  }
}

function hashesOf(fields: Fields) {
  const kinds = [
    ['MD5', 'md5'],
    ['SHA-1', 'sha1'],
    ['SHA-256', 'sha256'],
  ] as const
  const hashes = kinds.flatMap(([algorithm, name]) => {
    const value = fields.text(name)
    return value ? [{ algorithm, value }] : []
  })
  return hashes.length > 0 ? hashes : undefined
}

function smbFiles(fields: Fields): About {
  const action = fields.text('action') ?? ''
  const activities: ReadonlyMap<string, number> = new Map([
    ['SMB::FILE_OPEN', 14],
    ['SMB::FILE_READ', 2],
    ['SMB::FILE_WRITE', 3],
    ['SMB::FILE_RENAME', 5],
    ['SMB::FILE_DELETE', 4],
  ])
  const name = fields.text('name')
  return {
    class: 'network_file_activity',
    activity: activities.get(action) ?? 99,
    message: `${action} ${fields.text('path') ?? ''}\\${name ?? ''}`,
    file: present({ name: baseName(name), path: name, size: fields.number('size') }),
  }
}

function ssh(fields: Fields): About {
  const success = fields.boolean('auth_success')
  return {
    class: 'ssh_activity',
    activity: 1,
    message:
      `SSH ${fields.text('client') ?? ''} ${success === undefined ? '' : success ? 'accepted' : 'refused'}`.trim(),
    status: success === undefined ? undefined : success ? 'success' : 'failure',
  }
}

/** Kerberos, NTLM, RADIUS and the like: Authentication (3002). */
function authentication(protocol: string, userField: string): (fields: Fields) => About {
  return (fields) => {
    const success = fields.boolean('success')
    const user = fields.text(userField)
    const domain = fields.text('domainname')
    return {
      class: 'authentication',
      activity: 1,
      message: `${protocol} ${user ?? '?'} ${fields.first('service', 'hostname') ?? ''}`.trim(),
      status: success === undefined ? undefined : success ? 'success' : 'failure',
      status_detail: fields.first('error_msg', 'status'),
      user: present({ name: user, domain }),
      auth_protocol: protocol,
    }
  }
}

function rdp(fields: Fields): About {
  const user = fields.text('cookie')
  return {
    class: 'rdp_activity',
    activity: 3,
    message: `RDP ${user ?? ''} ${fields.text('result') ?? ''}`.trim(),
    user: user === undefined ? undefined : { name: user },
    status_detail: fields.text('result'),
  }
}

function ftp(fields: Fields): About {
  const command = fields.text('command')
  const user = fields.text('user')
  const code = fields.word16('reply_code')
  fields.skip('password')
  return {
    class: 'ftp_activity',
    activity: 99,
    message: `FTP ${command ?? ''} ${fields.text('arg') ?? ''} ${code ?? ''}`.trim(),
    status: code === undefined ? undefined : code < 400 ? 'success' : 'failure',
    user: user === undefined ? undefined : { name: user },
  }
}

function smtp(fields: Fields): About {
  const from = fields.text('mailfrom')
  const to = fields.texts('rcptto')
  const addresses = [from, ...to].flatMap((value) => (value ? [value] : []))
  return {
    class: 'email_activity',
    activity: 1,
    message: `SMTP ${from ?? '?'} → ${to.join(', ') || '?'} ${fields.text('subject') ?? ''}`.trim(),
    status_detail: fields.text('last_reply'),
    sightings: addresses.map((value) => ({ type: 'email' as const, value, name: 'smtp' })),
  }
}

function dhcp(fields: Fields): About {
  const mac = fields.text('mac')
  const address = addressOf(fields.text('assigned_addr') ?? fields.text('client_addr'))
  return {
    class: 'dhcp_activity',
    activity: 5,
    message: `DHCP ${mac ?? ''} ${address ?? ''}`.trim(),
    src_endpoint: present({ ip: address, mac, hostname: fields.text('host_name') }),
  }
}

function notice(fields: Fields): About {
  const title = fields.text('note') ?? 'notice'
  const message = fields.text('msg')
  return {
    class: 'detection_finding',
    activity: 1,
    severity: 3,
    message: message ? `${title}: ${message}` : title,
    finding: present({ title, category: title.split('::', 1)[0] }) as Draft['finding'],
  }
}

function dceRpc(fields: Fields): About {
  return {
    class: 'network_activity',
    activity: 6,
    message: `DCE/RPC ${fields.text('endpoint') ?? ''} ${fields.text('operation') ?? ''}`.trim(),
  }
}

function syslog(fields: Fields): About {
  return { message: fields.text('message') ?? 'zeek syslog' }
}

function listed<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined
}

/** Readers of Zeek's logs by `_path`; a log without one keeps its connection and its fields. */
export const zeekDrafts: ReadonlyMap<string, (fields: Fields) => About> = new Map([
  ['conn', conn],
  ['dns', dns],
  ['http', http],
  ['ssl', ssl],
  ['x509', x509],
  ['files', files],
  ['smb_files', smbFiles],
  ['ssh', ssh],
  ['kerberos', authentication('Kerberos', 'client')],
  ['ntlm', authentication('NTLM', 'username')],
  ['radius', authentication('RADIUS', 'username')],
  ['rdp', rdp],
  ['ftp', ftp],
  ['smtp', smtp],
  ['dhcp', dhcp],
  ['notice', notice],
  ['dce_rpc', dceRpc],
  ['syslog', syslog],
  ...zeekOtherDrafts,
])
