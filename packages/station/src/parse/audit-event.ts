import { parseAuditd } from './auditd.ts'
import type { JsonObject } from './json.ts'
import { type Parsed, parsed } from './parsed.ts'

/** Lines of one event that are read together, and their bytes. */
export const mostAuditLines = 256
export const longestAuditEvent = 65_536

const head = /^(node=\S{1,255} )?type=([A-Z0-9_]{1,64}) msg=audit\((\d{1,12}\.\d{3}:\d{1,20})\):/
/**
 * Types of records that come with others of their event: those the kernel writes of a system call. All others
 * are an event by themselves. https://github.com/linux-audit/audit-documentation/wiki/SPEC-Audit-Event-Types
 */
const accompanied: ReadonlySet<string> = new Set(
  (
    'SYSCALL PATH IPC SOCKETCALL CONFIG_CHANGE SOCKADDR CWD EXECVE IPC_SET_PERM MQ_OPEN MQ_SENDRECV MQ_NOTIFY ' +
    'MQ_GETSETATTR KERNEL_OTHER FD_PAIR OBJ_PID BPRM_FCAPS CAPSET MMAP NETFILTER_PKT NETFILTER_CFG ' +
    'FEATURE_CHANGE KERN_MODULE FANOTIFY TIME_INJOFFSET TIME_ADJNTPVAL BPF URINGOP OPENAT2 AVC SELINUX_ERR ' +
    'AVC_PATH MAC_POLICY_LOAD MAC_STATUS MAC_CONFIG_CHANGE ANOM_PROMISCUOUS ANOM_LINK'
  ).split(' '),
)

/** What a line of the audit log says of its event; undefined: it is none. */
export function auditHeadOf(line: string): { id: string; type: string } | undefined {
  const found = head.exec(line)
  if (!found) return undefined
  const [, node = '', type = '', id = ''] = found
  return { id: node + id, type }
}

/** Whether nothing follows a record of the type in its event: PROCTITLE is the last the daemon writes to its file. */
export function endsAuditEvent(type: string): boolean {
  return !accompanied.has(type)
}

/**
 * Reads an event of the audit log: each line by itself, in their order. Where a line is of another event, or none, only
 * the first is read. Reason: `auditd.no-header`.
 */
export function parseAuditEvent(text: string): Parsed<readonly JsonObject[]> {
  const lines = text.split('\n', mostAuditLines + 1).filter((line) => line !== '')
  const id = auditHeadOf(lines[0] ?? '')?.id
  const isOne = lines.length > 1 && lines.every((line) => auditHeadOf(line)?.id === id)
  const records: JsonObject[] = []
  for (const line of isOne ? lines : [text]) {
    const read = parseAuditd(line)
    if (!read.ok) return read
    records.push(read.value)
  }
  return parsed(records)
}
