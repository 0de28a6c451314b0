import { hash, randomBytes } from 'node:crypto'
import { type IdKind, idPrefixes } from '@haidang/contracts/id'
import type { Clock } from './clock.ts'

/** Makes a fresh identifier: prefix and UUID version 7 (RFC 9562 section 5.7). */
export type NewId = (kind: IdKind) => string

/** Identifiers that sort by time; within one millisecond the order is random. */
export function idsFrom(clock: Clock): NewId {
  return (kind) => `${idPrefixes[kind]}_${uuid(clock.now(), randomBytes(10).toString('hex'), 7)}`
}

/** A bare UUID version 7, for envelopes. */
export function newUuid(clock: Clock): string {
  return uuid(clock.now(), randomBytes(10).toString('hex'), 7)
}

/**
 * An identifier that follows from what it names: prefix and UUID version 8 (RFC 9562 section 5.8)
 * of the receive time (milliseconds) and SHA-256 of the parts. The same parts always give the same id.
 */
export function derivedId(kind: IdKind, receivedAt: number, ...parts: (string | number)[]): string {
  const digest = hash('sha256', parts.join('\u0000'), 'hex')
  return `${idPrefixes[kind]}_${uuid(receivedAt, digest, 8)}`
}

const variants = ['8', '9', 'a', 'b'] as const

/** From text to text, as every event has an id: bytes in between cost as much as the digest. `filling`: 20 hexadecimal digits or more. */
function uuid(milliseconds: number, filling: string, version: 7 | 8): string {
  const time = milliseconds.toString(16).padStart(12, '0')
  const variant = variants[Number.parseInt(filling.charAt(4), 16) & 3]
  const head = `${time.slice(0, 8)}-${time.slice(8)}-${version}${filling.slice(1, 4)}`
  return `${head}-${variant}${filling.slice(5, 8)}-${filling.slice(8, 20)}`
}
