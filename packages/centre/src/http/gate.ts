import type { Caller } from '@haidang/runtime/caller'
import type { FastifyRequest } from 'fastify'
import type { SessionService } from '../modules/accounts/session-service.ts'
import type { Client } from '../modules/accounts/session-store.ts'
import type { KeyService } from '../modules/people/key-service.ts'

/** Who a bearer secret stands for; undefined: not one of these, or none that is valid. */
type Bearer = (secret: string) => Promise<Caller | undefined>

/** Says of every request who calls: a bearer secret where there is one, else the session cookie. */
export function createGate(sessions: SessionService, keys: KeyService, local: Bearer) {
  return async (request: FastifyRequest): Promise<Caller | undefined> => {
    const { authorization } = request.headers
    if (authorization === undefined) return sessions.callerOf(clientOf(request))
    // A wrong secret is nobody, whatever cookie comes with it.
    const secret = /^Bearer ([\w-]{16,200})$/i.exec(authorization)?.[1]
    if (!secret) return undefined
    return secret.startsWith('hd_') ? keys.callerOf(secret) : local(secret)
  }
}

/** What of a request a session hangs on. */
export function clientOf(request: FastifyRequest): Client {
  return {
    cookie: request.headers.cookie,
    user_agent: request.headers['user-agent'],
    address: request.ip,
    secure: request.protocol === 'https',
  }
}
