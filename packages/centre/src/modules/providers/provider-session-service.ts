import { randomBytes } from 'node:crypto'
import type { SessionFactor } from '@haidang/contracts/factor'
import type { Me } from '@haidang/contracts/person'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client'
import type { Client } from '../../http/client.ts'
import type { WithCookies } from '../../http/with-cookies.ts'
import { personIdOf } from '../../signed-in.ts'
import type { FreshService } from '../accounts/fresh-service.ts'
import type { SessionService } from '../accounts/session-service.ts'
import type { ThrottleService } from '../accounts/throttle-service.ts'
import type { FactorService } from '../factors/factor-service.ts'
import type { PersonService } from '../people/person-service.ts'
import { type Asked, type Attempt, type AttemptCookie, lifetime, type Proved } from './attempt.ts'
import type { IdentityService } from './identity-service.ts'
import { authorizationUrl, type Claims, redeem } from './oidc.ts'
import { isStrong, mayEnter } from './provider.ts'
import type { ProviderService } from './provider-service.ts'
import type { ProviderRow } from './provider-store.ts'

interface ProviderSessionParts {
  readonly database: Database
  readonly providers: ProviderService
  readonly identities: IdentityService
  readonly people: PersonService
  readonly sessions: SessionService
  readonly factors: FactorService
  readonly fresh: FreshService
  readonly throttle: ThrottleService
  readonly cookie: AttemptCookie
  readonly journal: Journal
  readonly clock: Clock
  /** The node's public address, as providers know it; undefined where none is configured. */
  readonly publicOrigin: string | undefined
}

/** Where the browser goes now, and what it keeps or forgets. */
interface Going {
  readonly to: string
  readonly cookies: readonly string[]
}

export const callbackPath = '/api/v1/session/provider/callback'
const local = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Single sign-on: out to the provider, back from it, and a second factor of ours where the provider's does not count. */
export class ProviderSessionService {
  readonly #parts: ProviderSessionParts

  constructor(parts: ProviderSessionParts) {
    this.#parts = parts
  }

  /** Throws Problem provider.not-found, provider.no-address, provider.other-address, provider.unreachable and its like. */
  begin(client: Client, providerId: string, to = '/'): Promise<WithCookies<{ url: string }>> {
    return this.#ask(client, providerId, to, null)
  }

  /** The same to link one's own account. Throws Problem session.stale, password.wrong besides. */
  async beginLink(
    caller: Caller,
    client: Client,
    {
      provider_id,
      password,
    }: { readonly provider_id: string; readonly password?: string | undefined },
  ): Promise<WithCookies<{ url: string }>> {
    const person_id = personIdOf(caller)
    await this.#parts.fresh.require(caller, client, password)
    const link = { person_id, session_id: caller.session_id ?? '' }
    return this.#ask(client, provider_id, '/me', link)
  }

  /** Takes the provider's answer: the browser goes where it wanted to, or to a page that says why not. */
  async back(client: Client, answer: URLSearchParams): Promise<Going> {
    const { cookie, clock } = this.#parts
    const asked = cookie.read(client, clock.now())
    const cookies = [cookie.clear(client)]
    if (asked?.step !== 'asked' || asked.state !== answer.get('state')) {
      return { to: '/sign-in?refused=provider.expired', cookies }
    }
    try {
      return await this.#answered(client, asked, answer)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      await this.#refused(client, asked.provider_id, asked.link?.person_id, error)
      const page = asked.link ? '/me' : '/sign-in'
      return { to: pathOf(page, { refused: error.code, to: asked.link ? '/' : asked.to }), cookies }
    }
  }

  /** Throws Problem provider.expired, session.factor-wrong, session.locked, identity.taken. */
  async finish(client: Client, code: string): Promise<WithCookies<{ me: Me; to: string }>> {
    const { database, cookie, clock, people, throttle, sessions } = this.#parts
    const proved = cookie.read(client, clock.now())
    if (proved?.step !== 'proved') throw new Problem('provider.expired')
    const { email } = await database.transact(systemScope, (tx) =>
      people.require(tx, proved.person_id),
    )
    await throttle.attempt(email, client.address)
    try {
      const opened = await sessions.openBy(client, (tx) => this.#finish(tx, client, proved, code))
      return {
        body: { me: opened.body, to: proved.to },
        cookies: [...opened.cookies, cookie.clear(client)],
      }
    } catch (error) {
      if (error instanceof Problem) {
        await this.#refused(client, proved.provider_id, proved.person_id, error)
      }
      throw error
    }
  }

  async #finish(tx: Tx, client: Client, proved: Proved, code: string) {
    const { providers, people, factors, identities, throttle } = this.#parts
    const provider = await providers.require(tx, proved.provider_id)
    const person = await people.requireLocked(tx, proved.person_id)
    if (person.disabled) throw new Problem('provider.expired')
    const factor = await factors.judge(tx, person, code)
    if (factor === 'code-wrong' || factor === 'code-required') {
      throw new Problem('session.factor-wrong')
    }
    await this.#spend(tx, proved)
    await identities.used(tx, provider, person, proved)
    await throttle.succeeded(tx, person.email, client.address)
    return { person, factor: factor === 'password' ? ('provider-alone' as const) : factor }
  }

