import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { applies } from '@haidang/detection/match/router'
import { RuleMatcher } from '@haidang/detection/match/rule-matcher'
import { sampleEvent } from '@haidang/detection/sample-event'
import { imageOf, ruleSetOf } from '@haidang/detection/sigma/rule-image'
import { compileRules, type RuleSet } from '@haidang/detection/sigma/rule-set'
import { View } from '@haidang/detection/sigma/view'
import { findingLines, Scanner } from '@haidang/haidang/scan/scanner'
import { readForRules } from '@haidang/station/normalise/read-for-rules'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  detectionData,
  hasDetectionData,
  readRules,
  scanOptions,
  scanTime,
  unpackRules,
} from './harness/sigma-hq.ts'

/** Expected hits of one file: rule ids by line, from 1. */
interface Expected {
  readonly file: string
  readonly hits: readonly { readonly line: number; readonly ids: readonly string[] }[]
}

interface Regression {
  readonly events: readonly unknown[]
  /** Rule ids by event. */
  readonly expected_all_hits: readonly (readonly string[])[]
}

describe.skipIf(!hasDetectionData)(
  'the rules of SigmaHQ on real events (skipped without shared data)',
  () => {
    const directory = mkdtempSync(join(tmpdir(), 'haidang-sigma-'))
    let rules: RuleSet
    let scanner: Scanner

    beforeAll(async () => {
      unpackRules(directory)
      rules = compileRules(await readRules(directory))
      // As threads and later starts have them: through an image.
      scanner = new Scanner(ruleSetOf(imageOf(rules), []), scanOptions, scanTime)
    }, 120_000)
    afterAll(() => rmSync(directory, { recursive: true, force: true }))

    test('all load but the two that want values for a placeholder', () => {
      const refused = rules.entries.filter(({ state }) => state !== 'active')
      expect(rules.rules.length).toBe(3_755)
      expect(refused.map(({ problem }) => problem?.replace(/^.*: /, ''))).toEqual(
        Array(2).fill('nothing is known for the placeholder %known_cdcs%'),
      )
    })

    test.each(['windows-otrf', 'windows-benign'])(
      '%s: exactly the expected hits',
      (folder) => {
        const list: Expected[] = JSON.parse(
          readFileSync(join(detectionData, folder, 'expected_hits.json'), 'utf8'),
        )
        expect(list.length).toBeGreaterThan(0)
        for (const { file, hits } of list) expect(hitsOf(folder, file)).toEqual(inOrder(hits))
      },
      180_000,
    )

    test('windows-otrf-winlogbeat6: exactly the expected hits', () => {
      const folder = 'windows-otrf-winlogbeat6'
      const files = readdirSync(join(detectionData, folder)).filter((name) =>
        name.endsWith('.ndjson.gz'),
      )
      for (const file of files) {
        const name = file.replace('.ndjson.gz', '.expected.json')
        const hits: Expected['hits'] = JSON.parse(
          readFileSync(join(detectionData, folder, name), 'utf8'),
        )
        expect(hitsOf(folder, file)).toEqual(inOrder(hits))
      }
    }, 60_000)

    test('the regression set of SigmaHQ: every event hits exactly the rules it should', () => {
      const text = readFileSync(join(detectionData, 'regression/regression.ndjson'), 'utf8')
      const cases: Regression[] = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(cases.length).toBe(101)
      const lines = cases.flatMap(({ events }) => events.map((event) => JSON.stringify(event)))
      const expected = cases
        .flatMap(({ expected_all_hits }) => expected_all_hits)
        .map((ids, i) => ({ line: i + 1, ids }))
      expect(scan(scanner, lines)).toEqual(inOrder(expected.filter(({ ids }) => ids.length > 0)))
    })

    test('hits do not depend on the order of lines and keys, nor on the letter case of values', () => {
      const lines = recorded().slice(0, 5_000)
      const plain = countsOf(scan(scanner, lines))
      expect(plain.size).toBeGreaterThan(10)
      const shuffled = lines.map((_, i) => lines[(i * 1_613) % lines.length] ?? '')
      expect(countsOf(scan(scanner, shuffled))).toEqual(plain)
      const keys = lines.map((line) =>
        JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line)).reverse())),
      )
      expect(countsOf(scan(scanner, keys))).toEqual(plain)
      const upper = lines.map((line) => JSON.stringify(JSON.parse(line), upperValues))
      const same = caseless(rules)
      expect(countsOf(scan(scanner, upper), same)).toEqual(countsOf(scan(scanner, lines), same))
    }, 60_000)

    test('the way over witnesses finds exactly what trying every rule finds', () => {
      const fast = new RuleMatcher(rules)
      const view = new View(rules.slots)
      for (const [i, line] of recorded().entries()) {
        const reading = readForRules(line, 'auto', () => sampleEvent({}))
        if (reading === undefined) throw new Error(line)
        const found = [...fast.match(reading)].sort((a, b) => a - b)
        if (i % 20 !== 0) continue
        view.show(reading)
        const all = rules.rules.flatMap((rule, n) =>
          applies(rule.logsources, reading.logsource) && rule.check(view) ? [n] : [],
        )
        expect(found).toEqual(all)
      }
    }, 60_000)

    test.each([
      'zeek/zeek_json_mixed.ndjson.gz',
      'zeek/dns_full.ndjson.gz',
      'eve/eve_alerts.ndjson',
    ])(
      'no rule for Windows fires on a line of %s',
      (file) => {
        const products = new Map(
          rules.rules.map(({ facts, logsources }) => [facts.id, logsources[0]?.product]),
        )
        const ids = hitsOf('', file).flatMap((hit) => hit.ids)
        expect(ids.filter((id) => products.get(id) === 'windows')).toEqual([])
      },
      60_000,
    )

    function recorded(): string[] {
      const file = 'empire_dllinjection_LoadLibrary_CreateRemoteThread_2020-07-22000048.ndjson.gz'
      const bytes = gunzipSync(readFileSync(join(detectionData, 'windows-otrf', file)))
      return bytes.toString('utf8').trim().split('\n')
    }

    function hitsOf(folder: string, file: string) {
      const bytes = readFileSync(join(detectionData, folder, file))
      const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
      return scan(scanner, text.split('\n'))
    }
  },
)

/** What fires on lines, as the expectations are written: by line, ids sorted. */
function scan(scanner: Scanner, lines: readonly string[]) {
  const bytes = new TextEncoder().encode(lines.join('\n'))
  const scanned = scanner.scan(bytes)
  expect(scanned.rejects).toBe(0)
  const byLine = new Map<number, string[]>()
  for (const finding of findingLines('x', 0, scanned)) {
    const { line, rule }: { line: number; rule: string } = JSON.parse(finding)
    byLine.set(line, [...(byLine.get(line) ?? []), rule])
  }
  return inOrder([...byLine].map(([line, ids]) => ({ line, ids })))
}

function inOrder(hits: Expected['hits']) {
  return hits.map(({ line, ids }) => ({ line, ids: [...ids].sort() }))
}

/** How often each rule fires. */
function countsOf(hits: Expected['hits'], only?: ReadonlySet<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { ids } of hits) {
    for (const id of ids) {
      if (only === undefined || only.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
  }
  return counts
}

/** Rules without regular expressions, which alone tell letter case. */
function caseless(rules: RuleSet): Set<string> {
  const plain = rules.entries.filter(({ text }) => !/\|(?:re|cased|base64)/.test(text))
  return new Set(plain.map(({ id }) => id))
}

function upperValues(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toUpperCase() : value
}
