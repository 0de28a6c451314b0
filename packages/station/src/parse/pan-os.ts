import { readCsv } from './csv.ts'
import type { JsonObject } from './json.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'

/** What every log begins with; a gap is a field PAN-OS does not use. */
const head = ['', 'receive_time', 'serial', 'type', 'subtype', '', 'time_generated']
const session = words(
  'src dst natsrc natdst rule srcuser dstuser app vsys from to inbound_if outbound_if logset - sessionid',
  'repeatcnt sport dport natsport natdport flags proto action',
)
const hierarchy = words('dg_hier_level_1 dg_hier_level_2 dg_hier_level_3 dg_hier_level_4')

/** Fields by type, in the order of PAN-OS 10 and 11. */
const fieldsOfType: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    TRAFFIC: [
      ...session,
      ...words(
        'bytes bytes_sent bytes_received packets start elapsed category - seqno actionflags',
      ),
      ...words('srcloc dstloc - pkts_sent pkts_received session_end_reason'),
      ...hierarchy,
      ...words('vsys_name device_name action_source'),
    ],
    THREAT: [
      ...session,
      ...words('misc threatid category severity direction seqno actionflags srcloc dstloc -'),
      ...words(
        'contenttype pcap_id filedigest cloud url_idx user_agent filetype xff referer sender',
      ),
      ...words('subject recipient reportid'),
      ...hierarchy,
      ...words('vsys_name device_name - src_uuid dst_uuid http_method'),
    ],
    SYSTEM: [
      ...words('vsys eventid object - - module severity opaque seqno actionflags'),
      ...hierarchy,
      ...words('vsys_name device_name'),
    ],
    AUTHENTICATION: [
      ...words('vsys ip user normalize_user object authpolicy repeatcnt authid vendor logset'),
      ...words('serverprofile desc clienttype event factorno seqno actionflags'),
      ...hierarchy,
      ...words('vsys_name device_name vsys_id authproto rule_uuid high_res_timestamp'),
    ],
    USERID: [
      ...words(
        'vsys ip user datasourcename eventid repeatcnt timeout beginport endport datasource',
      ),
      ...words('datasourcetype seqno actionflags'),
      ...hierarchy,
      ...words('vsys_name device_name vsys_id factortype factorcompletiontime factorno'),
      ...words('ugflags userbysource tag_name high_res_timestamp origindatasource'),
    ],
    HIPMATCH: [
      ...words(
        'srcuser vsys machinename os src matchname repeatcnt matchtype - - seqno actionflags',
      ),
      ...hierarchy,
      ...words('vsys_name device_name vsys_id srcipv6 hostid serialnumber mac high_res_timestamp'),
    ],
    DECRYPTION: [
      ...session,
      ...words('tunnel - - src_uuid dst_uuid rule_uuid hs_stage_c2f hs_stage_f2s tls_version'),
      ...words('tls_keyxchg tls_enc tls_auth policy_name ec_curve err_index root_status'),
      ...words('chain_status proxy_type cert_serial fingerprint notbefore notafter cert_ver'),
      ...words('cert_size cn_len issuer_len rootcn_len sni_len cert_flags cn issuer_cn root_cn'),
      ...words('sni error'),
    ],
    CONFIG: words('host vsys cmd admin client result path seqno actionflags'),
    GLOBALPROTECT: words(
      'vsys eventid stage auth_method tunnel_type srcuser srcregion machinename public_ip public_ipv6',
      'private_ip private_ipv6 hostid serialnumber client_ver client_os client_os_ver repeatcnt reason',
      'error opaque status location login_duration connect_method error_code portal seqno actionflags',
      'high_res_timestamp selection_type response_time priority attempted_gateways gateway',
      'dg_hier_level_1 dg_hier_level_2 dg_hier_level_3 dg_hier_level_4 vsys_name device_name vsys_id',
    ),
  }),
)

function words(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(' ').map((word) => (word === '-' ? '' : word)))
}

const start =
  /^\d{0,3},\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2},[^,]{0,64},(?:[A-Z][A-Z-]{2,31}),[^,]{0,64},/

/** True of a line of PAN-OS: its first fields are a time, a serial number and a type. */
export function looksLikePanOs(text: string): boolean {
  return start.test(text)
}

/**
 * Reads one log of PAN-OS as comma-separated values, fields under the names of the syslog field
 * descriptions (https://docs.paloaltonetworks.com/ngfw/administration/monitoring/use-syslog-for-monitoring/syslog-field-descriptions);
 * fields behind the known ones, and those of other types, as `field_<number>`. Reason: `pan-os.no-type`.
 */
export function parsePanOs(text: string): Parsed<JsonObject> {
  if (!looksLikePanOs(text)) {
    return unreadable('pan-os.no-type', 'the line does not begin with time, serial number and type')
  }
  const values = readCsv(text)
  const type = values[3] ?? ''
  const names = [...head, ...(fieldsOfType.get(type) ?? [])]
  return parsed(
    Object.fromEntries(
      values.flatMap((value, index): [string, string][] => {
        const name = index < names.length ? names[index] : `field_${index + 1}`
        return name && value !== '' ? [[name, value]] : []
      }),
    ),
  )
}
