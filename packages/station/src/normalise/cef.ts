import type { CefFields } from '../parse/cef.ts'
import { withLabels } from '../parse/extension.ts'
import { readWrittenTime } from '../parse/written-time.ts'
import { attributesOf, type CommonNames } from './common-names.ts'
import type { Read, Surroundings } from './draft.ts'
import { endpointOf } from './endpoint.ts'
import { Fields } from './fields.ts'
import { firewallRecord } from './firewall.ts'
import { neutralAbout, severityOfTen, vendorLogsource } from './neutral.ts'

/** CEF's dictionary of keys. */
const names: CommonNames = {
  source: ['src', 'c6a2'],
  sourcePort: ['spt'],
  sourceName: ['shost'],
  sourceMac: ['smac'],
  target: ['dst', 'c6a3'],
  targetPort: ['dpt'],
  targetName: ['dhost'],
  targetMac: ['dmac'],
  user: ['duser'],
  actor: ['suser'],
  protocol: ['proto'],
  sent: ['out'],
  received: ['in'],
  url: ['request'],
  method: ['requestMethod'],
  agent: ['requestClientApplication'],
  fileName: ['fname'],
  filePath: ['filePath'],
  hash: ['fileHash'],
  process: ['dproc', 'sproc'],
}

/**
 * One record of the Common Event Format, whoever wrote it: the class by what it tells of, custom fields
 * under the names of their labels.
 */
export function normaliseCef(line: CefFields, around: Surroundings): Read {
  const record = withLabels(line.extension)
  const fields = new Fields(record)
  const attributes = attributesOf(fields, names)
  const time = readWrittenTime(fields.first('rt', 'end', 'start'), around.zone)
  const { verdict, ...about } = neutralAbout({
    attributes,
    action: fields.text('act'),
    outcome: fields.first('outcome', 'categoryOutcome'),
    title: line.name || line.signature,
    uid: line.signature,
    category: fields.first('cat', 'deviceEventCategory'),
    severity: severityOfTen(line.severity),
  })
  return {
    draft: {
      ...attributes,
      ...about,
      message: messageOf(line, fields.text('msg')),
      product: line.product || 'CEF',
      vendor: line.vendor || undefined,
      event_code: line.signature || undefined,
      logsource: vendorLogsource(line, about, verdict),
      time: time?.at,
      original_time: time?.original,
      device: endpointOf(fields.first('dvchost', 'dvc', 'deviceExternalId')),
      unmapped: { ...fields.rest(), ...(line.version && { device_version: line.version }) },
    },
    record: firewallRecord(
      {
        deviceVendor: line.vendor,
        deviceProduct: line.product,
        deviceEventClassId: line.signature,
        name: line.name,
        severity: line.severity,
        ...line.extension,
        ...record,
      },
      verdict,
    ),
  }
}

function messageOf({ name, signature }: CefFields, said: string | undefined): string {
  const title = name || signature || 'CEF'
  return said === undefined || said === title ? title : `${title}: ${said}`
}
