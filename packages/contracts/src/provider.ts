import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'

/** Hosts of this very machine, where a provider may speak plain HTTP. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, search, hash, username, password } = new URL(text)
  if (search || hash || username || password) return false
  return protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname))
}

const Issuer = z
  .string()
  .trim()
  .max(500)
  .refine(isIssuer, 'an https:// address without query (http:// only on this machine)')

const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a domain such as ministry.example')

/** Whose account somebody of the provider opens: of the same verified e-mail, or only one linked before. */
export const Matching = z.enum(['verified-email', 'linked'])
export type Matching = z.infer<typeof Matching>

/** When signing in at the provider is two factors: never, where its token says so, always. */
export const ProviderFactor = z.enum(['own', 'stated', 'always'])
export type ProviderFactor = z.infer<typeof ProviderFactor>

const facts = {
  name: z.string().trim().min(1).max(80).describe('what the button says'),
  client_id: z.string().trim().min(1).max(300),
  matching: Matching,
  domains: z.array(Domain).max(50).describe('of e-mails that may enter; none: any'),
  creates: z.boolean().describe('makes an account, in role reader, for who has none'),
  organisation_id: idOf('organisation').nullable().describe('of accounts it makes'),
  second_factor: ProviderFactor,
  factor_values: z
    .array(z.string().trim().min(1).max(200))
    .max(20)
    .describe('values of `amr` or `acr` that state two factors'),
  inside: z.boolean().describe('may stand at a private or local address'),
  enabled: z.boolean(),
}

/** A provider of single sign-on (OpenID Connect) people of this node may sign in at. */
export const Provider = z.object({
  id: idOf('provider'),
  issuer: z.string(),
  ...facts,
  secret_set: z.boolean(),
  redirect_uri: z
    .string()
    .nullable()
    .describe('to register there; null: http.public_url is wanting'),
  created_at: Instant,
  updated_at: Instant,
})
export type Provider = z.infer<typeof Provider>

const client_secret = z.string().min(1).max(1000)

export const ProviderDraft = z.object({
  issuer: Issuer,
  client_secret: client_secret.optional().describe('kept sealed and never shown'),
  ...facts,
  matching: facts.matching.default('linked'),
  domains: facts.domains.default([]),
  creates: facts.creates.default(false),
  organisation_id: facts.organisation_id.default(null),
  second_factor: facts.second_factor.default('own'),
  factor_values: facts.factor_values.default([]),
  inside: facts.inside.default(false),
  enabled: facts.enabled.default(true),
})
export type ProviderDraft = z.infer<typeof ProviderDraft>

/** The issuer stays: identities are known by it, and another one is another provider. */
export const ProviderChange = z.object({ client_secret, ...facts }).partial()
export type ProviderChange = z.infer<typeof ProviderChange>

/** What a provider says of itself. */
export const ProviderCheck = z.object({
  authorization_endpoint: z.string(),
  pkce: z.boolean().describe('says that it checks who redeems a code (RFC 7636, S256)'),
  names_itself: z.boolean().describe('names itself in its answers (RFC 9207)'),
  seconds_apart: z.int().nullable().describe('how far its clock is from ours'),
})
export type ProviderCheck = z.infer<typeof ProviderCheck>

/** Who somebody is at a provider. */
export const Identity = z.object({
  id: idOf('identity'),
  provider_id: idOf('provider'),
  provider_name: z.string(),
  email: z.string().nullable(),
  linked_at: Instant,
  last_used_at: Instant.nullable(),
})
export type Identity = z.infer<typeof Identity>

/** Where to go afterwards: a path of this node, never another site. */
export const LocalPath = z.string().max(2000).refine(isLocal, 'a path of this node')

function isLocal(text: string): boolean {
  const here = 'http://here.invalid'
  return text.startsWith('/') && URL.canParse(text, here) && new URL(text, here).origin === here
}
