import { spawn } from 'node:child_process'
import { once } from 'node:events'
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
