import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readIndicator } from './indicator.ts'
import type { Payload } from './payload.ts'
import { readIndicators, writePayload } from './write-payload.ts'

const written = [
  '203.0.113.66',
  '2001:db8::7',
  '198.51.100.0/24',
  'hxxps://Evil[.]example/Tải?q=1;drop',
  'http://evil.example/a;b|c',
  'điều-khiển.example',
  '44d88612fea8a8f36de82e1278abb02f',
  'lua.dao@evil.example',
]
const payload: Payload = {
  order_id: 'ord_1',
  number: 'LĐP-2026-0001',
  version: 2,
  issuer_id: 'org_1',
  issuer_name: 'Trung tâm "quốc gia"',
  issued_at: '2026-11-22T03:00:00.000Z',
  updated_at: '2026-11-22T04:00:00.000Z',
  tlp: 'amber',
  simulated: true,
  action_id: 'a1',
  action_kind: 'block_ip',
  due_at: null,
  indicators: readIndicators(written.filter((text) => !text.includes(';'))),
}

test('indicators are read as people write them, into one form', () => {
  expect(readIndicator(' 203[.]0.113.66 ')).toEqual({
    kind: 'address',
    text: '203.0.113.66',
    family: 4,
  })
  expect(readIndicator('2001:DB8:0:0::7')).toMatchObject({ text: '2001:db8::7', family: 6 })
  expect(readIndicator('*.Evil.Example.')).toEqual({ kind: 'domain', text: 'evil.example' })
  expect(readIndicator('điều-khiển.example')).toMatchObject({
    text: expect.stringMatching(/^xn--/),
  })
  expect(readIndicator('hxxp://evil[.]example/x y'.replace(' ', '%20'))).toMatchObject({
    text: 'http://evil.example/x%20y',
  })
  expect(readIndicator('44D88612FEA8A8F36DE82E1278ABB02F')).toMatchObject({ algorithm: 'MD5' })
})

test.each([
  'evil.example\nlocalhost',
  'evil.example; drop',
  '0.0.0.0/0',
  '203.0.113.300',
  'user:pass@203.0.113.1',
  'https://user:pass@evil.example/',
  'javascript:alert(1)',
  '"evil.example"',
  '-evil.example',
  'localhost',
  '"=cmd()"',
  'evil.example } ; add rule',
])('%j is no indicator', (text) => {
  expect(readIndicator(text)).toBeUndefined()
})

test('every format has one line for each rule, whatever was written', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
      const indicators = readIndicators([...texts, ...texts.map((text) => `${text}.example`)])
      const rules = writePayload({ ...payload, indicators }, 'suricata')
        .trimEnd()
        .split('\n')
      for (const rule of rules.slice(2)) {
        expect(rule).toMatch(
          /^drop (ip|dns|tls|http) [0-9a-f:./any<> -]+ \((?:[a-z._]+(?::(?:"[^"\\;]*"|[\w-]+))?; ?)+\)$/,
        )
      }
      for (const line of writePayload({ ...payload, indicators }, 'rpz')
        .trimEnd()
        .split('\n')
        .slice(5)) {
        expect(line).toMatch(/^[\w.*-]+ CNAME \.$/)
      }
      expect(() => JSON.parse(writePayload({ ...payload, indicators }, 'stix'))).not.toThrow()
    }),
  )
})

test('each device gets what it can carry', () => {
  const nft = writePayload(payload, 'nftables')
  expect(nft).toContain(
    'add element inet haidang order_ldp_2026_0001_a1_v4 {\n  203.0.113.66,\n  198.51.100.0/24\n}',
  )
  expect(nft).toContain('_v6 {\n  2001:db8::7\n}')
  const rpz = writePayload(payload, 'rpz')
  expect(rpz).toContain('\n32.66.113.0.203.rpz-ip CNAME .\n')
  expect(rpz).toContain('\n24.0.100.51.198.rpz-ip CNAME .\n')
  expect(rpz).toContain('\n128.7.zz.db8.2001.rpz-ip CNAME .\n')
  expect(writePayload(payload, 'suricata')).toContain(
    'drop ip any any <> 203.0.113.66 any (msg:"LDP-2026-0001 block_ip address"; classtype',
  )
  const { objects } = JSON.parse(writePayload(payload, 'stix'))
  expect(objects.map(({ pattern }: { pattern?: string }) => pattern)).toContain(
    "[file:hashes.'MD5' = '44d88612fea8a8f36de82e1278abb02f']",
  )
  expect(writePayload(payload, 'csv').split('\r\n')[1]).toMatch(
    /^203\.0\.113\.66,address,block_ip,/,
  )
})

test('an empty payload takes back what was loaded before', () => {
  const nft = writePayload({ ...payload, indicators: [] }, 'nftables')
  expect(nft).toContain('flush set inet haidang order_ldp_2026_0001_a1_v4')
  expect(nft).not.toContain('add element')
})
