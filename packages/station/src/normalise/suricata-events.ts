import { httpActivity } from './access-log.ts'
import { addressOf, type Draft, present } from './draft.ts'
import type { Fields } from './fields.ts'
import { fileinfo, ftp, ftpData, nfs, smb } from './suricata-files.ts'
import { mailValues, smtp } from './suricata-mail.ts'
import { eveProtocolDrafts } from './suricata-protocols.ts'

/** What one EVE event type says beyond the connection. */
type About = Partial<Omit<Draft, 'unmapped' | 'logsource' | 'time' | 'product' | 'original_time'>>

/** OCSF severities of Suricata's priorities 1 (most severe) to 4. */
const prioritySeverity: Readonly<Record<number, number>> = { 1: 4, 2: 3, 3: 2, 4: 1 }

function alert(fields: Fields): About {
  const alert = fields.inner('alert')
  const uid = alert.text('signature_id')
  const title = alert.text('signature') ?? `signature ${uid ?? '?'}`
  const web = http(fields)
  const names = dnsOfAlert(fields)
  return {
    ...web,
    ...tls(fields),
    ...names,
    sightings: [...(web.sightings ?? []), ...(names.sightings ?? []), ...mailValues(fields)],
    class: 'detection_finding',
    activity: 1,
    severity: prioritySeverity[alert.number('severity') ?? 3] ?? 2,
    message: title,
    status: undefined,
    event_code: uid,
    status_detail: alert.text('action'),
    finding: { title, uid, category: alert.text('category') },
  }
}

function dnsOfAlert(fields: Fields): About {
  const type = ['dns', 'mdns', 'llmnr'].find((name) => fields.has(name))
  if (type === undefined) return {}
  const { query, answers, rcode, sightings } = dns(fields, type)
  return { query, answers, rcode, sightings }
}

