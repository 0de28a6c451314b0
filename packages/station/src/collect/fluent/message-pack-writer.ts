type Value = string | boolean | Buffer | readonly Value[] | ReadonlyMap<string, Value>

/** A short value as MessagePack: what the handshake and acknowledgements need. At most 15 values in a row. */
export function messagePack(value: Value): Buffer {
  if (typeof value === 'boolean') return Buffer.from([value ? 0xc3 : 0xc2])
  if (typeof value === 'string') return sized(0xda, Buffer.from(value))
  if (Buffer.isBuffer(value)) return sized(0xc5, value)
  if (value instanceof Map) {
    const pairs = [...value].flatMap((pair: readonly Value[]) => pair.map(messagePack))
    return Buffer.concat([Buffer.from([0x80 | value.size]), ...pairs])
  }
  const values = [...(value as readonly Value[])]
  return Buffer.concat([Buffer.from([0x90 | values.length]), ...values.map(messagePack)])
}

/** Bytes behind a length of 16 bits. */
function sized(type: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, bytes.length >> 8, bytes.length & 0xff]), bytes])
}
