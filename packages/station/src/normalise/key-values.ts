import { readKeyValues } from '../parse/key-values.ts'
import { type Unreadable, unreadable } from '../parse/parsed.ts'
import type { SyslogFields } from '../parse/syslog-header.ts'
import { readWrittenTime } from '../parse/written-time.ts'
import { attributesOf, type CommonNames } from './common-names.ts'
import type { Read, Surroundings } from './draft.ts'
import { Fields } from './fields.ts'
import { firewallRecord } from './firewall.ts'
import { neutralAbout } from './neutral.ts'
import { normaliseSyslog } from './syslog.ts'

/** Names many devices use, each as often seen. */
const names: CommonNames = {
  source: ['src', 'srcip', 'src_ip', 'saddr', 'sip', 'source_ip', 'client_ip', 'clientip', 'SRC'],
  sourcePort: ['spt', 'srcport', 'src_port', 'sport', 'source_port', 'SPT'],
  sourceName: ['shost', 'src_host', 'srchost'],
  sourceMac: ['srcmac', 'src_mac', 'smac'],
  target: ['dst', 'dstip', 'dst_ip', 'daddr', 'dip', 'dest_ip', 'server_ip', 'DST'],
  targetPort: ['dpt', 'dstport', 'dst_port', 'dport', 'dest_port', 'DPT'],
  targetName: ['dhost', 'dst_host', 'dsthost'],
  targetMac: ['dstmac', 'dst_mac', 'dmac'],
  user: ['user', 'username', 'user_name', 'duser', 'usrName', 'account'],
  actor: ['suser', 'admin'],
  protocol: ['proto', 'protocol', 'PROTO'],
  sent: ['sent', 'sentbyte', 'bytes_sent', 'sent_bytes'],
  received: ['rcvd', 'rcvdbyte', 'bytes_received', 'recv_bytes'],
  url: ['url', 'request', 'uri'],
  method: ['method', 'http_method'],
  agent: ['agent', 'user_agent'],
  fileName: ['file', 'filename', 'fname'],
  filePath: ['filepath', 'path'],
  hash: ['sha256', 'sha1', 'md5', 'hash'],
  process: ['process'],
}
const fewestPairs = 3

/** True of a text that is nothing but pairs, three at least: looked at by its first. */
export function looksLikeKeyValues(text: string): boolean {
  return /^[A-Za-z_][\w.-]{0,63}=(?:"[^"]{0,1024}"|[^\s"]{0,1024})\s+[A-Za-z_][\w.-]{0,63}=(?:"[^"]{0,1024}"|[^\s"]{0,1024})\s+[A-Za-z_][\w.-]{0,63}=/.test(
    text,
  )
}

/**
 * A line of pairs no product claims: attributes by names many devices use, the log source by the program
 * that wrote it. Reason: `key-values.too-few`, below three pairs.
 */
export function normaliseKeyValues(syslog: SyslogFields, around: Surroundings): Read | Unreadable {
  const { values } = readKeyValues(syslog.message)
  const count = Object.keys(values).length
  if (count < fewestPairs) return unreadable('key-values.too-few', `${count} pairs`)
  const base = normaliseSyslog(syslog)
  const fields = new Fields(values)
  const attributes = attributesOf(fields, names)
  const time = syslog.time ?? readWrittenTime(fields.first('time', 'timestamp', 'ts'), around.zone)
  const { verdict, ...about } = neutralAbout({
    attributes,
    action: fields.first('action', 'act'),
    outcome: fields.first('outcome', 'result', 'status'),
    title: fields.first('msg', 'message', 'name', 'event', 'type') ?? base.draft.message,
    uid: fields.first('id', 'logid', 'event_id') ?? '',
    category: fields.first('cat', 'category', 'subtype'),
    severity: base.draft.severity,
  })
  const isFirewall = about.class === 'network_activity' && verdict !== undefined
  return {
    draft: {
      ...base.draft,
      ...attributes,
      ...about,
      process: attributes.process ?? base.draft.process,
      message: fields.first('msg', 'message') ?? base.draft.message,
      time: time?.at,
      original_time: time?.original,
      logsource: isFirewall ? { category: 'firewall' } : base.draft.logsource,
      unmapped: { ...base.draft.unmapped, ...fields.rest() },
    },
    record: firewallRecord({ ...base.record, ...values }, verdict),
  }
}
