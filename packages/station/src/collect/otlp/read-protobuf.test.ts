import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printRecords, TooDeep } from './otlp-record.ts'
import { ProtobufFault } from './protobuf.ts'
import { readProtobufLogs } from './read-protobuf.ts'

function field(number: number, bytes: Uint8Array): Buffer {
  const length: number[] = []
  let rest = bytes.length
  for (; rest >= 128; rest = Math.floor(rest / 128)) length.push((rest % 128) | 128)
  return Buffer.concat([Buffer.from([number * 8 + 2, ...length, rest]), bytes])
}

/** A request of one record made of these fields. */
function request(...fields: Buffer[]): Buffer {
  return field(1, field(2, field(2, Buffer.concat(fields))))
}

function recordOf(...fields: Buffer[]) {
  return readProtobufLogs(request(...fields)).groups[0]?.records[0]
}

const bytesOf = (text: string) => Buffer.from(text)

test('whole numbers of 64 bits are exact, signs and fractions too', () => {
  const varint = (hex: string) =>
    field(5, Buffer.concat([Buffer.from([0x18]), Buffer.from(hex, 'hex')]))
  expect(recordOf(varint('7f'))?.body).toBe(127)
  expect(recordOf(varint('ffffffffffffffffff01'))?.body).toBe(-1)
  expect(recordOf(varint('ffffffffffffffff7f'))?.body).toBe('9223372036854775807')
  const double = Buffer.alloc(9, 0x21)
  double.writeDoubleLE(-2.5, 1)
  expect(recordOf(field(5, double))?.body).toBe(-2.5)
})

test('attributes named as parts of JavaScript objects are attributes like others', () => {
  const attribute = (name: string) =>
    field(6, Buffer.concat([field(1, bytesOf(name)), field(2, field(1, bytesOf('x')))]))
  const group = readProtobufLogs(request(attribute('__proto__'), attribute('constructor')))
    .groups[0]
  const [printed] = group ? [...printRecords(group)] : []
  expect(printed?.toString()).toBe(
    '{"resource":{},"scope":{},"attributes":{"__proto__":"x","constructor":"x"}}',
  )
  expect(({} as { x?: unknown }).x).toBeUndefined()
})

test('values nested too deep and too many values end the reading', () => {
  let deep = field(1, bytesOf('bottom'))
  for (let level = 0; level < 40; level++) deep = field(5, field(1, deep))
  const read = readProtobufLogs(
    Buffer.concat([request(field(5, deep)), request(field(5, field(1, bytesOf('ok'))))]),
  )
  expect([read.refused, read.groups[1]?.records[0]?.body]).toEqual([1, 'ok'])
  const many = request(field(5, field(5, Buffer.alloc(2_200_000, field(1, Buffer.alloc(0))))))
  expect(() => readProtobufLogs(many)).toThrow(ProtobufFault)
})

test('any bytes are records or a fault, and a request cut short is never taken for a whole one with more', () => {
  const known = request(field(5, field(1, bytesOf('hello'))), field(3, bytesOf('INFO')))
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(known.length),
      fc.nat(255),
      (noise, at, byte) => {
        const changed = Buffer.from(known)
        if (at < changed.length) changed[at] = byte
        for (const bytes of [Buffer.from(noise), changed, known.subarray(0, at)]) {
          try {
            const { groups } = readProtobufLogs(bytes)
            expect(groups.length).toBeLessThanOrEqual(bytes.length)
          } catch (error) {
            expect(error instanceof ProtobufFault || error instanceof TooDeep).toBe(true)
          }
        }
      },
    ),
  )
})
