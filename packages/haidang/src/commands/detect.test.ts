import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDetectCommand } from './detect.ts'

const rules = `title: Đăng nhập sai
name: sai
level: low
logsource: { product: linux }
detection:
  s: { event: fail }
  condition: s
---
title: Đoán mật khẩu
id: 8f8c7c1e-7c51-4a3a-9df8-6a2c4f0e8d11
level: high
correlation:
  type: event_count
  rules: sai
  group-by: [user]
  timespan: 1m
  condition: { gte: 2 }
---
title: Quyền gốc
id: 1b0b2b7e-98cf-4e0a-bd3c-40f1f0b8a4c2
level: medium
logsource: { product: linux, service: su }
detection:
  s: { target|startswith: RO }
  condition: s
`

function record(fields: object): string {
  return JSON.stringify({ product: 'linux', service: 'su', ...fields })
}

const lines = [
  record({ event: 'fail', user: 'lan', at: 100 }),
  '',
  record({ event: 'fail', user: 'minh', at: 110 }),
  'not JSON {',
  record({ target: 'root', at: 120 }),
  record({ event: 'fail', user: 'lan', at: 130 }),
]

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'detect-'))
  await mkdir(join(directory, 'rules'))
  await writeFile(join(directory, 'rules/all.yml'), rules)
  await writeFile(join(directory, 'one.ndjson'), lines.join('\n'))
  await writeFile(join(directory, 'two.gz'), gzipSync(record({ target: 'ROOT' })))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

async function detect(...options: string[]) {
  const out: string[] = []
  const err: string[] = []
  const io = { dataDirectory: directory, environment: { XDG_CACHE_HOME: directory } }
  const program = new Command().exitOverride()
  addDetectCommand(program, {
    ...io,
    out: (text) => out.push(...text.split('\n')),
    err: (text) => err.push(text),
  })
  const call = ['detect', '--rules', join(directory, 'rules'), '--workers', '2', ...options]
  await program.parseAsync(call, { from: 'user' })
  return { findings: out.map((line) => JSON.parse(line)), err }
}

test('findings name file, line, rule, title and level; a correlation the line that made it fire', async () => {
  const [one, two] = [join(directory, 'one.ndjson'), join(directory, 'two.gz')]
  const { findings, err } = await detect('--time-field', 'at', '--format', 'json', one, two)
  expect(findings).toEqual([
    {
      file: one,
      line: 5,
      rule: '1b0b2b7e-98cf-4e0a-bd3c-40f1f0b8a4c2',
      title: 'Quyền gốc',
      level: 'medium',
    },
    {
      file: one,
      line: 6,
      rule: '8f8c7c1e-7c51-4a3a-9df8-6a2c4f0e8d11',
      title: 'Đoán mật khẩu',
      level: 'high',
      correlation: expect.objectContaining({ type: 'event_count', group: ['lan'], value: 2 }),
    },
    {
      file: two,
      line: 1,
      rule: '1b0b2b7e-98cf-4e0a-bd3c-40f1f0b8a4c2',
      title: 'Quyền gốc',
      level: 'medium',
    },
  ])
  expect(JSON.parse(err.at(-1) ?? '')).toMatchObject({
    lines: 6,
    events: 5,
    rejects: 1,
    findings: 3,
    rules_loaded: 2,
    rules_refused: 0,
    events_per_second: expect.any(Number),
  })
})

test('an explanation names selection, field, value and pattern; a pipeline renames what rules ask for', async () => {
  const pipeline = join(directory, 'pipeline.yml')
  await writeFile(
    pipeline,
    'name: p\npriority: 1\ntransformations:\n- {type: field_name_mapping, mapping: {target: new}}\n',
  )
  const renamed = join(directory, 'renamed.ndjson')
  await writeFile(renamed, record({ new: 'rooted' }))
  const { findings } = await detect('--explain', '--pipeline', pipeline, renamed)
  expect(findings).toMatchObject([
    { matches: [{ selection: 's', field: 'new', value: 'rooted', pattern: 'startswith: RO' }] },
  ])
})

test('behaviour is watched over all files where it is asked for', async () => {
  const files = ['first.ndjson', 'second.ndjson'].map((name) => join(directory, name))
  const contact = (_: unknown, i: number) =>
    JSON.stringify({
      ts: 1_767_580_200 + i * 300,
      uid: `C${i}`,
      'id.orig_h': '10.0.0.5',
      'id.orig_p': 5000,
      'id.resp_h': '203.0.113.9',
      'id.resp_p': 443,
      proto: 'tcp',
      conn_state: 'SF',
      orig_bytes: 500,
      resp_bytes: 90,
      _path: 'conn',
    })
  const contacts = Array.from({ length: 8 }, contact)
  for (const [i, file] of files.entries()) {
    await writeFile(file, contacts.slice(i * 5, i * 5 + 5).join('\n'))
  }
  expect((await detect('--format', 'zeek-json', ...files)).findings).toEqual([])
  const { findings, err } = await detect('--behaviour', '--format', 'zeek-json', ...files)
  expect(findings).toMatchObject([
    {
      file: files[1],
      line: 3,
      rule: 'behaviour:beacon',
      level: 'medium',
      behaviour: {
        kind: 'beacon',
        reasons: expect.arrayContaining([
          expect.objectContaining({ field: 'period_seconds', value: '300' }),
        ]),
      },
    },
  ])
  expect(JSON.parse(err.at(-1) ?? '')).toMatchObject({ events: 8, findings: 1 })
})

test('records of an unknown log source meet no rule, or every rule', async () => {
  const unknown = join(directory, 'unknown.ndjson')
  await writeFile(unknown, '{"target":"root"}')
  expect((await detect(unknown)).findings).toEqual([])
  expect((await detect('--unrouted', 'open', unknown)).findings).toHaveLength(1)
})

test('a file that is not there, and a pipeline that is none, are named', async () => {
  await expect(detect(join(directory, 'absent'))).rejects.toThrow(/ENOENT.*absent/)
  await writeFile(join(directory, 'bad.yml'), 'transformations:\n- type: fly\n')
  await expect(detect('--pipeline', join(directory, 'bad.yml'), 'x')).rejects.toThrow(
    /bad.yml:2:\d+: .*fly/,
  )
})
