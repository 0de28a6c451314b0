import { z } from 'zod'
import { Alert } from './alert.ts'
import { ocsfVersion } from './event.ts'
import { millisecondsOf } from './instant.ts'
import { severityId } from './severity.ts'

/** OCSF Detection Finding (class 2004) as alerts travel over the link; ours stands whole in `unmapped.haidang`. */
export const DetectionFinding = z.looseObject({
  class_uid: z.literal(2004),
  category_uid: z.literal(2),
  activity_id: z.literal(1),
  type_uid: z.literal(200401),
  severity_id: z.int(),
  time: z.number().describe('milliseconds since the epoch'),
  message: z.string(),
  finding_info: z.looseObject({ uid: z.string(), title: z.string() }),
  metadata: z.looseObject({ version: z.string() }),
  unmapped: z.looseObject({ haidang: Alert }),
})
export type DetectionFinding = z.infer<typeof DetectionFinding>

/** The finding that carries an alert to another node. */
export function findingOf(alert: Alert): DetectionFinding {
  return {
    class_uid: 2004,
    category_uid: 2,
    activity_id: 1,
    type_uid: 200401,
    severity_id: severityId(alert.severity),
    time: millisecondsOf(alert.time),
    message: alert.title,
    finding_info: {
      uid: alert.id,
      title: alert.title,
      desc: alert.rule.description,
      analytic: {
        uid: alert.rule.id,
        name: alert.rule.title,
        type_id: 1,
        version: alert.rule.version,
      },
      related_events: [{ uid: alert.event_id }],
    },
    observables: alert.observables.map(({ name, value, type }) => ({ name, value, type })),
    evidences: [{ data: { raw: alert.raw_data, matches: alert.matches } }],
    metadata: {
      version: ocsfVersion,
      uid: alert.id,
      product: { name: 'Hai Dang', vendor_name: 'Hai Dang' },
    },
    unmapped: { haidang: alert },
  }
}
