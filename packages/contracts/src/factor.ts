import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'

/** How whoever holds a session proved who they are. */
export const SessionFactor = z.enum([
  'password',
  'totp',
  'recovery-code',
  'passkey',
  'provider',
  'provider-alone',
])
export type SessionFactor = z.infer<typeof SessionFactor>

/** Six digits of an authenticator, or one of the recovery codes; spaces and dashes do not count. */
export const FactorCode = z.string().trim().min(6).max(40)

/** The password once more, for whoever signed in some time ago. */
export const Again = z.string().min(1).max(128).optional()

/** A key pair of one device or password manager, known here by its public half (WebAuthn). */
export const Passkey = z.object({
  id: idOf('passkey'),
  name: z.string(),
  rp_id: z.string().describe('host name it opens'),
  synced: z.boolean().describe('its holder’s devices share it'),
  created_at: Instant,
  last_used_at: Instant.nullable(),
})
export type Passkey = z.infer<typeof Passkey>

/** What a person signs in with besides the password. */
export const Factors = z.object({
  totp_since: Instant.nullable(),
  recovery_codes_left: z.int(),
  passkeys: z.array(Passkey),
})
export type Factors = z.infer<typeof Factors>

const Bytes = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\w-]*$/, 'not base64url')

const credential = { id: Bytes(1400), rawId: Bytes(1400), type: z.literal('public-key') }

/** What a browser answers to `navigator.credentials.create` (WebAuthn level 3, JSON form); the rest is left out. */
export const PasskeyMade = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: Bytes(8192),
    attestationObject: Bytes(32_768),
    transports: z.array(z.string().max(20)).max(8).optional(),
  }),
})
export type PasskeyMade = z.infer<typeof PasskeyMade>

/** What a browser answers to `navigator.credentials.get`. */
export const PasskeyShown = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: Bytes(8192),
    authenticatorData: Bytes(8192),
    signature: Bytes(8192),
    userHandle: Bytes(200).optional(),
  }),
})
export type PasskeyShown = z.infer<typeof PasskeyShown>

/** Who needs a second factor, and how long a session lasts. */
export const AccessPolicy = z.object({
  factor_roles: z.array(z.string().max(80)).max(100).describe('roles that need a second factor'),
  idle_minutes: z.int().min(5).max(1440).describe('a session ends after so long without a request'),
  absolute_hours: z.int().min(1).max(720).describe('and so long after it was opened'),
})
export type AccessPolicy = z.infer<typeof AccessPolicy>

/** A session as its holder recognises it. */
export const SessionShown = z.object({
  id: z.string(),
  current: z.boolean(),
  factor: SessionFactor,
  address: z.string().nullable(),
  user_agent: z.string().nullable(),
  created_at: Instant,
  last_used_at: Instant,
})
export type SessionShown = z.infer<typeof SessionShown>
