/*
 * A message of the stream:
 *   magic "HDS1" · kind u8 · segment u48 · from u48 · to u48 · records u32 · body
 * All numbers are little-endian. Three kinds:
 *   bytes   the bytes [from, to) of a segment, whole frames or a piece of a large one
 *   cut     the range [from, to) of a segment was cut and holds so many records
 *   start   a process takes over the stream and writes segments from this number on
 */
const magic = Buffer.from('HDS1')
const kinds = ['bytes', 'cut', 'start'] as const
const kindAt = magic.length

/** Bytes before the body. */
export const messageHead = kindAt + 1 + 3 * 6 + 4

export interface MessageHeader {
  readonly kind: (typeof kinds)[number]
  readonly segment: number
  readonly from: number
  readonly to: number
  readonly records: number
}

export interface StreamMessage extends MessageHeader {
  readonly body: Buffer
}

/** Bytes of a message, as the stream stores them. */
export function encodeMessage(header: MessageHeader, body: readonly Uint8Array[] = []): Buffer {
  const head = Buffer.alloc(messageHead)
  let at = magic.copy(head)
  at = head.writeUInt8(kinds.indexOf(header.kind), at)
  at = head.writeUIntLE(header.segment, at, 6)
  at = head.writeUIntLE(header.from, at, 6)
  at = head.writeUIntLE(header.to, at, 6)
  head.writeUInt32LE(header.records, at)
  return Buffer.concat([head, ...body])
}

/** The message these bytes are; undefined: nothing a spool wrote. */
export function decodeMessage(data: Uint8Array): StreamMessage | undefined {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  if (bytes.length < messageHead || !bytes.subarray(0, kindAt).equals(magic)) return undefined
  const kind = kinds[bytes.readUInt8(kindAt)]
  if (kind === undefined) return undefined
  const message = {
    kind,
    segment: bytes.readUIntLE(kindAt + 1, 6),
    from: bytes.readUIntLE(kindAt + 7, 6),
    to: bytes.readUIntLE(kindAt + 13, 6),
    records: bytes.readUInt32LE(kindAt + 19),
    body: bytes.subarray(messageHead),
  }
  const isWhole = kind !== 'bytes' || message.to - message.from === message.body.length
  return isWhole ? message : undefined
}
