import { z } from 'zod'
import { Instant } from './instant.ts'
import { type Regulation, regulationSections } from './regulation.ts'

/** What a parent may set at a node below it, as far as that node's owner lets it. */
export const SettingName = z.enum(['calendar', 'regulations', 'heartbeat', 'silence'])
export type SettingName = z.infer<typeof SettingName>

/** A version of a regulation profile as it travels: checked by its receiver, profile by profile. */
const GivenProfile = z.strictObject({ effective_from: z.iso.date(), regulation: z.unknown() })
const GivenProfiles = z.array(GivenProfile).min(1).max(10)

/** Seconds between two heartbeats. */
export const HeartbeatSeconds = z.int().min(1).max(30)
/** Seconds without a record after which a source whose rhythm is not learned is quiet. */
export const SilenceSeconds = z.int().min(10).max(86_400)

/** The shape of each setting's value on stream `configuration`. */
export const settingValues = {
  calendar: GivenProfiles,
  regulations: GivenProfiles,
  heartbeat: z.strictObject({ seconds: HeartbeatSeconds }),
  silence: z.strictObject({ seconds: SilenceSeconds }),
} as const satisfies Record<SettingName, z.ZodType>

/** Everything a parent sets at one node: data of `configuration.published`. What it leaves out it does not set. */
export const DirectedConfiguration = z.object({
  number: z.int().min(1).describe('of the version; a later one replaces an earlier one whole'),
  set_by: z.string().max(300),
  set_at: Instant,
  reason: z.string().max(1000),
  settings: z
    .record(z.string().max(60), z.unknown())
    .refine((settings) => Object.keys(settings).length <= 50, 'at most 50 settings'),
})
export type DirectedConfiguration = z.infer<typeof DirectedConfiguration>

/** applied: in force · refused: the owner does not let the parent set it · invalid: it cannot be used. */
export const SettingState = z.enum(['applied', 'refused', 'invalid'])
export type SettingState = z.infer<typeof SettingState>

/** What became of one setting. */
export const SettingAnswer = z.object({
  name: z.string().max(60),
  state: SettingState,
  problem: z.string().max(1000).nullable(),
})
export type SettingAnswer = z.infer<typeof SettingAnswer>

/** What a node says of the configuration its parent gave: data of `configuration.answered`. */
export const ConfigurationReport = z.object({
  number: z.int().min(1),
  settings: z.array(SettingAnswer).max(50),
})
export type ConfigurationReport = z.infer<typeof ConfigurationReport>

const calendarSections: ReadonlySet<string> = new Set(['holidays', 'hours'])

/** Sections of a profile that are no matter of a calendar; none: it is one. */
export function beyondCalendar(regulation: Regulation): string[] {
  return regulationSections.filter(
    (section) => !calendarSections.has(section) && regulation[section].length > 0,
  )
}
