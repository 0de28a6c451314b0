import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Lane, laneOf } from '../../bench/load/lane.ts'
import { ruleFolders, unpackRules } from '../system/harness/sigma-hq.ts'
import { startStation } from '../system/start-station.ts'
import { Missed } from './missed.ts'
import { type Sustained, sustain } from './sustained/measure.ts'
import { rsyslogToFile } from './sustained/rsyslog-to-file.ts'

interface Round {
  readonly name: string
  readonly lane: Lane['kind']
  /** Every rule of SigmaHQ and a million indicators, or the starter rules that ship. */
  readonly full: boolean
  readonly seconds: number
  /** Events a second. */
  readonly floor: number
}

const seconds = Number(process.env['HAIDANG_SUSTAINED_SECONDS'] ?? 600)
const indicators = 1_000_000
const source = 'ndjson'
const rounds: readonly Round[] = [
  { name: 'mixed_full', lane: 'mixed_schema', full: true, seconds, floor: 15_000 },
  { name: 'mixed_starter', lane: 'mixed_schema', full: false, seconds: seconds / 5, floor: 25_000 },
  { name: 'windows_full', lane: 'windows_2k3', full: true, seconds: seconds / 5, floor: 6_000 },
]

/**
 * The whole line of one station under pressure: JSON lines in, parsed, examined, stored, found by a search;
 * ten minutes with every rule of SigmaHQ and a million indicators, two with the starter rules, two of
 * Windows events of 2.3 kB. Beside it, in the same run, rsyslogd writing the same lines to a file.
 * `HAIDANG_SUSTAINED_SECONDS` takes another time than 600. Wants the shared data, rsyslog and taskset.
 */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-sustained-'))
  const figures: Record<string, number> = { load_average_before: loadavg()[0] ?? 0 }
  const missed: string[] = []
  try {
    unpackRules(directory)
    const list = join(directory, 'indicators.txt')
    await writeFile(list, madeIndicators())
    const rules = { directories: ruleFolders(directory), indicators: [list] }
    for (const round of rounds) {
      const sustained = await of(round, rules, say)
      say(`${round.name}: ${JSON.stringify(sustained)}`)
      Object.assign(figures, flat(round.name, sustained))
      if (sustained.rate < round.floor) missed.push(`${round.name}: ${sustained.rate}/s`)
      const { early, late } = sustained.memory
      if (late > early * 1.25) missed.push(`${round.name}: memory grew from ${early} to ${late} MB`)
    }
    const limit = await rsyslogToFile(directory, laneOf('mixed_schema').lines, 60)
    Object.assign(figures, { rsyslog_to_file_rate: limit.rate, rsyslog_to_file_cpu_us: limit.cpu })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
  say(JSON.stringify(figures))
  if (missed.length > 0) throw new Missed(missed, figures)
  return figures
}

async function of(
  { lane, full, seconds: time }: Round,
  rules: { directories: readonly string[]; indicators: readonly string[] },
  say: (text: string) => void,
): Promise<Sustained> {
  const sources = [{ name: source, collector: 'json-lines' }] as const
  await using station = await startStation({ sources, ...(full && { rules }) })
  return await sustain(station, source, lane, time, say)
}

/** Half addresses of the documentation range, half names that are nobody's. */
function madeIndicators(): string {
  const lines = Array.from({ length: indicators }, (_, n) =>
    n % 2 === 0
      ? `2001:db8::${(n >> 16).toString(16)}:${(n & 0xffff).toString(16)}`
      : `c2-${n}.invalid`,
  )
  return `${lines.join('\n')}\n`
}

function flat(name: string, { rate, lowest, cpu, memory, sent }: Sustained) {
  const parts = Object.entries(cpu).map(([part, spent]) => [`${name}_cpu_us_${part}`, spent])
  return {
    [`${name}_rate`]: rate,
    [`${name}_lowest_half_minute`]: lowest,
    [`${name}_sent`]: sent,
    [`${name}_megabytes_early`]: memory.early,
    [`${name}_megabytes_late`]: memory.late,
    ...Object.fromEntries(parts),
  }
}
