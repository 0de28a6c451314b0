import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('a command whose reader wants no more ends without a word', async () => {
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, [main, 'parse', '--format', 'json', '-'])
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  // What it no longer reads breaks this pipe, too.
  child.stdin.on('error', () => undefined)
  child.stdin.end('{"message":"x"}\n'.repeat(20_000))
  await once(child.stdout, 'data')
  child.stdout.destroy()
  const [code] = await once(child, 'exit')
  expect({ code, complaints }).toEqual({ code: 0, complaints: '' })
}, 30_000)

test('a node that cannot start says why and ends, its engines with it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-start-'))
  // Started by root, the database server runs as another user, who must get there.
  await chmod(directory, 0o711)
  // Read when the engines run already.
  const damaged = join(directory, 'keys', 'mail-tokens.key')
  await mkdir(damaged, { recursive: true })
  const ports = ['HTTP__PORT', 'LINK__PORT', 'STATION__SYSLOG_PORT', 'STATION__ELASTIC_PORT']
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, [main, 'start', '--data', directory], {
    env: {
      ...process.env,
      ...Object.fromEntries(ports.map((port) => [`HAIDANG__${port}`, '0'])),
    },
  })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  child.stdout.resume()
  try {
    // It is the end of the output, too: no engine holds it open.
    expect(await once(child, 'close')).toEqual([1, null])
    expect(complaints).toContain(`${damaged}: a directory, not a file`)
  } finally {
    child.kill('SIGKILL')
    await rm(directory, { recursive: true, force: true })
  }
}, 60_000)
