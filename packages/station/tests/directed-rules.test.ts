import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rule } from '@haidang/contracts/rule'
import type { RuleSetFile, RuleSetReport } from '@haidang/contracts/rule-set'
import { compileRules } from '@haidang/detection/sigma/rule-set'
import { linkMigrations } from '@haidang/link/migrations'
import { canonicalJson } from '@haidang/runtime/canonical-json'
import { ManualClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { silentLog } from '@haidang/runtime/silent-log'
import { type TestDatabase, testDatabase } from '@haidang/testbed/test-database'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { findFiles, readRuleFiles, ruleEndings } from '../src/detect/rule-files.ts'
import { hashOf, RuleDirectory } from '../src/direct/rule-directory.ts'
import { RuleSetStore } from '../src/direct/rule-set-store.ts'
import { DirectedRules, type RulesInForce } from '../src/direct/rules.ts'
import { stationMigrations } from '../src/migrations.ts'

const issuer = 'org_parent'
let database: TestDatabase
let directory: string
let clock: ManualClock
let rules: DirectedRules
let answers: (RuleSetReport & { type: string })[]

beforeAll(async () => {
  database = await testDatabase([runtimeMigrations, linkMigrations, stationMigrations])
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'haidang-directed-'))
  clock = new ManualClock('2026-11-22T03:00:00.000Z')
  answers = []
  await database.asOwner('truncate directed_rule_file, directed_rule_set')
  rules = directed()
})
afterEach(() => rm(directory, { recursive: true, force: true }))

/** As after a start of the node: nothing in memory. */
function directed(): DirectedRules {
  return new DirectedRules({
    database,
    clock,
    log: silentLog,
    store: new RuleSetStore(),
    journal: createJournal({ database, clock, newId: idsFrom(clock) }),
    directories: {
      parent: new RuleDirectory(join(directory, 'parent')),
      own: new RuleDirectory(join(directory, 'own')),
    },
    answer: async (_tx, _issuer, type, report) => void answers.push({ type, ...report }),
  })
}

/** Reads what is on disk, as the station's detector does. */
class Detector implements RulesInForce {
  fails = false
  #rules: Rule[] = []

  async reload(): ReturnType<RulesInForce['reload']> {
    if (this.fails) throw new Error('the disk fails')
    const path = join(directory, 'parent/current')
    const files = await findFiles([{ label: 'published', path, required: false }], ruleEndings)
    const { entries, version } = compileRules(await readRuleFiles(files))
    this.#rules = entries.map((entry) => ({ ...entry, hits: 0 }))
    const figures = { active: entries.length, errors: 0, indicators: 0, indicator_version: '' }
    return { version, loaded_at: clock.iso(), ...figures }
  }

  async list(): Promise<Rule[]> {
    return this.#rules
  }
}

function ruleText(title: string): string {
  const id = `${hashOf(title).slice(0, 8)}-0000-4000-8000-000000000000`
  return `title: ${title}\nid: ${id}\nlogsource: { product: t }\ndetection: { s: { a: b }, condition: s }\n`
}

const file = (name: string, text: string, expires_at: string | null = null): RuleSetFile => ({
  path: `${expires_at ? 'tunings' : 'rules'}/${name}.yml`,
  sha256: hashOf(text),
  expires_at,
})

/** Hands a set over as the link does: contents, then the set. */
async function give(
  number: number,
  texts: Readonly<Record<string, string>>,
  change: { hash?: string; files?: RuleSetFile[]; withheld?: boolean } = {},
): Promise<void> {
  const files = change.files ?? Object.entries(texts).map(([name, text]) => file(name, text))
  const hash = change.hash ?? hashOf(canonicalJson(files))
  await database.transact(systemScope, async (tx) => {
    for (const text of change.withheld ? [] : Object.values(texts)) {
      await rules.content(tx, { file: { sha256: hashOf(text), text } })
    }
    await rules.set(tx, 'parent', issuer, { number, hash, files })
  })
}

const inForce = async (): Promise<string[]> =>
  (await readdir(join(directory, 'parent/current/rules')).catch(() => [])).sort()

test('a set comes into force as a whole and is answered; the next one replaces it', async () => {
  const detector = new Detector()
  await give(1, { a: ruleText('a'), b: ruleText('b') })
  await rules.look(detector)
  expect(answers).toMatchObject([{ type: 'rules.applied', number: 1, active: 2, errors: 0 }])
  expect(rules.report).toMatchObject({ number: 1, active: 2, problem: null })
  await give(2, { a: ruleText('a'), c: ruleText('c') })
  await rules.look(detector)
  expect(await inForce()).toEqual(['a.yml', 'c.yml'])
  expect(await readdir(join(directory, 'parent'))).toHaveLength(2)
})

