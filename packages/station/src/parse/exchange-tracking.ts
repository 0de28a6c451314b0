import { readCsv } from './csv.ts'
import { headEntry, readHeadedLine } from './headed-line.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'

/** Columns since Exchange 2016, in their order; older versions write fewer of the last. */
const usual =
  'date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path,message-info,directionality,tenant-id,original-client-ip,original-server-ip,custom-data,transport-traffic-type,log-id,schema-version'.split(
    ',',
  )
const shape =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z,(?:[^,]{0,1024},){3,64}?(?:SMTP|STOREDRIVER|ROUTING|AGENT|DNS|DSN|ADMIN|APPROVAL|BOOTLOADER|GATEWAY|MAILBOXRULE|MEETINGMESSAGEPROCESSOR|ORAR|PICKUP|POISONMESSAGE|PUBLICFOLDER|QUEUE|REDUNDANCY|RESOLVER|SAFETYNET),[A-Z]{3,32},\d{0,20},/

/** True of a line of message tracking, with its head or without, and of that head. */
export function looksLikeExchangeTracking(text: string): boolean {
  if (text.startsWith('#'))
    return /^#(?:Software: Microsoft Exchange|Log-type: Message Tracking|Fields: date-time,)/.test(
      text,
    )
  return shape.test(text.slice(0, 8192))
}

/**
 * Reads a line of Exchange's message tracking by the `#Fields` before it, else in the usual columns. A line of
 * the head gives no fields.
 * https://learn.microsoft.com/exchange/mail-flow/transport-logs/message-tracking
 * Reason: `exchange-tracking.columns`.
 */
export function parseExchangeTracking(text: string): Parsed<Readonly<Record<string, string>>> {
  const { head, line } = readHeadedLine(text)
  if (line === '') return parsed({})
  const values = readCsv(line)
  const names = headEntry(head, '#Fields:')?.split(',') ?? usual
  if (values.length > names.length || values.length < 20) {
    return unreadable(
      'exchange-tracking.columns',
      `${values.length} values for ${names.length} columns`,
    )
  }
  const given = values.flatMap((value, at): [string, string][] => {
    const name = names[at]
    return name === undefined || value === '' ? [] : [[name, value]]
  })
  return parsed(Object.fromEntries(given))
}
