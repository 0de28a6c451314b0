import { z } from 'zod'
import { Instant } from './instant.ts'

/** Address ranges that stand for no one on the Internet, from the special-purpose registries of IANA (RFC 6890). */
export const addressZones = [
  'private',
  'shared',
  'loopback',
  'link-local',
  'documentation',
  'benchmarking',
  'multicast',
  'broadcast',
  'unspecified',
  'reserved',
] as const
export const AddressZone = z.enum(addressZones)
export type AddressZone = z.infer<typeof AddressZone>

/** An information system of an organisation, as the operator's table names it. */
export const OwningSystem = z.object({
  name: z.string().min(1).max(200),
  uid: z.string().min(1).max(100).optional().describe('number of the system in a register'),
  organisation: z.string().min(1).max(200).optional().describe('whose system it is'),
  level: z.int().min(1).max(5).optional().describe('security level of the system, 1 to 5'),
})
export type OwningSystem = z.infer<typeof OwningSystem>

/** One line of the table of systems: what belongs to which. The longest match counts. */
export const SystemEntry = z.object({
  match: z
    .string()
    .min(1)
    .max(253)
    .describe('address, network (203.0.113.0/24), or name with all below it (example.vn)'),
  system: OwningSystem,
})
export type SystemEntry = z.infer<typeof SystemEntry>

/** What a station adds to an endpoint of an event. */
export const EndpointEnrichment = z.object({
  location: z
    .object({
      country: z.string().optional().describe('ISO 3166-1 alpha-2'),
      is_on_premises: z.boolean().optional().describe('lies in a network of the operator'),
    })
    .optional()
    .describe('OCSF location'),
  autonomous_system: z
    .object({ number: z.int().min(0).max(4_294_967_295), name: z.string().optional() })
    .optional()
    .describe('OCSF autonomous system'),
  zone: AddressZone.optional().describe('special-purpose range the address lies in'),
  system: OwningSystem.optional().describe('information system it belongs to'),
  lease: z
    .object({
      kind: z.enum(['dhcp', 'vpn']),
      since: Instant.describe('from when on the address was given'),
      filled: z
        .array(z.enum(['hostname', 'mac', 'owner']))
        .describe('attributes of this endpoint that the lease gave, not the record'),
    })
    .optional()
    .describe('by which lease host, hardware address or owner are known'),
})

/** What a user agent says of itself. */
export const UserAgentFacts = z
  .object({
    name: z.string().describe('browser, crawler, library or tool'),
    version: z.string().optional(),
    os: z.string().optional(),
    kind: z.enum(['browser', 'bot', 'library', 'tool']),
  })
  .describe('read from user_agent, which anybody may write as he likes')
export type UserAgentFacts = z.infer<typeof UserAgentFacts>
