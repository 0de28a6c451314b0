import type { Seal } from '@haidang/link/keys/seal'
import { z } from 'zod'
import type { Client } from '../../http/client.ts'

/** Milliseconds somebody has to sign in at the provider, and to type a code afterwards. */
export const lifetime = 10 * 60_000

const common = {
  /** Spent once. */
  id: z.string(),
  provider_id: z.string(),
  to: z.string(),
  until: z.number(),
}

/** A question under way: what only the browser that asked it holds. */
const Asked = z.object({
  ...common,
  step: z.literal('asked'),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirect_uri: z.string(),
  /** Whose account is being linked, in which session; null: somebody signs in. */
  link: z.object({ person_id: z.string(), session_id: z.string() }).nullable(),
})

/** The provider has said who it is; a second factor of ours is still wanting. */
const Proved = z.object({
  ...common,
  step: z.literal('proved'),
  person_id: z.string(),
  /** Who they are there; linked with the account once the code is right. */
  subject: z.string(),
  email: z.string().nullable(),
})

export type Asked = z.infer<typeof Asked>
export type Proved = z.infer<typeof Proved>
const Attempt = z.discriminatedUnion('step', [Asked, Proved])
export type Attempt = z.infer<typeof Attempt>

const owner = 'provider sign-in'

/**
 * Sign-ins under way live in the browser that began them, sealed, and in no table: beginning many costs nothing, and
 * an answer that another browser brings is no answer.
 */
export class AttemptCookie {
  readonly #seal: Seal
  readonly #name: string

  constructor(seal: Seal, nodeId: string) {
    this.#seal = seal
    this.#name = `haidang_provider_${nodeId.slice(-12)}`
  }

  set(client: Client, attempt: Attempt): string {
    const sealed = this.#seal.seal(owner, JSON.stringify(attempt))
    return this.#cookie(client, sealed, lifetime / 1000)
  }

  clear(client: Client): string {
    return this.#cookie(client, '', 0)
  }

  /** Undefined where there is none, or one that is not ours or too old. */
  read(client: Client, now: number): Attempt | undefined {
    const sealed = cookieOf(client.cookie ?? '', this.#nameFor(client))
    if (!sealed) return undefined
    const opened = this.#open(sealed)
    return opened && opened.until > now ? opened : undefined
  }

  #open(sealed: string): Attempt | undefined {
    try {
      return Attempt.parse(JSON.parse(this.#seal.open(owner, sealed)))
    } catch {
      // Altered, sealed by a key of before, or of another version: as good as none.
      return undefined
    }
  }

  #cookie(client: Client, value: string, seconds: number): string {
    const parts = [`${this.#nameFor(client)}=${value}`, 'Path=/', `Max-Age=${seconds}`]
    return [...parts, 'HttpOnly', 'SameSite=Lax', ...(client.secure ? ['Secure'] : [])].join('; ')
  }

  /** Browsers take `__Host-` from this very host over TLS alone, and only for all its paths. */
  #nameFor({ secure }: Client): string {
    return secure ? `__Host-${this.#name}` : this.#name
  }
}

function cookieOf(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name) return value
  }
  return undefined
}
