import { crc32, deflateSync } from 'node:zlib'
import { encode } from 'uqr'

/** The dark and light squares of a QR code, with the quiet zone around it. */
export function qrSquares(text: string): readonly (readonly boolean[])[] {
  return encode(text, { ecc: 'M', border: 2 }).data
}

/** A QR code as a black and white PNG, `scale` dots a square. */
export function qrImage(text: string, scale: number): Uint8Array {
  const squares = qrSquares(text)
  const side = squares.length * scale
  const stride = Math.ceil(side / 8)
  const rows = squares.flatMap((row) => {
    const line = Buffer.alloc(1 + stride, 0xff)
    line[0] = 0
    for (let x = 0; x < side; x += 1) {
      if (row[Math.floor(x / scale)]) {
        const at = 1 + (x >> 3)
        line[at] = (line[at] ?? 0) & ~(0x80 >> (x & 7))
      }
    }
    return Array.from({ length: scale }, () => line)
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 1
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** One chunk of a PNG (ISO/IEC 15948 section 5.3). */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(8 + body.length)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), 4 + body.length)
  return framed
}
