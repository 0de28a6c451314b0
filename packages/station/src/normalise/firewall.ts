import type { Draft } from './draft.ts'

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

/** The verdict a prefix names that an administrator chose for what a packet filter logs; undefined if it says none. */
export function verdictInPrefix(prefix: string): Verdict | undefined {
  const text = prefix.slice(0, 256)
  if (/block|drop|deny|denied|reject|invalid|chặn/i.test(text)) return 'blocked'
  return /allow|accept|pass|permit/i.test(text) ? 'allowed' : undefined
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
