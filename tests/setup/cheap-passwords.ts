import crypto, { type BinaryLike, type ScryptOptions } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

// Hundreds of sign-ins at the real cost of a password take minutes and prove nothing more; the cost itself is
// asserted by password-hash.test.ts, and nodes that tests start as programs pay it. Only that cost is lowered.
const real = { N: 2 ** 15, p: 3 }
const cheap = { N: 2, p: 1 }
const { scrypt } = crypto

type Done = (error: Error | null, key: Buffer) => void

function ofTests(
  password: BinaryLike,
  salt: BinaryLike,
  length: number,
  options: ScryptOptions,
  done: Done,
): void {
  const isPassword = options.N === real.N && options.p === real.p
  scrypt(password, salt, length, isPassword ? { ...options, ...cheap } : options, done)
}

// Named imports of the module are bound to what it has when they are synchronised.
Object.assign(crypto, { scrypt: ofTests })
syncBuiltinESMExports()
