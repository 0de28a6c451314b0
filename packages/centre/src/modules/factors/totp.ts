import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const secretBytes = 20
/** Seconds one code lives. */
const period = 30
const digits = 6
/** Codes of so many steps before and after the present count, too: clocks of telephones differ. */
const drift = 1

/** 160 random bits, base32, as RFC 4226 section 4 advises. */
export function newTotpSecret(): string {
  return base32(randomBytes(secretBytes))
}

/**
 * What an authenticator reads from the picture; its holder sees issuer and account. The parameters all of them take for
 * granted are left out: a smaller picture is easier to read.
 */
export function totpUri(secret: string, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`
}

/** The code of one step of time (RFC 6238 with the parameters every authenticator knows). */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** The step of time at an instant, milliseconds of the epoch. */
export function totpStep(now: number): number {
  return Math.floor(now / 1000 / period)
}

/** The step a code belongs to; undefined where it is no code of these moments. Every candidate is compared. */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  const given = Buffer.from(code)
  if (given.length !== digits) return undefined
  const present = totpStep(now)
  let found: number | undefined
  for (let step = present - drift; step <= present + drift; step++) {
    if (timingSafeEqual(Buffer.from(totpCode(secret, step)), given)) found ??= step
  }
  return found
}

/** RFC 4648 without padding. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
  const bytes = bits.join('').match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
}
