import { hash, randomBytes } from 'node:crypto'
import { type IdKind, idPrefixes } from '@haidang/contracts/id'
import type { Clock } from './clock.ts'

/** Makes a fresh identifier: prefix and UUID version 7 (RFC 9562 section 5.7). */
export type NewId = (kind: IdKind) => string

/** Identifiers that sort by time; within one millisecond the order is random. */
export function idsFrom(clock: Clock): NewId {
  return (kind) => `${idPrefixes[kind]}_${uuid(clock.now(), randomBytes(10), 7)}`
}

/** A bare UUID version 7, for envelopes. */
export function newUuid(clock: Clock): string {
  return uuid(clock.now(), randomBytes(10), 7)
}

/**
 * An identifier that follows from what it names: prefix and UUID version 8 (RFC 9562 section 5.8)
 * of the receive time (milliseconds) and SHA-256 of the parts. The same parts always give the same id.
 */
export function derivedId(kind: IdKind, receivedAt: number, ...parts: (string | number)[]): string {
  const digest = hash('sha256', parts.join('\u0000'), 'buffer')
  return `${idPrefixes[kind]}_${uuid(receivedAt, digest, 8)}`
}

function uuid(milliseconds: number, filling: Buffer, version: 7 | 8): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(milliseconds, 0, 6)
  filling.copy(bytes, 6, 0, 10)
  bytes[6] = (bytes.readUInt8(6) & 0x0f) | (version << 4)
  bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
