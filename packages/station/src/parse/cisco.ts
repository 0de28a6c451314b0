import { parseRfc3164, type Sent } from './rfc3164.ts'
import type { SyslogFields } from './syslog-header.ts'

/** A message of Cisco equipment: `%FACILITY-SEVERITY-MNEMONIC: text`. */
export interface CiscoFields {
  /** Header and message; the program is the mnemonic with its facility, as `%SYS-5-CONFIG_I`. */
  readonly syslog: SyslogFields
  readonly facility: string
  readonly severity: number
  readonly mnemonic: string
}

const tag =
  /^%(?<facility>[A-Z][A-Z0-9_]{1,39}(?:-[A-Za-z0-9_]{1,39}){0,3}?)-(?<severity>[0-7])-(?<mnemonic>[A-Z0-9_]{1,64})$/
const tagInside =
  /(?:^|[ :])(%[A-Z][A-Z0-9_]{1,39}(?:-[A-Za-z0-9_]{1,39}){0,3}?-[0-7]-[A-Z0-9_]{1,64}): ?/
/** The mark stands behind a sequence number, the name of the device and its time at most. */
const longestPrefix = 200
const firewalls: ReadonlySet<string> = new Set(['ASA', 'PIX', 'FWSM', 'FTD'])

/** The kind of equipment a message of Cisco is of; undefined if it is none of theirs. */
export function ciscoKind(text: string, program: string | undefined): 'asa' | 'ios' | undefined {
  const mark = program?.startsWith('%') ? program : findTag(text)?.[1]
  const facility = mark === undefined ? undefined : tag.exec(mark)?.groups?.['facility']
  if (facility === undefined) return undefined
  return firewalls.has(facility.split('-', 1)[0] ?? '') ? 'asa' : 'ios'
}

/**
 * Reads the mark of a message of ASA, IOS, IOS XE or NX-OS, wherever a syslog reader left it: taken for the
 * program, or in the message behind the device's name and time. Undefined if there is none.
 */
export function parseCisco(fields: SyslogFields, sent: Sent): CiscoFields | undefined {
  const syslog = fields.program?.startsWith('%') ? fields : fromMessage(fields, sent)
  const found = tag.exec(syslog?.program ?? '')?.groups
  if (!syslog || !found) return undefined
  const { facility = '', severity, mnemonic = '' } = found
  return { syslog, facility, severity: Number(severity), mnemonic }
}

function findTag(text: string): RegExpExecArray | null {
  const start = text.slice(0, longestPrefix)
  return start.includes('%') ? tagInside.exec(start) : null
}

function fromMessage(fields: SyslogFields, sent: Sent): SyslogFields | undefined {
  const { message, program } = fields
  const found = findTag(message)
  if (!found) return undefined
  const before = parseRfc3164(message.slice(0, found.index).replace(/^[:\s]+/, ''), sent)
  return {
    ...fields,
    time: before.time ?? fields.time,
    // `logging origin-id hostname` puts the name where others put the program.
    host: fields.host ?? program ?? before.host,
    program: found[1],
    pid: undefined,
    message: message.slice(found.index + found[0].length),
  }
}
