import { addressOf, type Draft, present } from './draft.ts'

/** What a firewall, proxy or sensor did with what it saw. */
export type Verdict = 'allowed' | 'blocked'

const allowing =
  /^(?:accept|allow|allowed|alert|built|detect|detected|forward|log|monitor|pass|passthrough|permit|permitted|success|tcp_\w*(?:hit|miss)\w*|update|close|client-rst|server-rst|timeout|start|dns|ip-conn|rdr|nat|bypass|continue|encrypt|decrypt|authcrypt)$/
const blocking =
  /^(?:block|blocked|block-\w+|blocked-\w+|deny|denied|drop|dropped|drop-\w+|prevent|reject|rejected|refuse|reset|reset-\w+|reset_\w+|sinkhole|quarantine|terminated|failure|teardown-deny)$/

/** The verdict a word of an action stands for; undefined if it says none. */
export function verdictOf(action: string | undefined): Verdict | undefined {
  const word = action?.toLowerCase().replaceAll(' ', '-')
  if (word === undefined || word.length > 64) return undefined
  if (blocking.test(word)) return 'blocked'
  return allowing.test(word) ? 'allowed' : undefined
}

/** `status` of an event by the verdict. */
export function statusOf(verdict: Verdict | undefined): Draft['status'] {
  if (verdict === undefined) return undefined
  return verdict === 'allowed' ? 'success' : 'failure'
}

/** OCSF Network Activity (4001): 1 open, 2 close, 5 refuse, 6 traffic. */
export function connectionOf(verdict: Verdict | undefined, allowedActivity: 1 | 2 | 6 = 6) {
  const blocked = verdict === 'blocked'
  return {
    class: 'network_activity' as const,
    activity: blocked ? 5 : allowedActivity,
    severity: blocked ? 2 : 1,
    status: statusOf(verdict),
  }
}

/**
 * The record as rules for any firewall read it (Sigma's category `firewall`): with `action`, and `blocked`
 * in the words those rules use. Addresses and ports they read from the event.
 */
export function firewallRecord(
  record: Record<string, unknown>,
  verdict: Verdict | undefined,
): Record<string, unknown> {
  if (verdict === undefined) return record
  const action = verdict === 'allowed' ? 'accept' : 'denied'
  return { action, ...record, blocked: String(verdict === 'blocked') }
}

const protocols: ReadonlyMap<string, string> = new Map([
  ['1', 'icmp'],
  ['2', 'igmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['41', 'ipv6'],
  ['47', 'gre'],
  ['50', 'esp'],
  ['51', 'ah'],
  ['58', 'ipv6-icmp'],
  ['89', 'ospf'],
  ['112', 'vrrp'],
  ['132', 'sctp'],
])

/** Name of an IP protocol in lower case, given by name or number. */
export function protocolName(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 32) return undefined
  const name = text.toLowerCase()
  return protocols.get(name) ?? name
}

/** An address, or where it is none a name, and a port. */
export function endpointOf(host: string | undefined, port?: string | number, mac?: string) {
  const ip = addressOf(host)
  const number = port === undefined || port === '' ? undefined : Number(port)
  const isPort = number !== undefined && Number.isInteger(number) && number >= 0 && number <= 65_535
  return present({
    ip,
    hostname: ip === undefined && host ? host.slice(0, 255) : undefined,
    port: isPort ? number : undefined,
    mac: mac === undefined ? undefined : macOf(mac),
  })
}

/** A hardware address in lower case with colons; undefined if it is none. */
export function macOf(text: string): string | undefined {
  const plain = text.toLowerCase().replace(/[-.:]/g, '')
  if (!/^[0-9a-f]{12}$/.test(plain)) return undefined
  return plain.match(/../g)?.join(':')
}

/** `192.0.2.10:51514 → 198.51.100.20:443`, as far as both ends are known. */
export function endsOf(draft: Pick<Draft, 'src_endpoint' | 'dst_endpoint'>): string {
  return `${endOf(draft.src_endpoint)} → ${endOf(draft.dst_endpoint)}`
}

function endOf(endpoint: Draft['src_endpoint']): string {
  const host = endpoint?.ip ?? endpoint?.hostname ?? '?'
  if (endpoint?.port === undefined) return host
  return host.includes(':') ? `[${host}]:${endpoint.port}` : `${host}:${endpoint.port}`
}
