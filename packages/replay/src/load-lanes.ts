import { webRequest } from './records/access-log.ts'
import { suricataFlow } from './records/suricata.ts'
import { syslog } from './records/syslog.ts'
import { windowsProcess } from './records/windows.ts'

export const laneNames = ['logins', 'web', 'flows', 'processes', 'mixed'] as const
/** What kind of records a load is made of. */
export type LaneName = (typeof laneNames)[number]

/** What a way in takes: a message of syslog, or an object of JSON. */
export type LaneShape = 'syslog' | 'json'

interface LaneOptions {
  readonly lane: LaneName
  readonly shape: LaneShape
  /** Bytes a record has at least: what is missing is filled up. */
  readonly size: number
}

type Make = (n: number, time: number) => string

/** Every address is one for documentation, every record is marked as simulated. */
const makes = {
  logins: (n, time) =>
    syslog({
      time,
      host: hostOf(n),
      program: 'sshd',
      pid: n % 30_000,
      message: `Failed password for invalid user u${n % 5_000} from ${clientOf(n)} port ${portOf(n)} ssh2`,
    }),
  web: (n, time) =>
    webRequest({ time, host: hostOf(n), client: clientOf(n), path: `/ho-so/${n % 2_000}` }),
  flows: (n, time) =>
    suricataFlow(
      { time, from: clientOf(n), fromPort: portOf(n), to: `203.0.113.${n % 250}`, toPort: 443 },
      800 + (n % 50_000),
    ),
  processes: (n, time) =>
    windowsProcess({
      time,
      computer: `may-${n % 200}.example`,
      user: `DON-VI\\u${n % 500}`,
      pid: n % 30_000,
      image: `C:\\Program Files\\App ${n % 300}\\app.exe`,
      commandLine: `app.exe --document ${n}`,
    }),
} as const satisfies Record<Exclude<LaneName, 'mixed'>, Make>
const all = Object.values(makes)
/** Lanes whose records are objects of JSON. */
const programs = new Map<Make, string>([
  [makes.flows, 'suricata'],
  [makes.processes, 'sysmon'],
])

/**
 * Makes record number `n` of a lane as of a time in milliseconds. Over syslog an object of JSON is the text of a message;
 * as JSON a message of syslog is the member `message`.
 */
export function laneRecord({ lane, shape, size }: LaneOptions): Make {
  return (n, time) => {
    const make = lane === 'mixed' ? all[n % all.length] : makes[lane]
    if (!make) throw new RangeError('no lane')
    const record = make(n, time)
    const program = programs.get(make)
    if (shape === 'json') return filledObject(program ? record : messageObject(record), size)
    if (!program) return filledText(record, size)
    return syslog({ time, host: hostOf(n), program, message: filledObject(record, size) })
  }
}

function messageObject(message: string): string {
  return JSON.stringify({ message, simulated: true })
}

function filledText(text: string, size: number): string {
  const missing = size - Buffer.byteLength(text)
  return missing > 0 ? `${text} ${'.'.repeat(missing - 1)}` : text
}

function filledObject(text: string, size: number): string {
  const frame = ',"filling":""'.length
  const missing = size - Buffer.byteLength(text)
  return missing > 0
    ? `${text.slice(0, -1)},"filling":"${'.'.repeat(Math.max(0, missing - frame))}"}`
    : text
}

function hostOf(n: number): string {
  return `may-chu-${n % 20}.example`
}

function clientOf(n: number): string {
  return `198.51.100.${1 + (n % 250)}`
}

function portOf(n: number): number {
  return 1_024 + (n % 60_000)
}
