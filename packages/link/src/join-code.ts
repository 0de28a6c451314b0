import { createHash } from 'node:crypto'
import { Problem } from '@haidang/runtime/problem'

/** What a join code carries: where the parent is, how to recognise it, and the secret (link.md section 1). */
export interface JoinInvitation {
  /** `https://host:port` of the parent's link listener. */
  readonly url: string
  /** SHA-256 of the parent authority's certificate (DER), 32 bytes. */
  readonly authority: Uint8Array
  /** 16 random bytes; the parent keeps their hash only. */
  readonly secret: Uint8Array
}

const prefix = 'HD1-'
const authorityBytes = 32
const secretBytes = 16
const checkBytes = 4

/** Writes an invitation as one word: `HD1-` and base64url of authority, secret, address and a checksum. */
export function writeJoinCode({ url, authority, secret }: JoinInvitation): string {
  const payload = Buffer.concat([authority, secret, Buffer.from(url, 'utf8')])
  return prefix + Buffer.concat([payload, checksum(payload)]).toString('base64url')
}

/**
 * Reads a code as people paste it: blanks and line breaks anywhere are ignored.
 * Throws Problem join.code-unreadable when a character is wrong or missing.
 */
export function readJoinCode(code: string): JoinInvitation {
  const compact = code.replaceAll(/\s/g, '')
  if (!compact.startsWith(prefix)) throw unreadable(`a join code starts with ${prefix}`)
  const bytes = Buffer.from(compact.slice(prefix.length), 'base64url')
  if (bytes.length <= authorityBytes + secretBytes + checkBytes) throw unreadable('it is cut short')
  const payload = bytes.subarray(0, -checkBytes)
  if (!checksum(payload).equals(bytes.subarray(-checkBytes))) {
    throw unreadable('the checksum differs: a character is wrong or missing')
  }
  const url = payload.subarray(authorityBytes + secretBytes).toString('utf8')
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') throw unreadable('no https address')
  return {
    url,
    authority: payload.subarray(0, authorityBytes),
    secret: payload.subarray(authorityBytes, authorityBytes + secretBytes),
  }
}

function checksum(payload: Uint8Array): Buffer {
  return createHash('sha256').update(payload).digest().subarray(0, checkBytes)
}

function unreadable(detail: string): Problem {
  return new Problem('join.code-unreadable', detail)
}
