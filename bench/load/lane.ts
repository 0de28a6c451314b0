import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Lines to send, and the name of the figure they give. */
export interface Lane {
  readonly kind: 'mixed_schema' | 'windows_2k3'
  readonly name: string
  readonly lines: readonly string[]
}

const given = process.env['HAIDANG_SHARED']
const shared =
  given === undefined || given === 'required'
    ? join(import.meta.dirname, '../../../shared/data')
    : given
const mixed = join(shared, 'detection/bench-lanes/mixed_schema.ndjson.gz')
const sysmon = join(shared, 'detection/bench-lanes/structured_windows.ndjson.gz')
const windowsBytes = 2_300

/** The shared lanes where they are present; otherwise, under another name, lines of our own of the same kind. */
export function laneOf(kind: Lane['kind']): Lane {
  const file = kind === 'mixed_schema' ? mixed : sysmon
  const isShared = existsSync(file)
  const lines = isShared ? linesOf(file) : Array.from({ length: 5_000 }, (_, n) => ownLine(n))
  const name = isShared ? kind : `own_${kind}`
  return { kind, name, lines: kind === 'mixed_schema' ? lines : lines.map(widened) }
}

function linesOf(file: string): string[] {
  return gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n')
}

/** As large as an event of the Windows security log with its rendered message. */
function widened(line: string, n: number): string {
  const record = JSON.parse(line) as Record<string, unknown>
  const missing = windowsBytes - line.length - 20
  const words = `A new process has been created. Subject: S-1-5-21-${n}; token elevation type 1936; `
  const Message = words.repeat(Math.ceil(missing / words.length)).slice(0, Math.max(0, missing))
  return JSON.stringify({ ...record, Message })
}

function ownLine(n: number): string {
  return JSON.stringify({
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Computer: `ws-${n % 50}`,
    UtcTime: '2026-01-05 02:31:07.112',
    Image: `C:\\Program Files\\App ${n % 300}\\app.exe`,
    CommandLine: `app.exe --type=renderer --channel=${n}`,
    ParentImage: 'C:\\Windows\\explorer.exe',
    User: `BO\\user-${n % 40}`,
  })
}
