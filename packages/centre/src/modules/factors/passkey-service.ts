import type { Factors, Passkey, PasskeyMade, PasskeyShown } from '@haidang/contracts/factor'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import { Problem } from '@haidang/runtime/problem'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Client } from '../../http/client.ts'
import type { WithCookies } from '../../http/with-cookies.ts'
import { personIdOf } from '../../signed-in.ts'
import type { FreshService } from '../accounts/fresh-service.ts'
import type { PersonService } from '../people/person-service.ts'
import { challengeEnd, newChallenge } from './challenge.ts'
import type { FactorService } from './factor-service.ts'
import { type PasskeyRow, type PasskeyStore, passkeyOf } from './passkey-store.ts'

interface PasskeyParts {
  readonly database: Database
  readonly store: PasskeyStore
  readonly factors: FactorService
  readonly people: PersonService
  readonly fresh: FreshService
  readonly clock: Clock
  readonly newId: NewId
  /** Signs challenges. */
  readonly secret: string
}

/** Passkeys of one person. */
const most = 20
const signIn = 'sign-in'

/**
 * Passkeys (WebAuthn level 3): made and shown with the holder's PIN, finger or face, so that one is two factors.
 * Each is bound to the host name it was made under.
 */
export class PasskeyService {
  readonly #parts: PasskeyParts

  constructor(parts: PasskeyParts) {
    this.#parts = parts
  }