function http(fields: Fields): About {
  if (!fields.has('http')) return {}
  const http = fields.inner('http')
  const method = http.text('http_method')
  const host = http.text('hostname')
  const url = http.text('url')
  const code = http.word16('status')
  return {
    class: 'http_activity',
    activity: httpActivity(method),
    message: `HTTP ${method ?? '?'} ${host ?? ''}${url ?? ''}${code === undefined ? '' : ` ${code}`}`,
    status: code === undefined ? undefined : code < 400 ? 'success' : 'failure',
    http_request: present({
      http_method: method,
      url: host && url?.startsWith('/') ? `http://${host}${url}` : url,
      user_agent: http.text('http_user_agent'),
      referrer: http.text('http_refer'),
      version: http.text('protocol')?.replace(/^HTTP\//, ''),
    }),
    http_response: present({ code, length: http.number('length') }),
    sightings: nameSighting(host, 'http.hostname'),
  }
}

function nameSighting(host: string | undefined, name: string): Draft['sightings'] {
  if (!host) return undefined
  const value = host.replace(/:\d{1,5}$/, '')
  return [{ type: addressOf(value) ? 'ip' : 'domain', value, name }]
}

/** All versions of the DNS logger: v1 (`rrname`, `rdata`), v2 (`answers`), v3 (`queries`). */
function dns(fields: Fields, type = 'dns'): About {
  const dns = fields.inner(type)
  const [question] = [...dns.objects('queries'), ...dns.objects('query')]
  const hostname = dns.text('rrname') ?? question?.text('rrname')
  const asked = dns.text('rrtype') ?? question?.text('rrtype')
  const rcode = dns.text('rcode')
  const isAnswer = dns.text('type') === 'answer' || dns.text('type') === 'response'
  return {
    class: 'dns_activity',
    activity: isAnswer || rcode !== undefined ? 6 : 1,
    message: `DNS ${asked ?? ''} ${hostname ?? '?'}${rcode ? ` ${rcode}` : ''}`,
    status: rcode === undefined ? undefined : outcome(rcode === 'NOERROR'),
    query: present({ hostname, type: asked }),
    answers: answersOf(dns),
    rcode,
  }
}

function outcome(success: boolean): 'success' | 'failure' {
  return success ? 'success' : 'failure'
}

function answersOf(dns: Fields): string[] | undefined {
  const answers = dns
    .objects('answers')
    .flatMap((answer) => answer.first('rdata', 'a', 'aaaa', 'cname', 'ptr') ?? [])
  const rdata = dns.text('rdata')
  if (answers.length === 0) return rdata ? [rdata] : undefined
  return answers
}

function tls(fields: Fields): About {
  if (!fields.has('tls')) return {}
  const tls = fields.inner('tls')
  const sni = tls.text('sni')
  const version = tls.text('version')
  return {
    class: 'network_activity',
    activity: 1,
    message: `TLS ${version ?? ''} ${sni ?? ''}`.trim(),
    tls: present({
      sni,
      version,
      certificate_subject: tls.text('subject'),
      certificate_issuer: tls.text('issuerdn'),
      ja3: tls.inner('ja3').text('hash'),
    }),
  }
}

function flow(fields: Fields): About {
  const flow = fields.inner('flow')
  const seconds = flow.number('age')
  return {
    class: 'network_activity',
    activity: flow.text('state') === 'closed' ? 2 : 6,
    duration_ms: seconds === undefined ? undefined : seconds * 1000,
    status_detail: flow.text('reason'),
  }
}

/** One direction of a flow: what the source sent. */
function netflow(fields: Fields): About {
  const netflow = fields.inner('netflow')
  const seconds = netflow.number('age')
  return {
    class: 'network_activity',
    activity: 6,
    duration_ms: seconds === undefined ? undefined : seconds * 1000,
    traffic: present({
      bytes_out: netflow.number('bytes'),
      packets_out: netflow.number('pkts'),
    }),
  }
}

function ssh(fields: Fields): About {
  const ssh = fields.inner('ssh')
  const client = ssh.inner('client').text('software_version')
  const server = ssh.inner('server').text('software_version')
  return {
    class: 'ssh_activity',
    activity: 1,
    message: `SSH ${client ?? '?'} → ${server ?? '?'}`,
  }
}

function dhcp(fields: Fields): About {
  const dhcp = fields.inner('dhcp')
  const kinds: ReadonlyMap<string, number> = new Map(
    Object.entries({
      discover: 1,
      offer: 2,
      request: 3,
      decline: 4,
      ack: 5,
      nak: 6,
      release: 7,
      inform: 8,
    }),
  )
  const kind = dhcp.text('dhcp_type')
  const mac = dhcp.text('client_mac')
  const hostname = dhcp.text('hostname')
  return {
    class: 'dhcp_activity',
    activity: kinds.get(kind ?? '') ?? 99,
    message: `DHCP ${kind ?? ''} ${mac ?? ''} ${addressOf(dhcp.text('assigned_ip')) ?? ''}`.trim(),
    sightings: [
      ...[...dhcp.texts('dns_servers'), ...dhcp.texts('routers')].map((value) => ({
        type: 'ip' as const,
        value,
        name: 'dhcp.options',
      })),
      ...(mac ? [{ type: 'mac' as const, value: mac, name: 'dhcp.client_mac' }] : []),
      ...(hostname
        ? [
            {
              type: 'hostname' as const,
              value: hostname.replace(/\0+$/, ''),
              name: 'dhcp.hostname',
            },
          ]
        : []),
    ],
  }
}

function krb5(fields: Fields): About {
  const krb5 = fields.inner('krb5')
  const user = krb5.text('cname')
  const error = krb5.text('error_code')
  return {
    class: 'authentication',
    activity: 1,
    message: `Kerberos ${krb5.text('msg_type') ?? ''} ${user ?? ''}`.trim(),
    status: error ? 'failure' : 'success',
    status_detail: error,
    user: present({ name: user, domain: krb5.text('realm') }),
    auth_protocol: 'Kerberos',
  }
}

function anomaly(fields: Fields): About {
  const anomaly = fields.inner('anomaly')
  return {
    class: 'network_activity',
    activity: 6,
    severity: 2,
    message:
      `anomaly ${anomaly.text('event') ?? anomaly.text('code') ?? anomaly.text('type') ?? ''}`.trim(),
  }
}

function drop(fields: Fields): About {
  return {
    class: 'network_activity',
    activity: 5,
    severity: 2,
    status: 'failure',
    status_detail: fields.inner('drop').text('reason'),
  }
}

/** ARP and the like carry their addresses inside. */
function arp(fields: Fields): About {
  const arp = fields.inner('arp')
  return {
    class: 'network_activity',
    activity: 6,
    message: `ARP ${arp.text('opcode') ?? ''}`.trim(),
    src_endpoint: present({ ip: addressOf(arp.text('src_ip')), mac: arp.text('src_mac') }),
    dst_endpoint: present({ ip: addressOf(arp.text('dest_ip')), mac: arp.text('dest_mac') }),
  }
}

/** Readers by event type; a type without one keeps its connection and its fields. */
export const eveDrafts: ReadonlyMap<string, (fields: Fields) => About> = new Map([
  ['alert', alert],
  ['http', http],
  ['http2', http],
  ['dns', (fields) => dns(fields)],
  ['mdns', (fields) => dns(fields, 'mdns')],
  ['llmnr', (fields) => dns(fields, 'llmnr')],
  ['tls', tls],
  ['flow', flow],
  ['netflow', netflow],
  ['fileinfo', (fields) => ({ ...http(fields), ...fileinfo(fields) })],
  ['ssh', ssh],
  ['smtp', smtp],
  ['ftp', ftp],
  ['ftp_data', ftpData],
  ['smb', smb],
  ['nfs', nfs],
  ['dhcp', dhcp],
  ['krb5', krb5],
  ['anomaly', anomaly],
  ['drop', drop],
  ['arp', arp],
  ...eveProtocolDrafts,
])
