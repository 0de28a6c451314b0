import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { addRulesExplainCommand } from './rules-explain.ts'

const rule = `title: Quyền gốc
id: 1b0b2b7e-98cf-4e0a-bd3c-40f1f0b8a4c2
logsource: { product: linux, service: su }
detection:
  s: { target|startswith: ro }
  condition: s
`

test('each record says why the rule fires or does not: value, log source, or that it cannot be read', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'explain-'))
  const path = join(directory, 'rule.yml')
  const file = join(directory, 'records.ndjson')
  await writeFile(path, rule)
  const record = (fields: object) => JSON.stringify({ product: 'linux', ...fields })
  const lines = [
    record({ service: 'su', target: 'root' }),
    record({ service: 'su', target: 'lan' }),
    record({ service: 'cron', target: 'root' }),
    '{"product',
  ]
  const cron = { service: 'cron' }
  await writeFile(file, lines.join('\n'))
  const out: object[] = []
  const io = { dataDirectory: directory, environment: {}, err: () => undefined }
  const program = new Command().exitOverride()
  addRulesExplainCommand(program, { ...io, out: (text) => out.push(JSON.parse(text)) })
  await program.parseAsync(['explain', path, file, '--format', 'json'], { from: 'user' })
  expect(out).toMatchObject([
    { line: 1, fires: true, matches: [{ field: 'target', value: 'root' }] },
    { line: 2, fires: false, because: 'failed', item: { field: 'target', value: 'lan' } },
    { line: 3, fires: false, because: 'logsource', rule: [{ service: 'su' }], record: cron },
    { line: 4, fires: false, because: 'unreadable' },
  ])
  const mapping = { target: 'service' }
  const pipeline = { transformations: [{ type: 'field_name_mapping', mapping }] }
  await writeFile(join(directory, 'p.json'), JSON.stringify(pipeline))
  out.length = 0
  const renamed = ['--pipeline', join(directory, 'p.json'), '--line', '1', '--format', 'json']
  await program.parseAsync(['explain', path, file, ...renamed], { from: 'user' })
  expect(out).toMatchObject([{ line: 1, fires: false, item: { field: 'service', value: 'su' } }])
  const unknown = program.parseAsync(['explain', 'x', file, '--rules', directory], { from: 'user' })
  await expect(unknown).rejects.toThrow('no detection rule “x”')
  const odd = program.parseAsync(['explain', path, file, '--line', 'one'], { from: 'user' })
  await expect(odd).rejects.toThrow('lines are numbered from 1')
  await rm(directory, { recursive: true })
})
