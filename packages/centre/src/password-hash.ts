import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { verifyPassword } from 'better-auth/crypto'

/**
 * What a hash costs: 32 MiB of memory three times over, of the settings OWASP's Password Storage Cheat Sheet
 * calls equal the one a small host can afford for several at once.
 */
const cost = { N: 2 ** 15, r: 8, p: 3 }
const saltBytes = 16
const keyBytes = 32
const kept = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/

/** scrypt (RFC 7914) with its own salt; the text says what it cost, so that the cost may rise later. */
export async function hashOfPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const key = await derived(password, salt, cost)
  const parts = ['scrypt', Math.log2(cost.N), cost.r, cost.p]
  return [...parts, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** Whether a password is the one a hash was made of; hashes of before this file are read too. */
export async function isPasswordOf(hash: string, password: string): Promise<boolean> {
  const [, log2, r, p, salt = '', key = ''] = kept.exec(hash) ?? []
  if (log2 === undefined) return verifyPassword({ hash, password })
  const settings = { N: 2 ** Number(log2), r: Number(r), p: Number(p) }
  const found = await derived(password, Buffer.from(salt, 'base64url'), settings)
  return timingSafeEqual(found, Buffer.from(key, 'base64url'))
}

function derived(password: string, salt: Buffer, settings: typeof cost): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const maxmem = 256 * settings.N * settings.r
  // One text however a keyboard composes its marks (NIST SP 800-63B section 3.1.1.2).
  scrypt(password.normalize('NFKC'), salt, keyBytes, { ...settings, maxmem }, (error, key) => {
    if (error) reject(error)
    else resolve(key)
  })
  return promise
}
