import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { type Label, label } from './label.ts'
import { mayBeMuted, NotificationKind } from './notification-kind.ts'

/** How mails that are not urgent are gathered into one. */
export const Digest = z.enum(['none', 'hourly', 'daily'])
export type Digest = z.infer<typeof Digest>

const Minute = z.int().min(0).max(1439)

/** How somebody wants to be told by mail. What is urgent goes out at once whatever stands here; the portal shows all. */
export const NotificationPreference = z.object({
  muted: z
    .array(NotificationKind)
    .max(NotificationKind.options.length)
    .refine((kinds) => kinds.every(mayBeMuted), {
      error: 'what is urgent, and mails with a one-time link, cannot be done without',
    })
    .describe('kinds of which no mail is sent'),
  digest: Digest,
  digest_at: Minute.describe('of a daily digest, in minutes after midnight in Vietnam'),
  quiet: z
    .object({ from: Minute, to: Minute })
    .refine(({ from, to }) => from !== to, { error: 'begins when it ends', path: ['to'] })
    .nullable()
    .describe(
      'hours without mails, in minutes after midnight; what begins after it ends lasts over midnight',
    ),
  working_days_only: z
    .boolean()
    .describe('days off by the calendar in force are without mails, too'),
})
export type NotificationPreference = z.infer<typeof NotificationPreference>

/** Of who never said anything else. */
export const usualPreference: NotificationPreference = {
  muted: [],
  digest: 'none',
  digest_at: 8 * 60,
  quiet: null,
  working_days_only: false,
}

export const notificationPreferenceApi = {
  get: endpoint({
    method: 'GET',
    path: '/api/v1/session/notification-preference',
    permission: 'signed-in',
    summary: 'How the caller wants to be told by mail',
    reply: NotificationPreference,
  }),
  change: endpoint({
    method: 'POST',
    path: '/api/v1/session/notification-preference',
    permission: 'signed-in',
    summary: 'Say anew how one wants to be told by mail',
    body: NotificationPreference,
    reply: NotificationPreference,
  }),
}

export const preferenceLabels = {
  digest: {
    none: label('Gửi ngay từng thư', 'Each mail at once'),
    hourly: label('Gộp mỗi giờ', 'Gathered every hour'),
    daily: label('Gộp mỗi ngày', 'Gathered every day'),
  } satisfies Record<Digest, Label>,
}
