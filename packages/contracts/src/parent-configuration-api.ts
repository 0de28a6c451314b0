import { z } from 'zod'
import { SettingName, SettingState } from './directed-configuration.ts'
import { endpoint } from './endpoint.ts'
import { Instant } from './instant.ts'

/** One setting of this node its parent may or may not set. */
const OwnSetting = z.object({
  name: z.string(),
  allowed: z.boolean().describe('whether the owner lets the parent set it'),
  decided_by: z.string().nullable().describe('null: as shipped'),
  decided_at: Instant.nullable(),
  reason: z.string(),
  state: SettingState.nullable().describe('null: the parent does not set it'),
  problem: z.string().nullable(),
  value: z.string().nullable().describe('what the parent sets, in short'),
})

/** What the parent set here, and what of it the owner lets it. */
export const OwnConfiguration = z.object({
  given: z
    .object({
      number: z.int(),
      set_by: z.string(),
      set_at: Instant,
      reason: z.string(),
      received_at: Instant,
    })
    .nullable()
    .describe('null: the parent never set anything'),
  settings: z.array(OwnSetting),
})
export type OwnConfiguration = z.infer<typeof OwnConfiguration>

export const parentConfigurationApi = {
  get: endpoint({
    method: 'GET',
    path: '/api/v1/parent-configuration',
    permission: 'station.read',
    summary: 'Read what the parent set at this node, and what it may set',
    reply: OwnConfiguration,
  }),
  decide: endpoint({
    method: 'POST',
    path: '/api/v1/parent-configuration/decide',
    permission: 'station.manage',
    summary: 'Let the parent set something, or take that back: what it set ends with it',
    body: z.object({
      name: SettingName,
      allowed: z.boolean(),
      reason: z.string().trim().min(3).max(1000),
    }),
    reply: OwnConfiguration,
  }),
}
