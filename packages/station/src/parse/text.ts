import { isUtf8 } from 'node:buffer'

/** The text of a record, and whether bytes had to be replaced to read it. */
export interface DecodedText {
  readonly text: string
  /** True if the bytes were no valid UTF-8; each offender became U+FFFD. */
  readonly replaced: boolean
}

/** Reads bytes as UTF-8 without byte-order mark, line end and trailing NUL (as old syslog senders add). */
export function decodeText(bytes: Uint8Array): DecodedText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = buffer.length
  while (end > 0 && isLineEnd(buffer[end - 1])) end--
  const start = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0
  const body = buffer.subarray(Math.min(start, end), end)
  return { text: body.toString('utf8'), replaced: !isUtf8(body) }
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d || byte === 0x00
}

/** True if more than one character in ten is a control character: a record for no line format. */
export function looksBinary(text: string): boolean {
  const sample = text.slice(0, 1024)
  let odd = 0
  for (let at = 0; at < sample.length; at++) {
    const code = sample.charCodeAt(at)
    if ((code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) || code === 0xfffd) odd++
  }
  return odd * 10 > sample.length
}
