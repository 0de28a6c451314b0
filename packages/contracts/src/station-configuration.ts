import { z } from 'zod'
import { HeartbeatSeconds, SettingState, SilenceSeconds } from './directed-configuration.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'

/** A version of a regulation profile of this node. */
const ProfileVersion = z.strictObject({
  profile: z.string().min(1).max(60),
  version: z.int().min(0).describe('0: as shipped'),
})
export type ProfileVersion = z.infer<typeof ProfileVersion>
const Profiles = z.array(ProfileVersion).min(1).max(10)

/** What is set; what is left out is the station's own affair. */
export const StationSettings = z.strictObject({
  calendar: Profiles.optional().describe('profiles of holidays and working hours'),
  regulations: Profiles.optional().describe('other regulation profiles'),
  heartbeat_seconds: HeartbeatSeconds.optional().describe('between two heartbeats'),
  silence_seconds: SilenceSeconds.optional().describe('default silence span of new sources'),
})
export type StationSettings = z.infer<typeof StationSettings>

/** Which stations, and what is set at them. */
const ConfigurationGroup = z.strictObject({
  name: z.string().trim().min(1).max(120),
  organisations: z.array(idOf('organisation')).max(500).default([]),
  stations: z.array(idOf('station')).max(500).default([]),
  settings: StationSettings,
})
export type ConfigurationGroup = z.infer<typeof ConfigurationGroup>

/**
 * What all stations are to be configured as. A group without organisations and stations reaches every station;
 * where several groups reach one, a later group overrules the settings it names.
 */
export const ConfigurationPlan = z.strictObject({
  groups: z
    .array(ConfigurationGroup)
    .max(50)
    .refine((groups) => new Set(groups.map(({ name }) => name)).size === groups.length, {
      error: 'two groups have the same name',
    }),
})
export type ConfigurationPlan = z.infer<typeof ConfigurationPlan>

export const ConfigurationVersion = z.object({
  number: z.int().min(1),
  plan: ConfigurationPlan,
  reason: z.string(),
  restores: z.int().nullable().describe('the version whose plan this one brings back'),
  actor_name: z.string(),
  created_at: Instant,
})
export type ConfigurationVersion = z.infer<typeof ConfigurationVersion>

/** One station a plan reaches. */
export const ReachedStation = z.object({
  station_id: z.string(),
  station_name: z.string(),
  organisation_name: z.string(),
  groups: z.array(z.string()),
  settings: StationSettings,
  changed: z.boolean().describe('whether it would be sent anything new'),
})
export type ReachedStation = z.infer<typeof ReachedStation>

/** none: nothing is set · pending: not answered yet · applied: all of it · partly: some refused or invalid. */
export const ConfigurationState = z.enum(['none', 'pending', 'applied', 'partly'])
export type ConfigurationState = z.infer<typeof ConfigurationState>

/** What a station was given and what it says of it. */
export const StationConfiguration = z.object({
  station_id: z.string(),
  station_name: z.string(),
  organisation_id: z.string(),
  assigned: z.int().nullable().describe('version it was given last'),
  assigned_at: Instant.nullable(),
  answered: z.int().nullable().describe('version it answered last'),
  answered_at: Instant.nullable(),
  state: ConfigurationState,
  settings: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['pending', ...SettingState.options]),
      problem: z.string().nullable(),
    }),
  ),
})
export type StationConfiguration = z.infer<typeof StationConfiguration>
