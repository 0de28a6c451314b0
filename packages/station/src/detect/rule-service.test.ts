import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileTexts, type RuleTexts } from '@haidang/detection/sigma/rule-texts'
import type { Log } from '@haidang/runtime/log'
import { Problem } from '@haidang/runtime/problem'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Examiner } from './examiner.ts'
import { ruleHandlers } from './rule-routes.ts'
import { RuleService } from './rule-service.ts'

const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => quiet,
}

/** Compiles in place and remembers how often it was asked. */
class PlainExaminer {
  loads = 0

  async load(rules: RuleTexts): ReturnType<Examiner['load']> {
    this.loads += 1
    const { entries, version } = compileTexts(rules)
    const active = entries.filter(({ state }) => state === 'active').length
    const summary = {
      version,
      active,
      errors: entries.length - active,
      loaded_at: '2026-01-05T02:00:00.000Z',
      indicators: 0,
      indicator_version: '',
    }
    return { summary, rules: entries, indicatorProblems: [] }
  }
}

function ruleText(id: string, title: string, level = 'high'): string {
  return `title: ${title}\nid: ${id}\nlevel: ${level}\nlogsource: { product: t }\ndetection: { s: { A: b }, condition: s }\n`
}

function renaming(name: string): string {
  return `transformations:\n- { type: field_name_mapping, mapping: { A: ${name} } }\n`
}

let directory: string
let examiner: PlainExaminer
let rules: RuleService

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'haidang-rules-'))
  await mkdir(join(directory, 'web'))
  await writeFile(join(directory, 'web/a.yml'), ruleText('a', 'Quét cổng', 'low'))
  await writeFile(join(directory, 'web/b.yml'), ruleText('b', 'Đoán mật khẩu', 'critical'))
  await writeFile(join(directory, 'ghi-chu.txt'), 'không phải luật')
  await writeFile(join(directory, 'ten.pipeline'), renaming('b'))
  examiner = new PlainExaminer()
  rules = new RuleService({
    examiner: examiner as unknown as Examiner,
    log: quiet,
    rules: [
      { label: '', path: directory, required: true },
      { label: 'rieng', path: join(directory, 'không có'), required: false },
    ],
    pipelines: [{ label: 'tên', path: join(directory, 'ten.pipeline') }],
    indicators: [],
    hits: async () => new Map([['b', 3]]),
    interval: 20,
  })
  await rules.refresh()
})
afterEach(() => rm(directory, { recursive: true, force: true }))

test('rules of a directory tree come into force; files of other kinds are left alone', async () => {
  expect(rules.summary()).toMatchObject({ active: 2, errors: 0 })
  expect((await rules.list()).map(({ path, hits }) => [path, hits])).toEqual([
    ['web/a.yml', 0],
    ['web/b.yml', 3],
  ])
})

test('nothing is loaded again while nothing changed', async () => {
  await rules.refresh()
  await rules.refresh()
  expect(examiner.loads).toBe(1)
})

test('a changed directory comes into force by itself', async () => {
  const ending = new AbortController()
  const running = rules.run(ending.signal)
  await writeFile(join(directory, 'c.yml'), ruleText('c', 'Mới'))
  await vi.waitFor(() => expect(rules.summary().active).toBe(3), { timeout: 5_000 })
  ending.abort()
  await running
})

test('when files cannot be read the old set stays in force and the reason is told', async () => {
  await rm(directory, { recursive: true })
  await rules.refresh()
  expect(rules.summary().active).toBe(2)
  expect(rules.problem).toContain('ENOENT')
  expect(await rules.check()).toMatchObject({ state: 'warn' })
  await expect(rules.reload()).rejects.toMatchObject({ code: 'rule-set.unreadable' })
  expect(rules.summary().active).toBe(2)
})

test('a pipeline that changes makes another set; one that is broken leaves the set in force and says where', async () => {
  const { version } = rules.summary()
  await writeFile(join(directory, 'ten.pipeline'), renaming('another'))
  await rules.refresh()
  const changed = rules.summary()
  expect(changed).toMatchObject({ active: 2, errors: 0 })
  expect(changed.version).not.toBe(version)
  await writeFile(join(directory, 'ten.pipeline'), 'transformations:\n- { type: fly }\n')
  await rules.refresh()
  expect(rules.problem).toMatch(/^tên:2:\d+: .*fly/)
  expect(rules.summary()).toEqual(changed)
  await rm(join(directory, 'ten.pipeline'))
  await rules.refresh()
  expect(rules.problem).toContain('ENOENT')
  await writeFile(join(directory, 'ten.pipeline'), 'x'.repeat(1_048_577))
  await rules.refresh()
  expect(rules.problem).toContain('tên exceeds 1 MiB')
})

test('a broken rule is listed with its place and the health check says so', async () => {
  await writeFile(join(directory, 'd.yml'), 'title: [')
  await rules.refresh()
  expect(rules.summary()).toMatchObject({ active: 2, errors: 1 })
  const broken = (await rules.list()).find(({ state }) => state === 'error')
  expect(broken?.problem).toMatch(/^d\.yml:\d+:\d+: /)
  expect(await rules.check()).toMatchObject({ state: 'warn' })
})

type ListRequest = Parameters<ReturnType<typeof ruleHandlers>['list']>[0]

function list(query: Partial<ListRequest['query']>) {
  return ruleHandlers(rules).list({ query: { limit: 50, ...query } } as ListRequest)
}

test('the list is filtered, sorted and cut into pages', async () => {
  expect((await list({ filter: 'mat khau' })).items.map(({ id }) => id)).toEqual(['b'])
  expect((await list({ filter: 'severity>=high or hits>5' })).items.map(({ id }) => id)).toEqual([
    'b',
  ])
  expect((await list({ filter: 'not state:active' })).items).toEqual([])
  const first = await list({ limit: 1, sort: '-severity' })
  expect(first.items.map(({ id }) => id)).toEqual(['b'])
  const second = await list({
    limit: 1,
    sort: '-severity',
    ...(first.next && { cursor: first.next }),
  })
  expect(second).toMatchObject({ items: [{ id: 'a' }], next: null, total: 2 })
})

test.each([
  { filter: 'colour:red' },
  { filter: 'a and' },
  { filter: 'severity:hoch' },
  { sort: 'colour' },
])('%j is refused as a filter that cannot be read', async (query) => {
  await expect(list(query)).rejects.toThrow(Problem)
})

test('one rule comes with its text; an unknown one is not found', async () => {
  expect((await rules.get('a')).text).toContain('Quét cổng')
  await expect(rules.get('z')).rejects.toMatchObject({ code: 'rule.not-found' })
})
