import { randomBytes } from 'node:crypto'
import { hashOf } from '../../secret.ts'
import { base32 } from './totp.ts'

const count = 10
/** 136 bits: too many to guess, so a plain hash of a code may be kept. */
const codeBytes = 17

/** Codes for whoever has lost the authenticator, each good once: four groups of seven. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: count }, () => grouped(base32(randomBytes(codeBytes))))
}

/** What is kept of a recovery code; case, spaces and dashes do not count. */
export function recoveryHash(code: string): string {
  return hashOf(`recovery:${code.toUpperCase().replace(/[\s-]/g, '')}`)
}

function grouped(text: string): string {
  return text.match(/.{7}/g)?.join('-') ?? text
}
