import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Permission } from './permission.ts'
import { Tlp } from './tlp.ts'

export const Language = z.enum(['vi', 'en'])
export type Language = z.infer<typeof Language>

export const Role = z.object({
  id: z.string().describe('stable name: administrator, watch-officer, analyst, coordinator …'),
  name_vi: z.string(),
  name_en: z.string(),
  permissions: z.array(Permission),
  clearance: Tlp.describe('highest TLP the role may see'),
  scope: z
    .enum(['node', 'organisation'])
    .describe('sees all organisations of this node, or its own'),
})
export type Role = z.infer<typeof Role>

export const Person = z.object({
  id: idOf('person'),
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  name: z.string(),
  email: z.email(),
  role_id: z.string(),
  language: Language,
  disabled: z.boolean(),
  created_at: Instant,
})
export type Person = z.infer<typeof Person>

/** bcrypt-class hashes cut long input and short ones fall to guessing: 12 to 128 characters. */
export const Password = z.string().min(12).max(128)

export const PersonDraft = z.object({
  organisation_id: idOf('organisation'),
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254),
  role_id: z.string(),
  language: Language.default('vi'),
  password: Password,
})
export type PersonDraft = z.infer<typeof PersonDraft>

/** Who is signed in, and what the portal may show them. */
export const Me = z.object({
  person: Person,
  role: Role,
  permissions: z.array(Permission),
  factor_missing: z
    .boolean()
    .describe('the role needs a second factor; until there is one, nothing else opens'),
  node: z.object({
    id: z.string(),
    name: z.string(),
    organisation_id: z.string(),
    organisation_name: z.string(),
    version: z.string(),
    has_parent: z.boolean(),
    has_children: z.boolean(),
    simulated: z.boolean(),
  }),
})
export type Me = z.infer<typeof Me>

/** Networks in CIDR, or single addresses. */
const Network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])

const keyFacts = {
  account_id: idOf('serviceAccount')
    .nullable()
    .describe('the service account it belongs to, of the same organisation and role'),
  organisation_id: idOf('organisation'),
  role_id: z.string(),
  scopes: z
    .array(Permission)
    .min(1)
    .nullable()
    .describe('what of its role it may do; null: all of it'),
  expires_at: Instant.nullable(),
  addresses: z.array(Network).max(50).describe('where it may be used from; none: anywhere'),
}

export const ApiKey = z.object({
  id: idOf('key'),
  name: z.string(),
  account_name: z.string().nullable(),
  ...keyFacts,
  created_at: Instant,
  last_used_at: Instant.nullable(),
  last_used_address: z.string().nullable(),
  revoked_at: Instant.nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

export const ApiKeyDraft = z.object({
  name: z.string().trim().min(1).max(120),
  ...keyFacts,
  account_id: keyFacts.account_id.default(null),
  scopes: keyFacts.scopes.default(null),
  expires_at: keyFacts.expires_at.default(null),
  addresses: keyFacts.addresses.default([]),
})
export type ApiKeyDraft = z.infer<typeof ApiKeyDraft>
