import { accountOf, type Draft, present } from './draft.ts'
import { endpointOf } from './endpoint.ts'
import { protocolName } from './firewall.ts'

/** What one kind of message of a device means; its groups are named after what they hold. */
export interface Reading {
  /** Anchored at the start, every part bounded: a message takes linear time. Groups: see `attributesRead`. */
  readonly pattern: RegExp
  readonly about: Pick<Draft, 'class' | 'activity' | 'severity'> &
    Partial<Pick<Draft, 'status' | 'logon_type'>>
}

type Groups = Readonly<Record<string, string | undefined>>

/** A reading that holds for a message, with what its groups hold. */
export interface Found {
  readonly reading: Reading
  readonly groups: Groups
}

/** The first of several readings that holds. */
export function findReading(readings: readonly Reading[], message: string): Found | undefined {
  for (const reading of readings) {
    const found = reading.pattern.exec(message)
    if (found) return { reading, groups: found.groups ?? {} }
  }
  return undefined
}

/**
 * Attributes of a message by the names of its groups: `src sport dst dport proto user actor detail sent
 * received bytes lasted command method`.
 */
export function attributesRead(groups: Groups) {
  const user = groups['user'] || undefined
  const actor = groups['actor'] || undefined
  return {
    src_endpoint: endpointOf(groups['src'], groups['sport']),
    dst_endpoint: endpointOf(groups['dst'], groups['dport']),
    connection_info: present({ protocol_name: protocolName(groups['proto']) }),
    user: accountOf(user),
    actor: actor === undefined ? undefined : present({ user: accountOf(actor) }),
    process: present({ cmd_line: groups['command'] }),
    auth_protocol: groups['method'],
    status_detail: groups['detail']?.trim() || undefined,
    traffic: present({
      bytes_in: numberOf(groups['received']),
      bytes_out: numberOf(groups['sent'] ?? groups['bytes']),
    }),
    duration_ms: durationOf(groups['lasted']),
  } satisfies Partial<Draft>
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text)
}

/** `1:02:03` or `1h:02m:03s` in milliseconds. */
function durationOf(text: string | undefined): number | undefined {
  const found = /^(\d{1,6})h?:(\d{1,2})m?:(\d{1,2})s?$/.exec(text ?? '')
  if (!found) return undefined
  return ((Number(found[1]) * 60 + Number(found[2])) * 60 + Number(found[3])) * 1000
}
