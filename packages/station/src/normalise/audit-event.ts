import type { JsonObject } from '../parse/json.ts'
import { normaliseAuditd } from './auditd.ts'
import { type Draft, present, type Read } from './draft.ts'

/** Which record says what happened, the first that is there; of others the first of the event. */
const telling = [
  'EXECVE',
  'AVC',
  'SELINUX_ERR',
  'KERN_MODULE',
  'BPF',
  'NETFILTER_CFG',
  'SOCKADDR',
  'PATH',
]

/**
 * The records of one event of the Linux audit log as one event. What happened is what EXECVE says, else a refusal, else an
 * address, else a path; who did it is what SYSCALL says. For rules a field that stands in several records
 * has all its values.
 */
export function normaliseAuditEvent(records: readonly JsonObject[]): Read {
  const [first = {}, ...others] = records
  if (others.length === 0) return normaliseAuditd(first)
  const read = records.map((record) => ({ record, draft: normaliseAuditd(record).draft }))
  const of = (type: string) => read.find(({ record }) => record['type'] === type)?.draft
  const teller = telling.map(of).find((draft) => draft !== undefined)
  const call = of('SYSCALL') ?? read[0]?.draft
  const chosen = teller ?? call ?? normaliseAuditd(first).draft
  return {
    draft: {
      ...chosen,
      severity: read.reduce<Draft['severity']>(
        (most, { draft }) => (draft.severity > most ? draft.severity : most),
        chosen.severity,
      ),
      status: call?.status ?? chosen.status,
      user: call?.user ?? chosen.user,
      process: processOf(call, of('EXECVE') ?? of('PROCTITLE'), of('CWD')),
      file: fileOf(read) ?? chosen.file,
      dst_endpoint: of('SOCKADDR')?.dst_endpoint ?? chosen.dst_endpoint,
      unmapped: merged(read.map(({ draft }) => draft.unmapped ?? {})),
    },
    record: merged(records),
  }
}

function processOf(
  call: Draft | undefined,
  command: Draft | undefined,
  directory: Draft | undefined,
): Draft['process'] {
  return present({
    ...call?.process,
    cmd_line: command?.process?.cmd_line ?? call?.process?.cmd_line,
    working_directory: directory?.process?.working_directory,
  })
}

/** What it was done to; directories it lies in come before it. */
function fileOf(read: readonly { record: JsonObject; draft: Draft }[]): Draft['file'] {
  const paths = read.filter(({ record }) => record['type'] === 'PATH')
  const itself = paths.find(({ record }) => record['nametype'] !== 'PARENT') ?? paths[0]
  return itself?.draft.file
}

/** All fields; of those that stand several times with different values, all values in their order. */
function merged(records: readonly JsonObject[]): JsonObject {
  const fields = new Map<string, unknown[]>()
  for (const record of records) {
    for (const [name, value] of Object.entries(record)) {
      const values = fields.get(name)
      if (values === undefined) fields.set(name, [value])
      else if (!values.includes(value)) values.push(value)
    }
  }
  const entries = [...fields].map(([name, values]) => [
    name,
    values.length === 1 ? values[0] : values,
  ])
  return Object.fromEntries(entries)
}
