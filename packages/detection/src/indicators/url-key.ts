import { hexDigit } from '../ip-address.ts'

const slash = 47
const percent = 37
const question = 63
const hash = 35
const colon = 58
const dot = 46

/**
 * Writes a URL in the form it is compared in (RFC 3986 section 6): scheme and host in lower case, no user,
 * no final dot, no default port, no fragment, no dot segments, percent-encoding only where needed and in
 * upper case. Answers the length, or -1 where it has no authority or is not ASCII. `bytes` must have room
 * for one byte more than the URL has characters.
 */
export function writeUrl(url: string, bytes: Uint8Array): number {
  const scheme = url.indexOf('://')
  if (scheme < 1 || scheme > 32) return -1
  const end = authorityEnd(url, scheme + 3)
  const host = hostStart(url, scheme + 3, end)
  let length = writeLower(url, 0, scheme + 3, bytes, 0)
  length = writeLower(url, host, serverEnd(url, scheme, host, end), bytes, length)
  if (length < 0) return -1
  const path = length
  if (url.charCodeAt(end) !== slash) bytes[length++] = slash
  length = writeRest(url, end, bytes, length)
  return length < 0 ? -1 : withoutDots(bytes, path, length)
}

/** Where the path begins in a URL that writeUrl wrote. */
export function pathStart(bytes: Uint8Array): number {
  return bytes.indexOf(slash, bytes.indexOf(colon) + 3)
}

/** Where the authority that begins at `from` ends. */
export function authorityEnd(url: string, from: number): number {
  for (let i = from; i < url.length; i++) {
    const code = url.charCodeAt(i)
    if (code === slash || code === question || code === hash) return i
  }
  return url.length
}

/** Where the host begins in an authority: after the user, if there is one. */
export function hostStart(url: string, from: number, to: number): number {
  const at = url.lastIndexOf('@', to - 1)
  return at >= from ? at + 1 : from
}

/** Where the host ends: before the colon of the port, if there is one. */
export function hostEnd(url: string, from: number, to: number): number {
  let i = to
  while (i > from && isDigit(url.charCodeAt(i - 1))) i -= 1
  return i > from && url.charCodeAt(i - 1) === colon ? i - 1 : to
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** The end of host and port without a default port; of a host alone, without its final dot. */
function serverEnd(url: string, scheme: number, from: number, to: number): number {
  const end = hostEnd(url, from, to)
  if (to - end > 1 && portOf(url, end + 1, to) !== (scheme === 5 ? 443 : 80)) return to
  return url.charCodeAt(end - 1) === dot ? end - 1 : end
}

function portOf(url: string, from: number, to: number): number {
  let port = 0
  for (let i = from; i < to; i++) port = port * 10 + url.charCodeAt(i) - 48
  return port
}

function writeLower(
  url: string,
  from: number,
  to: number,
  bytes: Uint8Array,
  start: number,
): number {
  if (start < 0) return -1
  let length = start
  for (let i = from; i < to; i++) {
    const code = url.charCodeAt(i)
    if (code > 127) return -1
    bytes[length++] = code >= 65 && code <= 90 ? code + 32 : code
  }
  return length
}

function writeRest(url: string, from: number, bytes: Uint8Array, start: number): number {
  let length = start
  for (let i = from; i < url.length; i++) {
    const code = url.charCodeAt(i)
    if (code > 127) return -1
    if (code === hash) break
    const meant = code === percent ? escapedAt(url, i) : -1
    if (meant < 0) {
      bytes[length++] = code
      continue
    }
    i += 2
    if (isUnreserved(meant)) {
      bytes[length++] = meant
    } else {
      bytes[length++] = percent
      bytes[length++] = upperHex(meant >> 4)
      bytes[length++] = upperHex(meant & 15)
    }
  }
  return length
}

/** The byte a percent-encoding stands for, or -1 where there is none. */
function escapedAt(url: string, at: number): number {
  const high = hexDigit(url.charCodeAt(at + 1))
  const low = hexDigit(url.charCodeAt(at + 2))
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

function isUnreserved(code: number): boolean {
  const lower = code | 32
  if ((lower >= 97 && lower <= 122 && code >= 65) || isDigit(code)) return true
  return code === 45 || code === dot || code === 95 || code === 126
}

function upperHex(digit: number): number {
  return digit < 10 ? 48 + digit : 55 + digit
}

/** Removes `/./` and `/../` between the path's first slash and its query (RFC 3986 section 5.2.4). */
function withoutDots(bytes: Uint8Array, path: number, length: number): number {
  let read = path
  let write = path
  while (read < length && bytes[read] !== question) {
    const end = segmentEnd(bytes, read + 1, length)
    const dots = dotsOf(bytes, read + 1, end)
    const last = end >= length || bytes[end] === question
    if (dots === 2) write = parentOf(bytes, path, write)
    if (dots === 0) {
      bytes.copyWithin(write, read, end)
      write += end - read
    } else if (last) {
      bytes[write++] = slash
    }
    read = end
  }
  bytes.copyWithin(write, read, length)
  return write + length - read
}

function segmentEnd(bytes: Uint8Array, from: number, length: number): number {
  let end = from
  while (end < length && bytes[end] !== slash && bytes[end] !== question) end += 1
  return end
}

/** 1 for a segment `.`, 2 for `..`, else 0. */
function dotsOf(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < 1 || to - from > 2 || bytes[from] !== dot) return 0
  return to - from === 1 ? 1 : bytes[from + 1] === dot ? 2 : 0
}

/** Where the segment before `at` begins. */
function parentOf(bytes: Uint8Array, path: number, at: number): number {
  let parent = at
  while (parent > path) {
    parent -= 1
    if (bytes[parent] === slash) return parent
  }
  return path
}