  async #ask(
    client: Client,
    provider_id: string,
    to: string,
    link: Asked['link'],
  ): Promise<WithCookies<{ url: string }>> {
    const { database, providers, cookie, clock } = this.#parts
    const redirect_uri = this.#redirectUri(client)
    const provider = await database.transact(systemScope, (tx) =>
      providers.require(tx, provider_id),
    )
    const asked: Asked = {
      step: 'asked',
      id: newAttemptId(),
      provider_id,
      to,
      link,
      redirect_uri,
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
      until: clock.now() + lifetime,
    }
    const url = await authorizationUrl(providers.party(provider), asked)
    return { body: { url }, cookies: [cookie.set(client, asked)] }
  }

  async #answered(client: Client, asked: Asked, answer: URLSearchParams): Promise<Going> {
    const { database, providers } = this.#parts
    // Spent before the provider is asked: what comes twice is refused whatever the provider makes of it.
    const provider = await database.transact(systemScope, async (tx) => {
      await this.#spend(tx, asked)
      return providers.require(tx, asked.provider_id)
    })
    const claims = await redeem(providers.party(provider), asked, answer)
    return asked.link
      ? this.#link(client, provider, claims, asked.link)
      : this.#enter(client, provider, claims, asked)
  }

  async #link(
    client: Client,
    provider: ProviderRow,
    { subject, email }: Claims,
    link: NonNullable<Asked['link']>,
  ): Promise<Going> {
    const { database, sessions, identities, cookie } = this.#parts
    const caller = await sessions.callerOf(client)
    // Somebody else may have signed in here meanwhile.
    if (caller?.session_id !== link.session_id || caller.person_id !== link.person_id) {
      throw new Problem('provider.expired')
    }
    if (!mayEnter(provider, email)) throw new Problem('provider.domain')
    await database.transact(systemScope, (tx) =>
      identities.link(tx, caller, provider, { subject, email: email ?? null }),
    )
    return { to: '/me?linked=yes', cookies: [cookie.clear(client)] }
  }

  #enter(client: Client, provider: ProviderRow, claims: Claims, asked: Asked): Promise<Going> {
    const { database, identities, factors, sessions, cookie, clock } = this.#parts
    const { subject } = claims
    const email = claims.email ?? null
    return database.transact(systemScope, async (tx) => {
      const { person, identity } = await identities.find(tx, provider, claims)
      const strong = isStrong(provider, claims.means)
      // An account is linked for the first time only by who shows its own second factor, if it has one.
      const enough = strong && identity !== undefined
      const verdict = enough ? 'provider' : await factors.judge(tx, person, undefined)
      if (verdict === 'code-required') {
        const { provider_id, to } = asked
        const until = clock.now() + lifetime
        const proved: Proved = {
          step: 'proved',
          id: newAttemptId(),
          provider_id,
          to,
          until,
          person_id: person.id,
          subject,
          email,
        }
        const next = pathOf('/sign-in', { second: 'yes', to })
        return { to: next, cookies: [cookie.set(client, proved)] }
      }
      await identities.used(tx, provider, person, { subject, email })
      const factor: SessionFactor = strong ? 'provider' : 'provider-alone'
      const cookies = await sessions.openFor(tx, client, person, factor)
      return { to: asked.to, cookies: [...cookies, cookie.clear(client)] }
    })
  }

  /** Throws Problem provider.expired for what was answered before. */
  async #spend(tx: Tx, { id, until }: Attempt): Promise<void> {
    const first = await this.#parts.factors.spendOnce(tx, id, isoOf(until))
    if (!first) throw new Problem('provider.expired')
  }

  /** Exactly the configured public address; without one, this machine's own while one sits at it. */
  #redirectUri({ origin, host }: Client): string {
    const { publicOrigin } = this.#parts
    if (publicOrigin === undefined) {
      if (local.has(host)) return `${origin}${callbackPath}`
      throw new Problem('provider.no-address')
    }
    if (origin !== publicOrigin) throw new Problem('provider.other-address', publicOrigin)
    return `${publicOrigin}${callbackPath}`
  }

  async #refused(
    { address }: Client,
    provider_id: string,
    person_id: string | undefined,
    { code, message }: Problem,
  ): Promise<void> {
    const { database, journal } = this.#parts
    const id = person_id ?? 'unknown'
    await database.transact(systemScope, (tx) =>
      journal.append(tx, {
        type: 'session.refused',
        organisation_id: null,
        subject: id,
        actor: { id, name: provider_id },
        authority: 'public',
        reason: code,
        after: { provider_id, address, detail: message.slice(0, 300) },
      }),
    )
  }
}

function newAttemptId(): string {
  return `provider ${randomBytes(16).toString('base64url')}`
}

function pathOf(path: string, query: Readonly<Record<string, string>>): string {
  const given = Object.entries(query).filter(([name, value]) => name !== 'to' || value !== '/')
  return `${path}?${new URLSearchParams(given)}`
}
