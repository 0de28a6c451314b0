import type { z } from 'zod'
import type { Permission } from './permission.ts'
import type { SensitiveKind } from './sensitive-read.ts'

/** Who may call without a session, and why it is safe to say so here. */
export type Access = Permission | 'public' | 'signed-in'

/** One HTTP operation: the only place its path, permission and shapes are written. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly permission: Access
  readonly summary: string
  /** Who reads this is written in the journal before the answer goes out. */
  readonly reads?: SensitiveKind
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly reply: z.ZodType
}

type Part = 'params' | 'query' | 'body'
type Sent<E, P extends Part> = E extends Record<P, z.ZodType> ? Record<P, z.input<E[P]>> : unknown
type Read<E, P extends Part> = E extends Record<P, z.ZodType> ? Record<P, z.output<E[P]>> : unknown

export type Api = Record<string, Endpoint>
export type Call<E extends Endpoint> = Sent<E, 'params'> & Sent<E, 'query'> & Sent<E, 'body'>
export type Request<E extends Endpoint> = Read<E, 'params'> & Read<E, 'query'> & Read<E, 'body'>
export type Reply<E extends Endpoint> = z.output<E['reply']>

export function endpoint<const E extends Endpoint>(definition: E): E {
  return definition
}
