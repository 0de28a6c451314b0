import type { Logsource } from '@haidang/contracts/event'
import type { JsonObject } from '../parse/json.ts'

/** Names Sigma rules for process creation use (Sysmon's), by those of Security event 4688. */
const processNames = [
  ['Image', 'NewProcessName'],
  ['ParentImage', 'ParentProcessName'],
  ['User', 'SubjectUserName'],
] as const

/**
 * A Windows record under the names Sigma rules use: a process creation that Security wrote also answers
 * to Sysmon's names. IntegrityLevel has none: 4688 writes a SID in MandatoryLabel, which rules name apart.
 */
export function withSysmonNames(record: JsonObject, { service, category }: Logsource): JsonObject {
  if (service !== 'security' || category !== 'process_creation') return record
  const named: JsonObject = { ...record }
  for (const [wanted, given] of processNames) {
    if (!(wanted in named) && given in named) named[wanted] = named[given]
  }
  return named
}