  /** Throws Problem session.stale, password.wrong, passkey.too-many. */
  async begin(
    caller: Caller,
    client: Client,
    password: string | undefined,
  ): Promise<Record<string, unknown>> {
    const { database, store, people, fresh } = this.#parts
    const personId = personIdOf(caller)
    await fresh.require(caller, client, password)
    const [person, kept] = await database.transact(systemScope, async (tx) => [
      await people.require(tx, personId),
      await store.of(tx, personId),
    ])
    if (kept.length >= most) throw new Problem('passkey.too-many')
    const options = await generateRegistrationOptions({
      rpName: 'Hải Đăng',
      rpID: client.host,
      userID: Uint8Array.from(Buffer.from(personId)),
      userName: person.email,
      userDisplayName: person.name,
      challenge: this.#challenge(`make:${personId}`),
      attestationType: 'none',
      excludeCredentials: kept.map(({ credential_id, transports }) => ({
        id: credential_id,
        transports,
      })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    return { ...options }
  }

  /** Keeps what the browser made for `begin`. Throws Problem passkey.refused, passkey.too-many. */
  async add(
    caller: Caller,
    client: Client,
    { name, made }: { readonly name: string; readonly made: PasskeyMade },
  ): Promise<WithCookies<Passkey>> {
    const { database, store, factors, people, clock, newId } = this.#parts
    const personId = personIdOf(caller)
    const { transports, ...response } = made.response
    const found = await refusable(
      verifyRegistrationResponse({
        response: { ...made, response, clientExtensionResults: {} },
        expectedChallenge: (challenge) => this.#end(`make:${personId}`, challenge) !== undefined,
        expectedOrigin: client.origin,
        expectedRPID: client.host,
        requireUserVerification: true,
      }),
    )
    if (!found.verified) throw new Problem('passkey.refused')
    const { credential, credentialBackedUp } = found.registrationInfo
    const row: PasskeyRow = {
      id: newId('passkey'),
      person_id: personId,
      credential_id: credential.id,
      public_key: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: transports ?? [],
      rp_id: client.host,
      name,
      synced: credentialBackedUp,
      created_at: clock.iso(),
      last_used_at: null,
    }
    return database.transact(systemScope, async (tx) => {
      const person = await people.requireLocked(tx, personId)
      await this.#spend(tx, `make:${personId}`, challengeOf(made.response.clientDataJSON))
      if ((await store.of(tx, personId)).length >= most) throw new Problem('passkey.too-many')
      if (await store.byCredential(tx, row.credential_id)) throw new Problem('passkey.refused')
      await store.add(tx, row)
      const body = passkeyOf(row)
      const told = { type: 'passkey.added', after: body } as const
      return { body, cookies: await factors.changed(tx, caller, client, person, told) }
    })
  }

  /** Throws Problem passkey.not-found. */
  rename(caller: Caller, id: string, name: string): Promise<Passkey> {
    const { database, store, factors, people } = this.#parts
    const personId = personIdOf(caller)
    return database.transact(systemScope, async (tx) => {
      const row = await store.rename(tx, personId, id, name)
      if (!row) throw new Problem('passkey.not-found', id)
      const person = await people.require(tx, personId)
      await factors.note(tx, caller.scope.actor, person, 'passkey.renamed', passkeyOf(row))
      return passkeyOf(row)
    })
  }

  /** It opens nothing any more, and every other session ends. Throws Problem passkey.not-found, session.stale, password.wrong. */
  async remove(
    caller: Caller,
    client: Client,
    id: string,
    password: string | undefined,
  ): Promise<WithCookies<Factors>> {
    const { database, store, factors, people, fresh } = this.#parts
    const personId = personIdOf(caller)
    await fresh.require(caller, client, password)
    return database.transact(systemScope, async (tx) => {
      const person = await people.requireLocked(tx, personId)
      const row = await store.remove(tx, personId, id)
      if (!row) throw new Problem('passkey.not-found', id)
      const told = { type: 'passkey.removed', after: passkeyOf(row) } as const
      const cookies = await factors.changed(tx, caller, client, person, told)
      return { body: await factors.of(tx, personId), cookies }
    })
  }

  /** The same for everybody: who has a passkey here is nobody's business before it is shown. */
  async offer(client: Client): Promise<Record<string, unknown>> {
    const options = await generateAuthenticationOptions({
      rpID: client.host,
      challenge: this.#challenge(signIn),
      userVerification: 'required',
    })
    return { ...options }
  }

  /** Whose passkey this is. Throws Problem passkey.refused, in the same words whatever is wrong with it. */
  async verify(tx: Tx, client: Client, shown: PasskeyShown): Promise<string> {
    const { store, clock } = this.#parts
    const { userHandle: _, ...response } = shown.response
    const row = await store.byCredential(tx, shown.id)
    if (!row) throw new Problem('passkey.refused')
    const { verified, authenticationInfo } = await refusable(
      verifyAuthenticationResponse({
        response: { ...shown, response, clientExtensionResults: {} },
        expectedChallenge: (challenge) => this.#end(signIn, challenge) !== undefined,
        expectedOrigin: client.origin,
        expectedRPID: row.rp_id,
        requireUserVerification: true,
        credential: {
          id: row.credential_id,
          publicKey: Uint8Array.from(Buffer.from(row.public_key, 'base64url')),
          counter: row.counter,
        },
      }),
    )
    if (!verified) throw new Problem('passkey.refused')
    await this.#spend(tx, signIn, challengeOf(shown.response.clientDataJSON))
    await store.noteUse(tx, row.id, authenticationInfo.newCounter, clock.iso())
    return row.person_id
  }

  /** As bytes: given as text it would be encoded once more. */
  #challenge(purpose: string): Uint8Array<ArrayBuffer> {
    const { secret, clock } = this.#parts
    return Uint8Array.from(Buffer.from(newChallenge(secret, purpose, clock.now()), 'base64url'))
  }

  #end(purpose: string, challenge: string): number | undefined {
    const { secret, clock } = this.#parts
    return challengeEnd(secret, purpose, challenge, clock.now())
  }

  async #spend(tx: Tx, purpose: string, challenge: string): Promise<void> {
    const { store, clock } = this.#parts
    const end = this.#end(purpose, challenge)
    if (end === undefined || !(await store.spend(tx, challenge, isoOf(end), clock.iso()))) {
      throw new Problem('passkey.refused')
    }
  }
}

/** The library throws for whatever it does not accept. */
async function refusable<T>(check: Promise<T>): Promise<T> {
  try {
    return await check
  } catch (error) {
    throw new Problem('passkey.refused', error instanceof Error ? error.message.slice(0, 200) : '')
  }
}

/** Of client data that were verified before. */
function challengeOf(clientDataJSON: string): string {
  const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
  return String((data as { challenge?: unknown }).challenge ?? '')
}