test.each([
  ['a number that was here', 1, {}, /number 1/],
  ['another hash', 2, { hash: 'x' }, /hash/],
  ['a path twice', 2, { files: [file('a', 'x'), file('a', 'x')] }, /twice/],
  ['contents that are missing', 2, { withheld: true }, /files-missing/],
  ['a path that leads out', 2, { files: [{ ...file('a', 'x'), path: '../a.yml' }] }, /malformed/],
])('a set with %s is refused, and the old one stays', async (_, number, change, problem) => {
  const detector = new Detector()
  await give(1, { a: ruleText('a') })
  await rules.look(detector)
  await give(number, { z: ruleText(`z${number}`) }, change)
  await rules.look(detector)
  expect(answers.map(({ type }) => type)).toEqual(['rules.applied', 'rules.refused'])
  expect(answers[1]?.problem).toMatch(problem)
  expect(await inForce()).toEqual(['a.yml'])
  expect(rules.report?.number).toBe(1)
})

test('a set no rule of which works is refused, and one that cannot be loaded', async () => {
  const detector = new Detector()
  await give(1, { a: ruleText('a') })
  await rules.look(detector)
  await give(2, { b: 'title: [' })
  await rules.look(detector)
  expect(answers[1]).toMatchObject({ type: 'rules.refused', number: 2 })
  await give(3, { c: ruleText('c') })
  detector.fails = true
  await rules.look(detector)
  expect(answers[2]).toMatchObject({ type: 'rules.refused', problem: 'the disk fails' })
  expect(await inForce()).toEqual(['a.yml'])
})

test('content that is not what its hash says is not kept', async () => {
  const text = ruleText('a')
  await database.transact(systemScope, (tx) =>
    rules.content(tx, { file: { sha256: hashOf('other'), text } }),
  )
  await give(1, {}, { files: [{ ...file('a', 'other') }] })
  await rules.look(new Detector())
  expect(answers).toMatchObject([
    { type: 'rules.refused', problem: expect.stringMatching(/missing/) },
  ])
})

test('a stop at any moment is made good: before a set was looked at, and with the disk half written', async () => {
  await give(1, { a: ruleText('a') })
  rules = directed()
  await rules.restore()
  await rules.look(new Detector())
  expect(await inForce()).toEqual(['a.yml'])

  await writeFile(join(directory, 'parent/current/rules/a.yml'), 'torn')
  rules = directed()
  await rules.restore()
  expect(await readFile(join(directory, 'parent/current/rules/a.yml'), 'utf8')).toBe(ruleText('a'))
  expect(rules.report).toMatchObject({ number: 1, active: 1 })

  await rm(join(directory, 'parent'), { recursive: true })
  await directed().restore()
  expect(await inForce()).toEqual(['a.yml'])
})

test('what somebody changes on disk is put right while the node runs', async () => {
  const detector = new Detector()
  await give(1, { a: ruleText('a') })
  await rules.look(detector)
  await writeFile(join(directory, 'parent/current/rules/b.yml'), ruleText('b'))
  clock.advance(31_000)
  await rules.look(detector)
  expect(await inForce()).toEqual(['a.yml'])
})

test('a tuning ends by itself', async () => {
  const detector = new Detector()
  const tuning = 'title: Tinh chỉnh'
  const files = [file('a', ruleText('a')), file('t', tuning, '2026-11-22T04:00:00.000Z')]
  await give(1, { a: ruleText('a'), t: tuning }, { files })
  await rules.look(detector)
  const tunings = () => readdir(join(directory, 'parent/current/tunings'))
  expect(await tunings()).toEqual(['t.yml'])
  const before = await readlink(join(directory, 'parent/current'))
  clock.advance(3_600_000)
  await rules.look(detector)
  expect(await tunings()).toEqual([])
  expect(await readlink(join(directory, 'parent/current'))).not.toBe(before)
  expect(rules.report).toMatchObject({ number: 1 })
})

test('another parent numbers from the beginning', async () => {
  await give(7, { a: ruleText('a') })
  await rules.look(new Detector())
  const files = [file('b', ruleText('b'))]
  await database.transact(systemScope, async (tx) => {
    await rules.content(tx, { file: { sha256: hashOf(ruleText('b')), text: ruleText('b') } })
    const data = { number: 1, hash: hashOf(canonicalJson(files)), files }
    await rules.set(tx, 'parent', 'org_new_parent', data)
  })
  await rules.look(new Detector())
  expect(await inForce()).toEqual(['b.yml'])
})
