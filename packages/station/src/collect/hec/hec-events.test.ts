import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hecEvents } from './hec-events.ts'

const blanks = fc.constantFrom('', ' ', '\n', '\r\n\t')
const event = fc.record({ event: fc.jsonValue().filter((value) => value !== null && value !== '') })

test('events written one after another are found again, whatever they hold', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(event, blanks), { minLength: 1, maxLength: 8 }), (sent) => {
      const body = sent.map(([one, blank]) => JSON.stringify(one) + blank).join('')
      const read = hecEvents(Buffer.from(body))
      expect(read.ok && read.events.map((bytes) => bytes.toString())).toEqual(
        sent.map(([one]) => JSON.stringify(one)),
      )
    }),
  )
})

test('a body cut anywhere inside an event is refused whole', () => {
  fc.assert(
    fc.property(event, event, fc.double({ min: 0, max: 1, noNaN: true }), (first, second, part) => {
      const [a, b] = [JSON.stringify(first), JSON.stringify(second)].map((text) =>
        Buffer.from(text),
      )
      if (!a || !b) return
      const length = 1 + Math.floor(part * (b.length - 2))
      const read = hecEvents(Buffer.concat([a, b.subarray(0, length)]))
      expect(read).toEqual({ ok: false, fault: 'invalid-format', event: 1 })
    }),
  )
})
