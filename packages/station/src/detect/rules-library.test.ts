import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { foldVietnamese } from '@haidang/contracts/fold'
import { RecordFormat } from '@haidang/contracts/record-format'
import { alertOf } from '@haidang/detection/alert'
import { Detector } from '@haidang/detection/detector'
import { noIndicators } from '@haidang/detection/indicators/indicator-tables'
import { compileRules } from '@haidang/detection/sigma/rule-set'
import type { SpoolRecord } from '@haidang/runtime/spool/spool'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { LineContext } from '../line.ts'
import { toEvent } from '../normalise/to-event.ts'
import { findFiles, readRuleFiles, ruleEndings } from './rule-files.ts'

const library = join(import.meta.dirname, '../../../../content/rules')
const files = await findFiles([{ label: '', path: library, required: true }], ruleEndings)
const rules = compileRules(await readRuleFiles(files))
const detector = new Detector(rules, noIndicators())

const Samples = z.object({
  format: RecordFormat,
  records: z.object({ fires: z.array(z.string()).min(1), silent: z.array(z.string()).min(1) }),
})

const sourceId = 'src_0192f0c1-0000-7000-8000-000000000001'

/** Ids of the rules that fire on a raw line, the way a station would read it. */
function firedBy(line: string, format: RecordFormat): string[] {
  const record: SpoolRecord = {
    position: { segment: 1, offset: 0 },
    origin: sourceId,
    key: undefined,
    receivedAt: 1_767_580_200_000,
    body: new TextEncoder().encode(line),
  }
  const context: LineContext = {
    organisation_id: 'org_0192f0c1-0000-7000-8000-000000000001',
    node_id: 'nod_0192f0c1-0000-7000-8000-000000000001',
    simulated: true,
    sources: new Map([
      [
        sourceId,
        {
          id: sourceId,
          name: 'mau',
          collector: 'json-lines',
          format,
          zone: 'Asia/Ho_Chi_Minh',
          logsource: {},
          tlp: 'amber',
        },
      ],
    ]),
  }
  const subject = toEvent(record, context)
  if (!subject.ok) throw new Error(`${subject.reason}: ${subject.detail}`)
  return detector
    .examine(subject)
    .map((finding) => alertOf(finding, subject, subject.event.received_time, (id) => id))
    .map((alert) => alert.rule.id)
}

test('the library holds at least 34 rules and none has an error', () => {
  expect(rules.entries.flatMap(({ problem }) => problem ?? [])).toEqual([])
  expect(rules.rules.length).toBeGreaterThanOrEqual(34)
})

test('every rule says in Vietnamese what it is, who wrote it and where it belongs in ATT&CK', () => {
  for (const { title, author, tags, path } of rules.entries) {
    expect(`${path} ${author}`).toBe(`${path} Hải Đăng`)
    expect(foldVietnamese(title), path).not.toBe(title.toLowerCase())
    expect(
      tags.some((tag) => /^attack\.t\d{4}/.test(tag)),
      path,
    ).toBe(true)
  }
})

describe.each(rules.entries.map(({ path, id }) => ({ path, id })))('$path', ({ path, id }) => {
  const file = join(library, path.replace(/\.ya?ml$/, '.samples.json'))
  const { format, records } = Samples.parse(JSON.parse(readFileSync(file, 'utf8')))

  test.each(records.fires)('fires on %s', (line) => {
    expect(firedBy(line, format)).toContain(id)
  })

  test.each(records.silent)('stays silent on %s', (line) => {
    expect(firedBy(line, format)).not.toContain(id)
  })
})
