import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import { BehaviourDetector } from '@haidang/detection/behaviour/behaviour-detector'
import { Correlator } from '@haidang/detection/correlation/correlator'
import { Detector } from '@haidang/detection/detector'
import { noIndicators } from '@haidang/detection/indicators/indicator-tables'
import { RuleMatcher } from '@haidang/detection/match/rule-matcher'
import { compileRules, type RuleDocument } from '@haidang/detection/sigma/rule-set'
import { type Examined, examineChunk } from '../../src/detect/examine-chunk.ts'
import { readForRules } from '../../src/normalise/read-for-rules.ts'

// Recorded data lies outside the repository; HAIDANG_SHARED names it, `required` means it must be there.
const setting = process.env['HAIDANG_SHARED']
const given = !setting || setting === 'required' ? undefined : setting
const shared = given ?? join(import.meta.dirname, '../../../../../shared/data')
const archive = join(shared, 'detection/sigma-rules/sigma-rules-8eaafff1.tar.gz')
export const withSigmaRules = setting === 'required' || existsSync(archive)

const literals = [
  'sekurlsa::logonpasswords',
  '\\powershell.exe',
  '-EncodedCommand',
  'vssadmin delete',
]
/** What the records are made of; rules of our own look for it in every way. */
export const lookedFor: readonly string[] = [...literals, 'FromBase64String', 'Invoke-Mimikatz']

const fields = [
  'CommandLine',
  'Image',
  'ScriptBlockText',
  'message',
  'data.x',
  '__proto__.polluted',
]
const own = ['windows', 'linux'].flatMap((product) => [
  ...fields.flatMap((field) =>
    [`${field}|contains`, `${field}|endswith`, `${field}|base64offset|contains`, `${field}|re`].map(
      (key) => rule(`${product} ${key}`, product, { [key]: lookedFor.map(escaped) }),
    ),
  ),
  rule(`${product} keywords`, product, lookedFor),
  rule(`${product} none`, product, { 'CommandLine|neq': 'none' }),
])

function rule(id: string, product: string, selection: unknown): string {
  const detection = { selection, condition: 'selection' }
  return JSON.stringify({ title: id, id, logsource: { product }, detection })
}

function escaped(literal: string): string {
  return literal.replaceAll('\\', '\\\\')
}

const correlated = JSON.stringify({
  title: 'nhiều lệnh',
  correlation: {
    type: 'value_count',
    rules: ['windows none'],
    'group-by': ['Image'],
    timespan: '1h',
    condition: { field: 'CommandLine', gte: 2 },
  },
})

/** Rules of our own, and all of SigmaHQ where they are. */
export function documents(): RuleDocument[] {
  const ours = [{ path: 'own.yml', text: [...own, correlated].join('\n---\n') }]
  if (!withSigmaRules) return ours
  const bytes = gunzipSync(readFileSync(archive))
  const all: RuleDocument[] = [...ours]
  for (let at = 0; at + 512 <= bytes.length; ) {
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 135), 8) || 0
    const text = bytes.toString('utf8', at + 512, at + 512 + size)
    if (text.includes('detection:')) all.push({ path: `sigma-${at}.yml`, text })
    at += 512 + 512 * Math.ceil(size / 512)
  }
  return all
}

const context = {
  organisation_id: 'org_01a02b03-0000-7000-8000-000000000002',
  node_id: 'nod_01a02b03-0000-7000-8000-000000000003',
  simulated: false,
  sources: new Map(),
}

/** The line from a record's bytes to alerts and memories, on one thread, and the way of `haidang detect` beside it. */
export class WholeWay {
  readonly rules = compileRules(documents())
  readonly #detector = new Detector(this.rules, noIndicators())
  readonly #matcher = new RuleMatcher(this.rules, 'open')
  readonly #behaviour = new BehaviourDetector(BehaviourParameters.parse({}))
  readonly #correlator = new Correlator(this.rules.correlations)

  /** What becomes of a record. Throws only what the line would not survive. */
  examine(body: Uint8Array): Examined {
    const record = {
      position: { segment: 1, offset: 0 },
      origin: 'src_01a02b03-0000-7000-8000-000000000001 192.0.2.9',
      key: undefined,
      receivedAt: Date.parse('2026-11-22T03:00:00Z'),
      body,
    }
    const examined = examineChunk([record], context, this.#detector, '2026-11-22T03:00:01.000Z')
    for (const { observation } of examined.observations) this.#behaviour.watch(observation)
    for (const { observed } of examined.fired) {
      for (const { observation } of observed) this.#correlator.observe(observation)
    }
    return examined
  }

  /** How many rules fire on a line as `haidang detect` reads it; undefined where it is read as a station would. */
  scan(text: string): number | undefined {
    const reading = readForRules(text, 'auto', () => {
      throw new Error('the event is not looked at here')
    })
    if (reading === undefined || reading.speaks === 'none') return undefined
    return this.#matcher.match(reading).length
  }
}

/** Milliseconds of processor time of this thread that some work takes, the least of a few tries: other work on the machine does not count. */
export function cost(work: () => void, tries: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < tries; i++) {
    const before = process.threadCpuUsage()
    work()
    const { user, system } = process.threadCpuUsage(before)
    least = Math.min(least, (user + system) / 1_000)
  }
  return least
}
