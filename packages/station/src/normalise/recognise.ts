import type { RecordFormat } from '@haidang/contracts/source'
import type { JsonObject } from '../parse/json.ts'
import { looksLikeEve } from '../parse/suricata-eve.ts'
import { looksLikeWindows } from '../parse/windows-json.ts'
import { looksLikeZeek } from '../parse/zeek-json.ts'

export type JsonFormat = Extract<
  RecordFormat,
  'suricata-eve' | 'zeek-json' | 'windows-json' | 'json'
>
export type LineFormat = Extract<RecordFormat, 'sshd' | 'sudo' | 'access-log' | 'auditd' | 'syslog'>

/** Which product a JSON object comes from. */
export function recogniseJson(object: JsonObject): JsonFormat {
  if (looksLikeWindows(object)) return 'windows-json'
  if (looksLikeZeek(object)) return 'zeek-json'
  if (looksLikeEve(object)) return 'suricata-eve'
  return 'json'
}

/** True of formats whose records are JSON objects. */
export function isJsonFormat(format: RecordFormat): format is JsonFormat {
  return (
    format === 'json' ||
    format === 'suricata-eve' ||
    format === 'zeek-json' ||
    format === 'windows-json'
  )
}

/** The JSON text a record carries: the record itself, or what follows `@cee:` (rsyslog, syslog-ng). */
export function jsonPart(text: string): string | undefined {
  const start = text.trimStart()
  if (start.startsWith('{')) return start
  if (!start.startsWith('@cee:')) return undefined
  const body = start.slice('@cee:'.length).trimStart()
  return body.startsWith('{') ? body : undefined
}

const programs: ReadonlyMap<string, LineFormat> = new Map([
  ['sshd', 'sshd'],
  ['sshd-session', 'sshd'],
  ['sshd-auth', 'sshd'],
  ['sudo', 'sudo'],
])

/** Which normaliser reads the message of a syslog record. */
export function recogniseProgram(program: string | undefined): LineFormat {
  return programs.get(program?.toLowerCase() ?? '') ?? 'syslog'
}
