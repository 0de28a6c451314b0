import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addRulesCommands } from './rules.ts'

const rule = `title: Tên miền lạ
id: 4a0d3c4e-2b0e-4f55-8d5e-3f0e6f1f9f10
logsource: { category: dns }
detection: { s: { query: a.example }, condition: s }
`

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rules-check-'))
  await mkdir(join(directory, 'rules'))
  await writeFile(join(directory, 'rules/dns.yml'), rule)
})
afterAll(() => rm(directory, { recursive: true, force: true }))

async function check(...pipelines: string[]) {
  const out: string[] = []
  const err: string[] = []
  const io = { dataDirectory: directory, environment: {} }
  const program = new Command().exitOverride()
  addRulesCommands(program, {
    ...io,
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  })
  const named = pipelines.flatMap((name) => ['--pipeline', name])
  const call = ['rules', 'check', join(directory, 'rules'), ...named]
  const failure = await program.parseAsync(call, { from: 'user' }).then(
    () => '',
    (error: Error) => error.message,
  )
  return { out, err, failure }
}

async function written(name: string, pipeline: object): Promise<string> {
  const path = join(directory, name)
  await writeFile(path, JSON.stringify(pipeline))
  return path
}

test('rules are checked under pipelines: those that ship by name, others by file, in any number', async () => {
  expect(await check()).toEqual({ out: ['1 rules compiled, 0 refused'], err: [], failure: '' })
  expect(await check('zeek', 'sysmon-hashes')).toMatchObject({ failure: '' })
  const refuse = await written('refuse.json', {
    transformations: [{ type: 'rule_failure', message: 'không dùng' }],
    finalizers: [],
  })
  expect(await check('zeek', refuse)).toEqual({
    out: ['0 rules compiled, 1 refused'],
    err: [expect.stringContaining('finalizers'), 'dns.yml:1:1: không dùng'],
    failure: 'some rules cannot be used',
  })
})

test('a pipeline that cannot be used is refused with its place, one that is not there by name', async () => {
  const broken = await written('broken.json', { transformations: [{ type: 'fly' }] })
  expect((await check(broken)).failure).toMatch(/broken\.json:1:\d+: .*fly/)
  expect((await check('no-such-pipeline')).failure).toContain('no-such-pipeline')
})
