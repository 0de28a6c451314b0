import type { Alert } from '@haidang/contracts/alert'
import { storableJson } from '@haidang/contracts/storable'
import type { WrittenAlert } from '@haidang/contracts/written-alert'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packsOf, unpacked } from './alert-pack.ts'

const tlps = ['green', 'amber', 'red'] as const

function alertOf(n: number, raw: string, organisation: number, tlp: number): Alert {
  return {
    id: `alt_${n}`,
    organisation_id: `org_${organisation}`,
    tlp: tlps[tlp % tlps.length] ?? 'red',
    raw_data: raw,
  } as Alert
}

function textOf(alert: Alert): WrittenAlert {
  return { head: alert, folded: '', text: Buffer.from(storableJson(alert)) }
}

const batch = fc
  .array(fc.tuple(fc.string({ unit: 'binary' }), fc.nat(2), fc.nat(2)), { maxLength: 200 })
  .map((drawn) => drawn.map(([raw, one, tlp], n) => alertOf(n, raw, one, tlp)))

test('every alert comes out of exactly one pack as it went in, with its owner and TLP only', async () => {
  await fc.assert(
    fc.asyncProperty(batch, async (alerts) => {
      const read = new Map<string, Alert>()
      for (const pack of packsOf(alerts.map(textOf))) {
        const lines = await unpacked(pack.body)
        expect(lines).toHaveLength(pack.alert_ids.length)
        const whole = lines.map((line) => JSON.parse(line) as Alert)
        expect(whole.map(({ id }) => id)).toEqual(pack.alert_ids)
        expect(pack.id).toBe(pack.alert_ids[0])
        expect(new Set(whole.map((one) => one.organisation_id))).toEqual(
          new Set([pack.organisation_id]),
        )
        expect(new Set(whole.map(({ tlp }) => tlp)).size).toBe(1)
        for (const one of whole) {
          expect(read.has(one.id)).toBe(false)
          read.set(one.id, one)
        }
      }
      const kept = alerts.map((one) => ({
        ...one,
        raw_data: one.raw_data.toWellFormed().replaceAll('\u0000', '\ufffd'),
      }))
      expect([...read.values()].toSorted(byNumber)).toEqual(kept)
    }),
    { numRuns: 50 },
  )
})

test('a pack is bounded in alerts and in text', () => {
  const small = Array.from({ length: 130 }, (_, n) => alertOf(n, 'x', 0, 0))
  expect(packsOf(small.map(textOf)).map(({ alert_ids }) => alert_ids.length)).toEqual([64, 64, 2])
  const large = Array.from({ length: 6 }, (_, n) => alertOf(n, 'x'.repeat(131_072), 0, 0))
  expect(packsOf(large.map(textOf)).map(({ alert_ids }) => alert_ids.length)).toEqual([2, 2, 2])
})

function byNumber(a: Alert, b: Alert): number {
  return Number(a.id.slice(4)) - Number(b.id.slice(4))
}
