import type { CiscoFields } from '../parse/cisco.ts'
import { asaReadings } from './cisco-asa-readings.ts'
import { type Draft, present, type Read } from './draft.ts'
import { connectionOf, firewallRecord, statusOf, type Verdict } from './firewall.ts'
import { attributesRead, type Found, findReading } from './readings.ts'
import { deviceOf, normaliseSyslog, severityOfSyslog } from './syslog.ts'

/**
 * One message of Cisco ASA, PIX, FWSM or FTD
 * (https://www.cisco.com/c/en/us/td/docs/security/asa/syslog/b_syslog.html). Messages without a reading of
 * their own keep the form of a syslog record.
 */
export function normaliseCiscoAsa({ syslog, facility, severity, mnemonic }: CiscoFields): Read {
  const base = normaliseSyslog(syslog)
  const product = facility.startsWith('FTD') ? 'Secure Firewall' : 'ASA'
  const common = {
    ...base.draft,
    product,
    vendor: 'Cisco',
    log_name: facility.toLowerCase(),
    event_code: mnemonic,
    severity: severityOfSyslog(severity),
    process: undefined,
    device: deviceOf(syslog),
  }
  const found = findReading(asaReadings(mnemonic), syslog.message)
  if (!found) return { draft: { ...common, logsource: logsourceOf(false) }, record: base.record }
  const { reading, groups } = found
  const isConnection = reading.about.class === 'network_activity'
  const verdict = isConnection ? verdictIn(found) : undefined
  return {
    draft: {
      ...common,
      ...attributesRead(clientFirst(groups)),
      ...reading.about,
      severity: Math.max(reading.about.severity, severity <= 2 ? 3 : 1),
      status: reading.about.status ?? statusOf(verdict),
      ...(verdict === 'blocked' && connectionOf(verdict)),
      finding: findingOf(reading.about.class, groups, mnemonic),
      logsource: logsourceOf(isConnection),
      unmapped: {
        ...base.draft.unmapped,
        ...present({
          rule: groups['rule'],
          source_interface: groups['srcif'],
          target_interface: groups['dstif'],
          group: groups['group'],
          connection: groups['id'],
        }),
      },
    },
    record: firewallRecord(base.record, verdict),
  }
}

function verdictIn({ reading, groups }: Found): Verdict {
  const said = groups['verdict']
  if (said !== undefined)
    return said === 'permitted' || said === 'est-allowed' ? 'allowed' : 'blocked'
  return reading.about.activity === 5 ? 'blocked' : 'allowed'
}

type Groups = Found['groups']

/**
 * ASA names the ends of a connection by its interfaces. Who opened it is said of connections built; of those
 * taken down the end with the higher port is taken for the client.
 */
function clientFirst(groups: Groups): Groups {
  const { direction, sport, dport } = groups
  const isLast =
    direction === undefined
      ? groups['pair'] !== undefined && Number(sport) < Number(dport)
      : direction === 'outbound'
  if (!isLast) return groups
  const { src, dst, srcif, dstif } = groups
  return { ...groups, src: dst, sport: dport, srcif: dstif, dst: src, dport: sport, dstif: srcif }
}

function findingOf(eventClass: Draft['class'], groups: Groups, mnemonic: string): Draft['finding'] {
  if (eventClass !== 'detection_finding') return undefined
  return { title: groups['title'] ?? `ASA ${mnemonic}`, uid: groups['uid'] ?? mnemonic }
}

function logsourceOf(isConnection: boolean): Draft['logsource'] {
  return { product: 'cisco', ...(isConnection && { category: 'firewall' }), service: 'asa' }
}
