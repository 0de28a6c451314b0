import type { LeefFields } from '../parse/leef.ts'
import { readWrittenTime } from '../parse/written-time.ts'
import { attributesOf, type CommonNames } from './common-names.ts'
import type { Read, Surroundings } from './draft.ts'
import { endpointOf } from './endpoint.ts'
import { Fields } from './fields.ts'
import { firewallRecord } from './firewall.ts'
import { neutralAbout, severityOfTen, vendorLogsource } from './neutral.ts'

/** LEEF's predefined attributes. */
const names: CommonNames = {
  source: ['src', 'identSrc'],
  sourcePort: ['srcPort'],
  sourceName: ['identHostName', 'srcHostName'],
  sourceMac: ['srcMAC', 'identMAC'],
  target: ['dst'],
  targetPort: ['dstPort'],
  targetName: ['dstHostName', 'dhost'],
  targetMac: ['dstMAC'],
  user: ['usrName', 'accountName', 'identUserName'],
  actor: [],
  protocol: ['proto'],
  sent: ['srcBytes', 'bytesOut'],
  received: ['dstBytes', 'bytesIn'],
  url: ['url', 'request'],
  method: ['requestMethod', 'method'],
  agent: ['userAgent', 'requestClientApplication'],
  fileName: ['fileName', 'fname'],
  filePath: ['filePath'],
  hash: ['fileHash', 'sha256', 'md5'],
  process: ['process', 'processName'],
}

/** One record of IBM's Log Event Extended Format, whoever wrote it: the class by what it tells of. */
export function normaliseLeef(line: LeefFields, around: Surroundings): Read {
  const fields = new Fields(line.attributes)
  const attributes = attributesOf(fields, names)
  const time = readWrittenTime(fields.text('devTime'), around.zone)
  const said = fields.first('msg', 'message', 'desc')
  const title = fields.first('name', 'signature') ?? line.eventId
  const { verdict, ...about } = neutralAbout({
    attributes,
    action: fields.first('action', 'act'),
    outcome: fields.first('outcome', 'result', 'status'),
    title: title || said || 'LEEF',
    uid: line.eventId,
    category: fields.text('cat'),
    severity: severityOfTen(fields.text('sev')),
  })
  return {
    draft: {
      ...attributes,
      ...about,
      message: [title, said].filter((part) => part).join(': ') || 'LEEF',
      product: line.product || 'LEEF',
      vendor: line.vendor || undefined,
      event_code: line.eventId || undefined,
      logsource: vendorLogsource(line, about, verdict),
      time: time?.at,
      original_time: time?.original,
      device: endpointOf(fields.first('devName', 'deviceName')),
      unmapped: { ...fields.rest(), ...(line.version && { device_version: line.version }) },
    },
    record: firewallRecord(
      { vendor: line.vendor, product: line.product, eventId: line.eventId, ...line.attributes },
      verdict,
    ),
  }
}
