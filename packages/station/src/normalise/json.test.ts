import { expect, test } from 'vitest'
import { normaliseJson } from './json.ts'

const around = { zone: 'UTC', receivedAt: 0 }

function draftOf(object: Record<string, unknown>) {
  return normaliseJson(object, around).draft
}

test('of several usual names the first that says something counts, wherever it stands in the record', () => {
  const wanted = { src_endpoint: { ip: '192.0.2.1', port: 22 }, device: { hostname: 'gate' } }
  const members = { ip: '192.0.2.9', src_ip: '192.0.2.1', 'source.port': 22, hostname: 'gate' }
  expect(draftOf(members)).toMatchObject(wanted)
  const reversed = Object.fromEntries(Object.entries(members).reverse())
  expect(draftOf(reversed)).toMatchObject(wanted)
  expect(draftOf({ ...members, src_ip: '', srcip: null, 'source.ip': '192.0.2.1' })).toMatchObject(
    wanted,
  )
})

test('a name reaches into nested objects, unless the record has it as it is', () => {
  const nested = { host: { name: 'inner' }, hostname: 'other' }
  expect(draftOf(nested).device).toEqual({ hostname: 'inner' })
  expect(draftOf({ ...nested, 'host.name': 'whole' }).device).toEqual({ hostname: 'whole' })
  expect(draftOf({ ...nested, 'host.name': null }).device).toEqual({ hostname: 'inner' })
  expect(draftOf({ ...nested, 'host.name': '' }).device).toEqual({ hostname: 'other' })
  expect(draftOf({ host: 'flat' }).device).toEqual({ hostname: 'flat' })
})
