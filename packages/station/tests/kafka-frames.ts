import { crc32c, type KafkaRecord } from '../src/collect/kafka/record-batch.ts'

/** A number in zig-zag. */
function varint(value: number): Buffer {
  const bytes: number[] = []
  let left = value >= 0 ? 2 * value : -2 * value - 1
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) + 128)
  return Buffer.from([...bytes, left])
}

function octets(bytes: Buffer | null): Buffer {
  return bytes === null ? varint(-1) : Buffer.concat([varint(bytes.length), bytes])
}

export type Written = Partial<Pick<KafkaRecord, 'key' | 'value' | 'headers'>>

interface BatchOptions {
  readonly attributes?: number
  readonly producer?: bigint
  /** Makes of the records what lies in the batch. */
  readonly pack?: (body: Buffer) => Buffer
}

/** A batch of format 2 (KIP-98), its first record at an offset; times count from 1,000,000. */
export function kafkaBatch(
  firstOffset: number,
  records: readonly Written[],
  { attributes = 0, producer = -1n, pack = (body) => body }: BatchOptions = {},
): Buffer {
  const body = records.map(({ key = null, value = null, headers = [] }, index) => {
    const inner = Buffer.concat([
      Buffer.from([0]),
      varint(index),
      varint(index),
      octets(key),
      octets(value),
      varint(headers.length),
      ...headers.flatMap(([name, word]) => [octets(Buffer.from(name)), octets(word)]),
    ])
    return Buffer.concat([varint(inner.length), inner])
  })
  const head = Buffer.alloc(40)
  head.writeInt16BE(attributes, 0)
  head.writeInt32BE(records.length - 1, 2)
  head.writeBigInt64BE(1_000_000n, 6)
  head.writeBigInt64BE(1_000_000n + BigInt(records.length - 1), 14)
  head.writeBigInt64BE(producer, 22)
  head.writeInt32BE(records.length, 36)
  const checked = Buffer.concat([head, pack(Buffer.concat(body))])
  const front = Buffer.alloc(21)
  front.writeBigInt64BE(BigInt(firstOffset), 0)
  front.writeInt32BE(checked.length + 9, 8)
  front.writeInt8(2, 16)
  front.writeUInt32BE(crc32c(checked), 17)
  return Buffer.concat([front, checked])
}
