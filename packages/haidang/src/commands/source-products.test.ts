import { Command } from 'commander'
import { expect, test } from 'vitest'
import { addSourceProductsCommand } from './source-products.ts'

async function asked(...call: string[]): Promise<string> {
  const said: string[] = []
  const io = { out: (text: string) => void said.push(text), err: () => undefined }
  const source = new Command('source').exitOverride()
  addSourceProductsCommand(source, { ...io, dataDirectory: '.', environment: {} })
  await source.parseAsync(['products', ...call], { from: 'user' })
  return said.join('\n')
}

test('products are listed, and the lines of one carry the address given', async () => {
  expect(await asked()).toMatch(/^fortigate +FortiGate +Fortinet +syslog-udp syslog-tcp/m)
  expect(await asked('fortigate', '--host', '192.0.2.10')).toContain('set server "192.0.2.10"')
  expect(JSON.parse(await asked('zeek', '--json'))).toMatchObject({ id: 'zeek', kind: 'sensor' })
})

test('a mistyped product is told the one that is meant', async () => {
  await expect(asked('fortigat')).rejects.toThrow('did you mean fortigate?')
})
