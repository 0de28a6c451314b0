import type { Product } from '../product.ts'
import {
  beatsAuthority,
  beatsOutput,
  commands,
  filebeat,
  otlpAuthority,
  rsyslog,
  rsyslogFollows,
  rsyslogTls,
  tail,
} from './sending.ts'

const winlogbeat = (logs: string) => `winlogbeat.event_logs:
${logs}
${beatsOutput}`

const nxlog = (query: string) => `<Extension json>
    Module  xm_json
</Extension>
<Extension syslog>
    Module  xm_syslog
</Extension>
<Input eventlog>
    Module  im_msvistalog
${query}</Input>
<Output haidang>
    Module  om_tcp
    Host    {{host}}
    Port    {{port}}
    Exec    $Message = to_json(); to_syslog_ietf();
</Output>
<Route eventlog_to_haidang>
    Path    eventlog => haidang
</Route>`

const learn = 'https://learn.microsoft.com/windows/win32/wes/eventschema-schema'
const windowsWords = 'microsoft active directory ad domain controller máy chủ máy trạm event log'

/** Operating systems. */
export const systems: readonly Product[] = [
  {
    id: 'windows',
    name: 'Windows (Security, System, PowerShell)',
    vendor: 'Microsoft',
    kind: 'system',
    formats: ['windows-json', 'windows-xml', 'windows-syslog'],
    ways: [
      commands(
        'elastic-bulk',
        'Winlogbeat: winlogbeat.yml',
        winlogbeat(`  - name: Security
  - name: System
  - name: Microsoft-Windows-PowerShell/Operational
  - name: Microsoft-Windows-Sysmon/Operational
    ignore_missing_channel: true`),
      ),
      commands('syslog-tcp', 'NXLog: nxlog.conf', nxlog('')),
      commands(
        'lumberjack',
        'Winlogbeat: winlogbeat.yml',
        `winlogbeat.event_logs:
  - name: Security
  - name: System
  - name: Microsoft-Windows-PowerShell/Operational
output.logstash:
  hosts: ['{{host}}:{{port}}']${beatsAuthority}`,
      ),
      commands(
        'otlp-http',
        'OpenTelemetry Collector: config.yaml',
        `receivers:
  windowseventlog/security: { channel: security }
  windowseventlog/system: { channel: system }
exporters:
  otlphttp/haidang:
    logs_endpoint: http{{tls:s}}://{{host}}:{{port}}/v1/logs
    headers: { Authorization: Bearer {{token}} }${otlpAuthority}
    retry_on_failure: { max_elapsed_time: 0 }
service:
  pipelines:
    logs: { receivers: [windowseventlog/security, windowseventlog/system], exporters: [otlphttp/haidang] }`,
      ),
    ],
    first: {
      vi: 'Khởi động lại dịch vụ gửi: nó gửi ngay các sự kiện có sẵn. Đăng nhập là 4624, sai mật khẩu là 4625.',
      en: 'Restart the sender’s service: it sends what is there at once. A sign-in is 4624, a wrong password 4625.',
    },
    versions: 'Windows 10 – 11, Windows Server 2012 – 2025; Winlogbeat 6 – 9',
    documentation: learn,
    words: `${windowsWords} winlogbeat nxlog`,
  },
  {
    id: 'windows-event-forwarding',
    name: 'Windows Event Forwarding',
    vendor: 'Microsoft',
    kind: 'system',
    formats: ['windows-json', 'windows-xml', 'windows-syslog'],
    ways: [
      commands(
        'elastic-bulk',
        'Collector (WEC): PowerShell as administrator, then winlogbeat.yml',
        `# 1. on the collector
winrm quickconfig -quiet
wecutil qc /quiet:true
# 2. group policy of the senders: Computer Configuration > Administrative Templates > Windows Components > Event Forwarding
#    Configure target Subscription Manager:
#    Server=http://COLLECTOR:5985/wsman/SubscriptionManager/WEC,Refresh=60
# 3. winlogbeat.yml on the collector
${winlogbeat('  - name: ForwardedEvents\n    forwarded: true')}`,
      ),
      commands(
        'syslog-tcp',
        'Collector (WEC): nxlog.conf',
        nxlog(`    <QueryXML>
        <QueryList><Query Id="0"><Select Path="ForwardedEvents">*</Select></Query></QueryList>
    </QueryXML>
`),
      ),
    ],
    first: {
      vi: 'Sự kiện đầu tiên một máy gửi về nhật ký ForwardedEvents của máy thu, trong vòng một chu kỳ Refresh.',
      en: 'The first event a machine puts in the collector’s ForwardedEvents log, within one Refresh.',
    },
    versions: 'Windows Server 2012 – 2025',
    documentation: 'https://learn.microsoft.com/windows/win32/wec/windows-event-collector',
    words: `${windowsWords} wef wec`,
  },
  {
    id: 'sysmon',
    name: 'Sysmon',
    vendor: 'Microsoft',
    kind: 'system',
    formats: ['windows-json'],
    fixtures: 'sysmon-',
    ways: [
      commands(
        'elastic-bulk',
        'Winlogbeat: winlogbeat.yml',
        winlogbeat('  - name: Microsoft-Windows-Sysmon/Operational'),
      ),
      commands(
        'syslog-tcp',
        'NXLog: nxlog.conf',
        nxlog('    Channel Microsoft-Windows-Sysmon/Operational\n'),
      ),
    ],
    first: {
      vi: 'Mở một chương trình bất kỳ: Sysmon ghi sự kiện 1 (tạo tiến trình).',
      en: 'Open any program: Sysmon writes event 1 (process created).',
    },
    versions: 'Sysmon 13 – 15',
    documentation: 'https://learn.microsoft.com/sysinternals/downloads/sysmon',
    words: `${windowsWords} sysinternals edr`,
  },
  {
    id: 'linux',
    name: 'Linux (rsyslog)',
    vendor: 'Linux',
    kind: 'system',
    formats: ['sshd', 'sudo', 'su', 'cron', 'systemd', 'linux-accounts', 'syslog'],
    ways: [
      rsyslog(),
      rsyslogTls(),
      commands(
        'syslog-tcp',
        'syslog-ng: /etc/syslog-ng/conf.d/haidang.conf',
        `destination d_haidang {
  network("{{host}}" port({{port}}) transport("tcp") disk-buffer(reliable(yes) disk-buf-size(1G)));
};
log { source(s_src); destination(d_haidang); };`,
      ),
      tail('/var/log/auth.log'),
    ],
    first: {
      vi: 'Gõ “logger xin chào”: bản ghi tới ngay. Đăng nhập ssh tạo bản ghi “Accepted …”.',
      en: 'Type “logger hello”: the record comes at once. A sign-in by ssh makes “Accepted …”.',
    },
    versions: 'Debian 11 – 13, Ubuntu 20.04 – 26.04, RHEL 8 – 10; rsyslog 8',
    documentation: 'https://www.rsyslog.com/doc/configuration/modules/omfwd.html',
    words: 'rsyslog syslog-ng ssh sudo ubuntu debian redhat centos máy chủ',
  },
  {
    id: 'auditd',
    name: 'Linux auditd',
    vendor: 'Linux',
    kind: 'system',
    formats: ['auditd'],
    ways: [
      rsyslogFollows('/var/log/audit/audit.log', 'auditd'),
      tail('/var/log/audit/audit.log'),
      filebeat('/var/log/audit/audit.log'),
    ],
    first: {
      vi: 'Gõ “sudo auditctl -m xin-chao”: bản ghi USER. Lệnh chạy được ghi khi có luật execve.',
      en: 'Type “sudo auditctl -m hello”: a USER record. Commands are written where a rule names execve.',
    },
    versions: 'audit 2.8 – 4',
    documentation: 'https://man7.org/linux/man-pages/man8/auditd.8.html',
    words: 'audit execve linux',
  },
]
