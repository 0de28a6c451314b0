import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A token for a json-lines source; only its hash is kept. */
export function newSourceToken(): string {
  return `hds_${randomBytes(32).toString('base64url')}`
}

/** SHA-256, hexadecimal. The token is random, so that a slow hash would protect nothing. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Compares in constant time. */
export function isToken(token: string, hash: string | null): boolean {
  if (hash === null) return false
  const given = Buffer.from(hashOfToken(token))
  const wanted = Buffer.from(hash)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
