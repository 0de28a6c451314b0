import { looksLikeAccessLog, parseAccessLog } from '../parse/access-log.ts'
import { parseAuditEvent } from '../parse/audit-event.ts'
import { looksLikeAuditd } from '../parse/auditd.ts'
import type { SyslogFields } from '../parse/syslog-header.ts'
import { normaliseAccessLog } from './access-log.ts'
import { normaliseAuditEvent } from './audit-event.ts'
import { fileProducts } from './line-products-files.ts'
import { anyVendorProducts, networkProducts } from './line-products-network.ts'
import { serviceProducts } from './line-products-services.ts'
import { systemProducts } from './line-products-systems.ts'
import type { LineProduct } from './product.ts'
import { normaliseSshd } from './sshd.ts'
import { normaliseSudo } from './sudo.ts'

/** Whose lines are recognised and read; of several that recognise a line the first counts. */
const lineProducts: readonly LineProduct[] = [
  ...networkProducts,
  {
    format: 'auditd',
    recognises: looksLikeAuditd,
    read: ({ message }) => {
      const event = parseAuditEvent(message)
      return event.ok ? normaliseAuditEvent(event.value) : event
    },
  },
  { format: 'sshd', programs: ['sshd', 'sshd-session', 'sshd-auth'], read: normaliseSshd },
  { format: 'sudo', programs: ['sudo'], read: normaliseSudo },
  {
    format: 'access-log',
    recognises: looksLikeAccessLog,
    read: ({ message }) => {
      const line = parseAccessLog(message)
      return line.ok ? normaliseAccessLog(line.value) : line
    },
  },
  ...systemProducts,
  ...serviceProducts,
  ...fileProducts,
  ...anyVendorProducts,
]

const byFormat = new Map<string, LineProduct>(lineProducts.map((each) => [each.format, each]))
const byProgram = new Map<string, LineProduct>(
  lineProducts.flatMap((each) => (each.programs ?? []).map((program) => [program, each])),
)
const recognising = lineProducts.filter(({ recognises }) => recognises !== undefined)

/** The product a source says its lines are of; undefined for formats that leave it open. */
export function lineProductOf(format: string): LineProduct | undefined {
  return byFormat.get(format)
}

/** The product a line shows itself to be of: by the program that wrote it, else by its text. */
export function recogniseLine({
  program,
  message,
  structured,
}: SyslogFields): LineProduct | undefined {
  const known = program === undefined ? undefined : byProgram.get(program.toLowerCase())
  return known ?? recognising.find(({ recognises }) => recognises?.(message, program, structured))
}
