import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Detector } from '@haidang/detection/detector'
import { IndicatorSet } from '@haidang/detection/indicators/indicator-set'
import { buildIndicatorTables } from '@haidang/detection/indicators/indicator-tables'
import { compileRules } from '@haidang/detection/sigma/rule-set'
import type { Subject } from '@haidang/detection/subject'
import { findFiles, readRuleFiles, ruleEndings } from '@haidang/station/detect/rule-files'
import { toEvent } from '@haidang/station/normalise/to-event'
import { type Figure, median } from './figure.ts'

const root = join(import.meta.dirname, '..')
const given = process.env['HAIDANG_SHARED']
const shared = given === undefined || given === 'required' ? join(root, '../shared/data') : given
const lanes = ['mixed_schema', 'structured_windows', 'sysmon_file_event', 'match_heavy', 'no_match']
const runs = 5

const context = {
  organisation_id: 'org_0192f0c1-0000-7000-8000-000000000001',
  node_id: 'nod_0192f0c1-0000-7000-8000-000000000001',
  simulated: true,
  sources: new Map(),
}

/** Events a second of the detector alone, on one thread: starter rules and 100,000 indicators, events already normalised. */
export async function* figures(): AsyncGenerator<Figure> {
  const directory = { label: '', path: join(root, 'content/rules'), required: true }
  const rules = compileRules(await readRuleFiles(await findFiles([directory], ruleEndings)))
  const listed = Array.from({ length: 100_000 }, (_, i) => `host-${i}.example`).join('\n')
  const tables = buildIndicatorTables([{ path: 'bench.txt', text: listed }], 'bench')
  const detector = new Detector(rules, new IndicatorSet(tables))
  for (const lane of lanes) {
    const file = join(shared, `detection/bench-lanes/${lane}.ndjson.gz`)
    const lines = existsSync(file) ? linesOf(file) : ownLines()
    const subjects = lines.map(subjectOf)
    const rates = Array.from({ length: runs + 1 }, () => rateOf(detector, subjects)).slice(1)
    yield {
      name: `detection.${existsSync(file) ? lane : `own_${lane}`}`,
      value: Math.round(median(rates)),
      unit: `events/s, one thread, ${rules.rules.length} rules`,
      median_of: runs,
    }
    if (!existsSync(file)) return
  }
}

function linesOf(file: string): string[] {
  return gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n')
}

/** Where the shared lanes are absent: process creations of our own. */
function ownLines(): string[] {
  return Array.from({ length: 10_000 }, (_, i) =>
    JSON.stringify({
      EventID: 1,
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      Computer: `ws-${i % 50}`,
      UtcTime: '2026-01-05 02:31:07.112',
      ProcessGuid: `{${i}}`,
      Image: `C:\\Program Files\\App ${i % 300}\\app.exe`,
      CommandLine: `app.exe --type=renderer --channel=${i}`,
      ParentImage: 'C:\\Windows\\explorer.exe',
      User: `BO\\user-${i % 40}`,
    }),
  )
}

function subjectOf(line: string, offset: number): Subject {
  const subject = toEvent(
    {
      position: { segment: 1, offset },
      origin: 'bench',
      key: undefined,
      receivedAt: 1_767_580_200_000,
      body: new TextEncoder().encode(line),
    },
    context,
  )
  if (!subject.ok) throw new Error(`${subject.reason}: ${subject.detail}`)
  return subject
}

function rateOf(detector: Detector, subjects: readonly Subject[]): number {
  const before = performance.now()
  for (const subject of subjects) detector.examine(subject)
  return (subjects.length / (performance.now() - before)) * 1_000
}
