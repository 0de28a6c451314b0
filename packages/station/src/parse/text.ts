import { isUtf8 } from 'node:buffer'
import type { Encoding } from '@haidang/contracts/record-reading'
import {
  type ByteEncoding,
  bytesBehind,
  type EncodingGuess,
  guessEncoding,
  isSure,
  readBytes,
} from './encoding.ts'

/** The text of a record, and what had to be done to read it. */
export interface DecodedText {
  readonly text: string
  /** True if the bytes are none of the encoding; each offender became U+FFFD. */
  readonly replaced: boolean
  /** The encoding it was read in, where that was recognised and not known. */
  readonly guess?: EncodingGuess
}

/**
 * Reads bytes without byte-order mark, line end and trailing NUL (as old syslog senders add): in the encoding named,
 * else as UTF-8, else as what their words show (parse/encoding.ts). Text in UTF-16 is recognised by its mark or its
 * many NULs, also a line of it that was cut at its line feed.
 */
export function decodeText(bytes: Uint8Array, encoding: Encoding = 'auto'): DecodedText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return readWide(buffer, encoding)
  const wide = readUtf16(buffer)
  if (wide !== undefined) return { text: wide, replaced: wide.includes('\ufffd') }
  let end = buffer.length
  while (end > 0 && isLineEnd(buffer[end - 1])) end--
  const start = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0
  const body = buffer.subarray(Math.min(start, end), end)
  if (encoding === 'auto' || encoding === 'utf-8') return readUtf8(body, encoding)
  return readNamed(body, encoding)
}

function readUtf8(body: Buffer, encoding: 'auto' | 'utf-8'): DecodedText {
  const text = body.toString('utf8')
  if (isUtf8(body)) return { text, replaced: false }
  const guess = encoding === 'auto' ? guessEncoding(body) : undefined
  if (guess === undefined) return { text, replaced: true }
  const read = isSure(guess) ? readBytes(body, guess.encoding) : undefined
  return { text: read ?? text, replaced: read === undefined, guess }
}

/** A source's encoding counts for what is no UTF-8, and for what was made UTF-8 of it as if it were Latin-1. */
function readNamed(body: Buffer, encoding: ByteEncoding): DecodedText {
  const isNewer = isUtf8(body)
  const old = isNewer ? bytesBehind(body) : body
  const read = old === undefined ? undefined : readBytes(old, encoding)
  return { text: read ?? body.toString('utf8'), replaced: read === undefined && !isNewer }
}

/** Text whose source says that it is UTF-16; half a letter at its end counts as lost. */
function readWide(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): DecodedText {
  const isCut = encoding === 'utf-16le' && bytes[0] === 0 && bytes.length > 1
  const body = isCut ? bytes.subarray(1) : bytes
  const text = wideText(body, encoding).replace(/^\ufeff/, '')
  return { text, replaced: text.includes('\ufffd') }
}

/** The text of UTF-16 in either order of bytes; undefined: it is none. */
function readUtf16(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return wideText(bytes.subarray(2), 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return wideText(bytes.subarray(2), 'utf-16be')
  if (!bytes.subarray(0, 17).includes(0) || !hasEveryOtherNul(bytes)) return undefined
  // A line that was cut out of little-endian text begins with the second half of the line feed before.
  const readings = [
    wideText(bytes, 'utf-16le'),
    wideText(bytes, 'utf-16be'),
    wideText(bytes.subarray(1), 'utf-16le'),
  ]
  const [best = ''] = readings.sort((a, b) => usual(b) - usual(a))
  return usual(best) * 2 > Math.min(best.length, 256) ? best : undefined
}

function wideText(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): string {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2))
  return new TextDecoder(encoding).decode(even).replace(/[\r\n\0]{1,4}$/, '')
}

/** Of the first bytes nearly half are NUL, all at even or all at odd places. */
function hasEveryOtherNul(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, 256)
  let even = 0
  let odd = 0
  for (let at = 0; at < sample.length; at++) {
    if (sample[at] !== 0) continue
    if (at % 2 === 0) even++
    else odd++
  }
  return sample.length >= 6 && Math.min(even, odd) <= 1 && Math.max(even, odd) * 3 > sample.length
}

/** How many of the first characters are of Latin letters as people write them here. */
function usual(text: string): number {
  return text.slice(0, 256).match(/[\t\x20-\x7e\u00c0-\u01b4\u1ea0-\u1ef9]/g)?.length ?? 0
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d || byte === 0x00
}

const oddLetter = /[[\p{Cc}\ufffd]--[\t\n\r]]/v

/** True if more than one character in ten is a control character: a record for no line format. */
export function looksBinary(text: string): boolean {
  // Few texts have one, and looking for one takes half as long as counting.
  if (!oddLetter.test(text)) return false
  const looked = Math.min(text.length, 1024)
  let odd = 0
  for (let at = 0; at < looked; at++) {
    const code = text.charCodeAt(at)
    if ((code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) || code === 0xfffd) odd++
  }
  return odd * 10 > looked
}
