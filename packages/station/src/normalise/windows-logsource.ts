import type { Logsource } from '@haidang/contracts/event'

/** Sigma services by channel, lower case (SigmaHQ tests/thor.yml and the taxonomy of the specification). */
const services: ReadonlyMap<string, string> = new Map([
  ['application', 'application'],
  ['security', 'security'],
  ['system', 'system'],
  ['microsoft-windows-ntlm/operational', 'ntlm'],
  ['microsoft-windows-sysmon/operational', 'sysmon'],
  ['linux-sysmon/operational', 'sysmon'],
  ['microsoft-windows-powershell/operational', 'powershell'],
  ['powershellcore/operational', 'powershell'],
  ['windows powershell', 'powershell-classic'],
  ['microsoft-windows-taskscheduler/operational', 'taskscheduler'],
  ['microsoft-windows-wmi-activity/operational', 'wmi'],
  ['microsoft-windows-dhcp-server/operational', 'dhcp'],
  ['microsoft-windows-printservice/admin', 'printservice-admin'],
  ['microsoft-windows-printservice/operational', 'printservice-operational'],
  ['microsoft-windows-smbclient/security', 'smbclient-security'],
  ['microsoft-windows-smbclient/connectivity', 'smbclient-connectivity'],
  ['microsoft-windows-smbserver/connectivity', 'smbserver-connectivity'],
  [
    'microsoft-windows-terminalservices-localsessionmanager/operational',
    'terminalservices-localsessionmanager',
  ],
  ['microsoft-windows-codeintegrity/operational', 'codeintegrity-operational'],
  ['microsoft-windows-applocker/msi and script', 'applocker'],
  ['microsoft-windows-applocker/exe and dll', 'applocker'],
  ['microsoft-windows-applocker/packaged app-deployment', 'applocker'],
  ['microsoft-windows-applocker/packaged app-execution', 'applocker'],
  ['msexchange management', 'msexchange-management'],
  ['microsoft-windows-windows defender/operational', 'windefend'],
  ['microsoft-windows-windows firewall with advanced security/firewall', 'firewall-as'],
  ['microsoft-windows-bits-client/operational', 'bits-client'],
  ['microsoft-windows-security-mitigations/kernel mode', 'security-mitigations'],
  ['microsoft-windows-security-mitigations/user mode', 'security-mitigations'],
  ['microsoft-windows-diagnosis-scripted/operational', 'diagnosis-scripted'],
  ['microsoft-windows-shell-core/operational', 'shell-core'],
  ['openssh/operational', 'openssh'],
  ['microsoft-windows-ldap-client/debug', 'ldap'],
  ['microsoft-windows-bitlocker/bitlocker management', 'bitlocker'],
  ['microsoft-windows-vhdmp/operational', 'vhdmp'],
  ['microsoft-windows-appxdeploymentserver/operational', 'appxdeployment-server'],
  ['microsoft-windows-lsa/operational', 'lsa-server'],
  ['microsoft-windows-appxpackaging/operational', 'appxpackaging-om'],
  ['microsoft-windows-dns client events/operational', 'dns-client'],
  ['microsoft-windows-appmodel-runtime/admin', 'appmodel-runtime'],
  ['microsoft-windows-capi2/operational', 'capi2'],
  [
    'microsoft-windows-certificateservicesclient-lifecycle-system/operational',
    'certificateservicesclient-lifecycle-system',
  ],
  ['microsoft-windows-kernel-shimengine/operational', 'kernel-shimengine'],
  ['microsoft-windows-kernel-shimengine/diagnostic', 'kernel-shimengine'],
  ['microsoft-windows-application-experience/program-telemetry', 'application-experience'],
  [
    'microsoft-windows-application-experience/program-compatibility-assistant',
    'application-experience',
  ],
  ['microsoft-windows-ntfs/operational', 'ntfs'],
  ['microsoft-windows-hyper-v-worker', 'hyper-v-worker'],
  ['microsoft-windows-kernel-eventtracing', 'kernel-event-tracing'],
  ['microsoft-windows-sense/operational', 'sense'],
  ['microsoft-servicebus-client/admin', 'servicebus-client'],
  ['microsoft-servicebus-client/operational', 'servicebus-client'],
  ['microsoft-iis-configuration/operational', 'iis-configuration'],
  ['dns server', 'dns-server'],
  ['microsoft-windows-dns-server/analytical', 'dns-server-analytic'],
  ['microsoft-windows-dns-server/audit', 'dns-server-audit'],
  ['microsoft-windows-driverframeworks-usermode/operational', 'driver-framework'],
])

/** Sigma categories of Sysmon's event ids; the narrowest where there are two. */
const sysmonCategories: Readonly<Record<number, string>> = {
  1: 'process_creation',
  2: 'file_change',
  3: 'network_connection',
  4: 'sysmon_status',
  5: 'process_termination',
  6: 'driver_load',
  7: 'image_load',
  8: 'create_remote_thread',
  9: 'raw_access_thread',
  10: 'process_access',
  11: 'file_event',
  12: 'registry_event',
  13: 'registry_set',
  14: 'registry_rename',
  15: 'create_stream_hash',
  16: 'sysmon_status',
  17: 'pipe_created',
  18: 'pipe_created',
  19: 'wmi_event',
  20: 'wmi_event',
  21: 'wmi_event',
  22: 'dns_query',
  23: 'file_delete',
  24: 'clipboard_capture',
  25: 'process_tampering',
  26: 'file_delete_detected',
  27: 'file_block_executable',
  28: 'file_block_shredding',
  29: 'file_executable_detected',
  255: 'sysmon_error',
}

const registryKeyCategories: ReadonlyMap<string, string> = new Map(
  Object.entries({
    CreateKey: 'registry_add',
    DeleteKey: 'registry_delete',
    DeleteValue: 'registry_delete',
  }),
)

const otherCategories: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  security: { 4688: 'process_creation' },
  powershell: { 4103: 'ps_module', 4104: 'ps_script' },
  'powershell-classic': {
    400: 'ps_classic_start',
    600: 'ps_classic_provider_start',
    800: 'ps_classic_script',
  },
}

const antivirusEvents = new Set([
  1006, 1007, 1008, 1009, 1010, 1011, 1012, 1017, 1018, 1019, 1115, 1116,
])

/** Sigma's log source of a Windows event; channel names are compared without case. */
export function windowsLogsource(
  channel: string,
  eventId: number,
  fields: Readonly<Record<string, unknown>>,
): Logsource {
  const service = services.get(channel.toLowerCase())
  const category = categoryOf(service, eventId, fields)
  const product = /^linux-/i.test(channel) ? 'linux' : 'windows'
  return { product, ...(category && { category }), ...(service && { service }) }
}

function categoryOf(
  service: string | undefined,
  eventId: number,
  fields: Readonly<Record<string, unknown>>,
): string | undefined {
  if (service === undefined) return undefined
  if (service === 'sysmon') {
    const kind = eventId === 12 ? registryKeyCategories.get(String(fields['EventType'])) : undefined
    return kind ?? sysmonCategories[eventId]
  }
  if (service === 'windefend' && antivirusEvents.has(eventId)) return 'antivirus'
  return otherCategories[service]?.[eventId]
}
