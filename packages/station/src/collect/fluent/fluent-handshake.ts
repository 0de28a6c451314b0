import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { MessagePackReader } from './message-pack.ts'
import { messagePack } from './message-pack-writer.ts'

/** Who may send by Fluent forward. */
export interface FluentAccess {
  /** Undefined: no handshake, addresses and certificates decide. */
  readonly sharedKey: string | undefined
  /** Passwords by user; none: no user is asked for. */
  readonly users: Readonly<Record<string, string>>
}

const serverName = 'haidang'

/** The answer to a sender's PING. */
interface Welcome {
  readonly reply: Buffer
  readonly isAdmitted: boolean
  /** Whom it proved to be, where users are asked for. */
  readonly user: string | undefined
}

/** One handshake of Fluent forward, version 1: HELO, PING, PONG; both sides prove the shared key. */
export class FluentHandshake {
  readonly #access: FluentAccess & { readonly sharedKey: string }
  readonly #nonce = randomBytes(16)
  readonly #authentication: Buffer

  constructor(access: FluentAccess & { readonly sharedKey: string }) {
    this.#access = access
    const asksUser = Object.keys(access.users).length > 0
    this.#authentication = asksUser ? randomBytes(16) : Buffer.alloc(0)
  }

  get hello(): Buffer {
    const options = new Map<string, Buffer | boolean>([
      ['nonce', this.#nonce],
      ['auth', this.#authentication],
      ['keepalive', true],
    ])
    return messagePack(['HELO', options])
  }

  /** Judges a PING. Throws ProtocolError where it is none. */
  answer(ping: Buffer): Welcome {
    const reader = new MessagePackReader(ping)
    const values = reader.array()
    const [kind = '', host = '', salt = '', digest = '', user = '', password = ''] = Array.from(
      { length: Math.min(values, 6) },
      () => reader.bytes(),
    )
    const key = this.#access.sharedKey
    const isPing = String(kind) === 'PING'
    const isKnown = isPing && isSame(digest, hash(salt, host, this.#nonce, key))
    const isAdmitted = isKnown && this.#isUser(String(user), password)
    const reason = isAdmitted ? '' : 'shared key, user or password is wrong'
    const proof = isAdmitted ? hash(salt, serverName, this.#nonce, key) : ''
    const reply = messagePack(['PONG', isAdmitted, reason, serverName, proof])
    const asksUser = this.#authentication.length > 0
    return { reply, isAdmitted, user: isAdmitted && asksUser ? String(user) : undefined }
  }

  #isUser(user: string, digest: Buffer | string): boolean {
    if (this.#authentication.length === 0) return true
    const { users } = this.#access
    const password = Object.hasOwn(users, user) ? users[user] : undefined
    const wanted = hash(this.#authentication, user, password ?? '')
    return isSame(digest, wanted) && password !== undefined
  }
}

function hash(...parts: readonly (Buffer | string)[]): string {
  const sum = createHash('sha512')
  for (const part of parts) sum.update(part)
  return sum.digest('hex')
}

function isSame(given: Buffer | string, wanted: string): boolean {
  const bytes = Buffer.from(given)
  return bytes.length === wanted.length && timingSafeEqual(bytes, Buffer.from(wanted))
}
